// Routes of answers: where those of a conversation stand, writing one, and what is done with one that did not go out.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { answerChanges } from '../../publishing/answers/types.ts'
import { variantStates } from '../../publishing/types.ts'

const text = z.string().trim().min(1).max(100_000)

export const answerView = z.object({
  id: z.uuid(),
  text: z.string().describe('As it was typed; kept whatever becomes of it'),
  state: z.enum(variantStates),
  words: z.string().describe('The state in words'),
  reason: z.object({ code: z.string(), until: instant.optional(), text: z.string().optional() }).nullable(),
  wakeAt: instant.nullable().describe('When Longrun acts on it next by itself'),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  isRead: z.boolean().describe('The network has brought it back: it stands among the messages'),
  at: instant,
  by: person.nullable(),
  may: z.array(z.enum(answerChanges)),
})

const path = '/orgs/{org}/conversations/{id}/answers'
const one = byId.extend({ answerId: z.uuid() })

export const answersContract = {
  answers: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Answers of a conversation and where they stand, oldest first' })
      .input(byId)
      .output(
        z.object({
          canAnswer: z.boolean().describe('The network lets this kind of message be answered'),
          limit: z
            .object({ max: z.number().int(), unit: z.enum(['graphemes', 'code-points', 'utf16', 'bytes']) })
            .nullable()
            .describe('Of an answer’s text'),
          items: z.array(answerView),
        }),
      ),
    write: route('inbox.answer')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Answer what was said last: it goes out at once, and never twice',
      })
      .input(
        byId.extend({
          answerId: z.uuid().optional().describe('Chosen by whoever asks, so that asking again sends nothing more'),
          text,
          seen: z
            .uuid()
            .optional()
            .describe('The newest message that the writer has read; refused where a colleague answered since'),
        }),
      )
      .output(answerView),
    retry: route('inbox.answer')
      .route({
        method: 'POST',
        path: `${path}/{answerId}/retry`,
        summary: 'Send it now, in other words where some are given',
      })
      .input(one.extend({ text: text.optional() }))
      .output(answerView),
    discard: route('inbox.answer')
      .route({ method: 'POST', path: `${path}/{answerId}/discard`, summary: 'It never goes out; its words are kept' })
      .input(one)
      .output(answerView),
    resolve: route('inbox.answer')
      .route({
        method: 'POST',
        path: `${path}/{answerId}/resolve`,
        summary: 'Say what became of it: it is there, send it, forget it',
      })
      .input(one.extend({ decision: z.enum(['published', 'send', 'forget']), url: z.url().max(2000).optional() }))
      .output(answerView),
  },
}
