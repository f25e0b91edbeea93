// Routes that do to many posts what a verb does to one: each row stands for itself, and the answer tells what became of it.

import { z } from 'zod'
import { inOrgInput, route } from '../../lib/route.ts'
import { bulkAnswer, cancelling, holding, someAssignments, someIds, somePlaces } from './types.ts'

const to = (path: string, summary: string) => ({
  method: 'POST' as const,
  path: `/orgs/{org}/bulk/${path}` as const,
  summary: `${summary}; at most 500, each with its own answer`,
})

export const bulkContract = {
  bulk: {
    campaigns: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/campaign-names',
        summary: 'Names of all campaigns, for filters and choices',
      })
      .input(inOrgInput)
      .output(z.array(z.object({ id: z.uuid(), name: z.string() }))),
    move: route('posts.write')
      .route(
        to(
          'move',
          'Move posts to other times: what is scheduled stays so (needs the right to schedule), drafts stay drafts',
        ),
      )
      .input(inOrgInput.extend({ places: somePlaces }))
      .output(bulkAnswer),
    copy: route('posts.write')
      .route(to('copy', 'Copy posts into new drafts at other times'))
      .input(inOrgInput.extend({ places: somePlaces }))
      .output(bulkAnswer),
    schedule: route('posts.schedule')
      .route(to('schedule', 'Schedule posts for the times that are planned for them'))
      .input(inOrgInput.extend({ ids: someIds }))
      .output(bulkAnswer),
    unschedule: route('posts.schedule')
      .route(to('unschedule', 'Back to drafts'))
      .input(inOrgInput.extend({ ids: someIds }))
      .output(bulkAnswer),
    cancel: route('posts.schedule')
      .route(to('cancel', 'Never send them'))
      .input(inOrgInput.extend(cancelling))
      .output(bulkAnswer),
    hold: route('posts.hold')
      .route(to('hold', 'Stop them until they are released'))
      .input(inOrgInput.extend(holding))
      .output(bulkAnswer),
    release: route('posts.schedule')
      .route(to('release', 'Let them go on'))
      .input(inOrgInput.extend({ ids: someIds }))
      .output(bulkAnswer),
    assign: route('posts.write')
      .route(to('assign', 'Campaign, department and owner of posts'))
      .input(inOrgInput.extend({ changes: someAssignments }))
      .output(bulkAnswer),
    remove: route('posts.write')
      .route(to('remove', 'Delete here what was not published; can be restored one by one'))
      .input(inOrgInput.extend({ ids: someIds }))
      .output(bulkAnswer),
  },
}
