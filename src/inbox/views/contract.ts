// Routes of saved views: filters of the inbox with a name, for oneself or for everybody.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { listing } from '../conversations/contract.ts'

const path = '/orgs/{org}/conversation-views'
const name = z.string().trim().min(1).max(60)

export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  list: listing,
  owner: person.nullable(),
  isMine: z.boolean(),
  sharedAt: instant.nullable().describe('null: only its owner sees it'),
  mayChange: z.boolean(),
})

export const conversationViewsContract = {
  conversationViews: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Saved views: those of everybody, then your own, each in their order' })
      .input(inOrgInput)
      .output(z.array(savedView)),
    counts: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/counts`,
        summary: 'How many conversations each of them shows; views that search are not counted',
      })
      .input(inOrgInput)
      .output(
        z.array(
          z.object({
            id: z.uuid(),
            count: z.number().int(),
            unread: z.number().int().describe('Of those that are counted'),
            isWhole: z.boolean().describe('false: there are more'),
          }),
        ),
      ),
    add: route('inbox.arrange')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Save a view, for yourself',
      })
      .input(inOrgInput.extend({ name, list: listing }))
      .output(savedView),
    change: route('inbox.arrange')
      .route({ method: 'PATCH', path: `${path}/{id}`, summary: 'Change a view; absent stays as it is' })
      .input(byId.extend({ name: name.optional(), list: listing.optional() }))
      .output(savedView),
    share: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/{id}/share`,
        summary: 'Show a view to everybody, or to its owner alone again',
      })
      .input(byId.extend({ isShared: z.boolean() }))
      .output(savedView),
    remove: route('inbox.arrange')
      .route({
        method: 'DELETE',
        path: `${path}/{id}`,
        successStatus: 204,
        summary: 'Remove a view; no conversation goes with it',
      })
      .input(byId)
      .output(z.void()),
    arrange: route('inbox.arrange')
      .route({ method: 'POST', path: `${path}/order`, summary: 'The order of your own views, or of shared ones' })
      .input(inOrgInput.extend({ ids: z.array(z.uuid()).min(1).max(100) }))
      .output(z.array(savedView)),
  },
}
