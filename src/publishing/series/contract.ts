// Routes of series: recurring posts and their occurrences.

import { z } from 'zod'
import { byId, inOrgInput, route, timeZone, wallTime } from '../../lib/route.ts'
import { occurrence, plannedOccurrence, recurrence, ruleText, seriesView } from './types.ts'

const ofOccurrence = byId.extend({
  wall: wallTime.describe('As the rule gives it').meta({ examples: ['2027-03-01T09:00'] }),
})

export const seriesContract = {
  series: {
    list: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/series', summary: 'Recurring posts, newest first' })
      .input(inOrgInput)
      .output(z.array(seriesView)),
    preview: route('posts.read')
      .route({ method: 'POST', path: '/orgs/{org}/series/preview', summary: 'When a rule happens, with clock changes' })
      .input(inOrgInput.extend({ ...recurrence.shape, most: z.number().int().min(1).max(100).default(10) }))
      .output(
        z.object({
          rule: z.string(),
          occurrences: z.array(plannedOccurrence),
          ends: z.boolean().describe('Whether these are all'),
        }),
      ),
    begin: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/series',
        successStatus: 201,
        summary: 'Repeat a post; `scheduled` needs the right to schedule, else occurrences are drafts',
      })
      .input(inOrgInput.extend({ postId: z.uuid(), ...recurrence.shape, scheduled: z.boolean() }))
      .output(seriesView),
    read: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/series/{id}', summary: 'One series with its occurrences' })
      .input(byId)
      .output(seriesView.extend({ occurrences: z.array(occurrence) })),
    ofPost: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/posts/{id}/series', summary: 'The series that a post belongs to' })
      .input(byId)
      .output(z.object({ series: seriesView, occurrence }).nullable()),
    change: route('posts.write')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/series/{id}',
        summary: 'Change all that lies ahead, or `from` one occurrence on: that begins a series of its own',
      })
      .input(
        byId.extend({
          from: wallTime.optional().meta({ examples: ['2027-03-01T09:00'] }),
          rule: ruleText.optional(),
          wall: wallTime.optional().meta({ examples: ['2027-03-01T09:00'] }),
          zone: timeZone.optional(),
          scheduled: z.boolean().optional(),
          likePostId: z.uuid().optional().describe('Take over words, accounts and belonging of this post'),
        }),
      )
      .output(seriesView),
    pause: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/series/{id}/pause',
        summary: 'Take back what lies ahead, and make no more until it is resumed',
      })
      .input(byId)
      .output(seriesView),
    resume: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/series/{id}/resume', summary: 'Go on from now' })
      .input(byId)
      .output(seriesView),
    end: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/series/{id}/end', summary: 'Take back what lies ahead, for good' })
      .input(byId)
      .output(seriesView),
    leaveOut: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/series/{id}/leave-out', summary: 'One occurrence does not happen' })
      .input(ofOccurrence)
      .output(seriesView),
    takeIn: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/series/{id}/take-in', summary: 'Undo leaving one out' })
      .input(ofOccurrence)
      .output(seriesView),
  },
}
