// Routes that put conversations together and apart, each with its way back.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

const path = '/orgs/{org}/conversations/{id}'

const part = z.object({ id: z.uuid(), name: z.string(), preview: z.string() })

export const joinView = z.object({
  id: z.uuid(),
  kind: z
    .enum(['merged', 'split'])
    .describe('merged: the first became part of the second. split: the second was taken out of the first'),
  from: part.nullable().describe('null: you may not see it'),
  into: part.nullable(),
  messages: z.number().int().describe('That moved'),
  at: instant,
  by: person.nullable(),
  undoneAt: instant.nullable(),
  undoneBy: person.nullable(),
})

export const conversationJoinsContract = {
  conversationJoins: {
    list: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/joins`,
        summary: 'What was put into this conversation or taken out of it, newest first; at most fifty',
      })
      .input(byId)
      .output(z.array(joinView)),
    merge: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/merge`,
        successStatus: 201,
        summary:
          'Put another conversation of the same person with the same account into this one; what comes to it goes on here',
      })
      .input(byId.extend({ from: z.uuid().describe('The conversation that becomes part of this one') }))
      .output(joinView),
    split: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/split`,
        successStatus: 201,
        summary: 'Take messages out into a conversation of their own',
      })
      .input(
        byId.extend({
          messageId: z.uuid(),
          what: z
            .enum(['onward', 'one'])
            .describe('onward: this message and all after it, and what comes; one: this message alone'),
        }),
      )
      .output(joinView),
    undo: route('inbox.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversation-joins/{id}/undo',
        summary: 'As it was before; what came since stays where it is',
      })
      .input(byId)
      .output(joinView),
  },
}
