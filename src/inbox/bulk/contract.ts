// Routes that do to many conversations what a verb does to one, with one way back for all of it.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { listing } from '../conversations/contract.ts'
import { bulkChange, mostListed, mostNamed } from './types.ts'

const path = '/orgs/{org}/conversation-bulks'
const count = z.number().int()

export const bulkView = z.object({
  id: z.uuid(),
  change: bulkChange,
  createdAt: instant,
  createdBy: person.nullable(),
  total: count,
  waiting: count.describe('Their turn has not come'),
  changed: count,
  refused: count.describe('A rule forbids it, or it is so already'),
  stopped: count.describe('Undone before their turn came'),
  undone: count,
  left: count.describe('Not undone: somebody changed them since'),
  endedAt: instant.nullable().describe('null: it goes on'),
  undoAt: instant.nullable(),
  undoEndedAt: instant.nullable(),
  more: z.boolean().describe(`The list had more than ${mostListed.toLocaleString('en')}; those are as they were`),
  named: z
    .array(z.object({ id: z.uuid(), name: z.string(), preview: z.string(), code: z.string() }))
    .describe('Those that were refused or left, at most twenty, each with the reason'),
})

export const conversationBulksContract = {
  conversationBulks: {
    begin: route('inbox.handle')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: `Change many conversations: named ones (at most ${mostNamed}), or all of a list (at most ${mostListed.toLocaleString('en')})`,
      })
      .input(
        inOrgInput.extend({
          ids: z.array(z.uuid()).min(1).max(mostNamed).optional(),
          list: listing.optional().describe('All that this list shows, where no ids are named'),
          change: bulkChange,
        }),
      )
      .output(bulkView),
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/{id}`,
        summary: 'How far it is, and what became of each; for whoever began it',
      })
      .input(byId)
      .output(bulkView),
    undo: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/{id}/undo`,
        summary: 'Put all of them back; what somebody changed since is left and named',
      })
      .input(byId)
      .output(bulkView),
  },
}
