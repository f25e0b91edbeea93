// Routes of taking over what was heard: a mention becomes a conversation.

import { z } from 'zod'
import { byId, inOrgInput, route } from '../../lib/route.ts'
import { handOnFailures } from '../../listening/handing-on/types.ts'

const mostAsked = 100

export const takenOver = z.object({
  state: z.enum(['taken-over', 'waiting']),
  failure: z.enum(handOnFailures).nullable().describe('Why it waits'),
  conversationId: z.uuid().nullable().describe('null: it waits, or a department has it whose wall you are not behind'),
})

export const takingOverContract = {
  takingOver: {
    take: route('inbox.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/mentions/{id}/take-over',
        summary: 'Make a conversation of what was heard, to be answered by an account; asked again it is the same one',
      })
      .input(
        byId.extend({
          reason: z.string().trim().min(1).max(1000),
          assigneeId: z.uuid().nullable().default(null).describe('Who answers; null: whoever the rules find'),
          accountId: z.uuid().nullable().default(null).describe('By which account; null: the first of its network'),
          anyway: z.boolean().default(false).describe('Though its author is not to be contacted'),
        }),
      )
      .output(takenOver),
    taken: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/taken-over',
        summary: 'Where mentions went, of those whose conversations you see',
      })
      .input(
        inOrgInput.extend({
          mentions: z
            .string()
            .max(mostAsked * 37)
            .meta({ examples: ['01936f4e-8c4a-7b2e-9d3f-4b5a6c7d8e9f'] })
            .transform((text) => text.split(',').filter((id) => id !== ''))
            .pipe(z.array(z.uuid()).max(mostAsked))
            .describe('Ids, with commas between them; at most 100'),
        }),
      )
      .output(
        z.array(
          z.object({
            mentionId: z.uuid(),
            conversationId: z.uuid(),
            accountName: z.string(),
            isClosed: z.boolean(),
          }),
        ),
      ),
  },
}
