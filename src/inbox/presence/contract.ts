// Routes of presence: who has a conversation before them, who writes an answer, and taking that over.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

export const presenceView = z.object({
  others: z.array(person).describe('Who else has it before them'),
  writer: z
    .object({ person, isMe: z.boolean(), since: instant, until: instant.describe('Unless another key is pressed') })
    .nullable()
    .describe('Who writes an answer; null: nobody does'),
})

const path = '/orgs/{org}/conversations/{id}/presence'

export const presenceContract = {
  presence: {
    read: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Who else reads it, and who writes an answer' })
      .input(byId)
      .output(presenceView),
    attend: route('inbox.attend')
      .route({
        method: 'POST',
        path,
        summary: 'I have it before me; writing takes the lock of the answer unless somebody else has it',
      })
      .input(byId.extend({ writing: z.boolean().default(false) }))
      .output(presenceView),
    takeOver: route('inbox.answer')
      .route({ method: 'POST', path: `${path}/take-over`, summary: 'I write the answer now, whoever wrote before' })
      .input(byId)
      .output(presenceView),
    leave: route('inbox.attend')
      .route({ method: 'DELETE', path, successStatus: 204, summary: 'I have gone on: neither reading nor writing' })
      .input(byId)
      .output(z.void()),
  },
}
