// Routes of answers: where those of a conversation stand, writing one, and what is done with one that did not go out.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { answerChanges } from '../../publishing/answers/types.ts'
import { draftMedia, variantStates } from '../../publishing/types.ts'

export const text = z.string().trim().min(1).max(100_000)

export const answerView = z.object({
  id: z.uuid(),
  text: z.string().describe('As it was typed; kept whatever becomes of it'),
  media: z.array(z.object({ id: z.uuid(), kind: z.enum(['image', 'video', 'document']), alt: z.string() })),
  revision: z.number().int().describe('Grows when the words change; consent names it'),
  state: z.enum(variantStates),
  words: z.string().describe('The state in words'),
  reason: z.object({ code: z.string(), until: instant.optional(), text: z.string().optional() }).nullable(),
  wakeAt: instant.nullable().describe('When Longrun acts on it next by itself'),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  isRead: z.boolean().describe('The network has brought it back: it stands among the messages'),
  messageId: z.uuid().nullable().describe('The message as which it stands there'),
  origin: z
    .object({
      replies: z.array(z.string()).describe('Titles of the saved replies'),
      words: z.number().int().describe('Of the draft'),
      changed: z.number().int().describe('Edit distance in words: so many are others, gone or added'),
      isFromProgram: z.boolean().describe('A program suggested it'),
    })
    .nullable()
    .describe('Where its words come from; null: they are a person’s own'),
  at: instant,
  by: person.nullable(),
  may: z.array(z.enum(answerChanges)),
})

const fileLimit = z.object({
  max: z.number().int(),
  types: z.array(z.string()),
  maxBytes: z.number().int(),
  altMax: z.number().int(),
})

export const path = '/orgs/{org}/conversations/{id}/answers'
export const one = byId.extend({ answerId: z.uuid() })

/** People answer people: no program sends an answer, whatever its token. It may prepare a draft. */
export const inPerson = { inPerson: true } as const

export const answersContract = {
  answers: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Answers of a conversation and where they stand, oldest first' })
      .input(byId)
      .output(
        z.object({
          canAnswer: z.boolean().describe('The network lets this kind of message be answered'),
          whyNot: z
            .enum(['network', 'heard-only'])
            .nullable()
            .describe('heard-only: it was heard where we have no account; null: it can be answered'),
          limit: z
            .object({ max: z.number().int(), unit: z.enum(['graphemes', 'code-points', 'utf16', 'bytes']) })
            .nullable()
            .describe('Of an answer’s text'),
          images: fileLimit.nullable().describe('null: no pictures can be sent'),
          videos: fileLimit.nullable().describe('null: no videos can be sent'),
          documents: fileLimit.omit({ altMax: true }).nullable().describe('null: no documents can be sent'),
          takesBack: z.boolean().describe('What was sent can be taken back at its network'),
          needsApproval: z.boolean().describe('What you answer waits until somebody consents'),
          nobodyApproves: z
            .boolean()
            .describe('What you answer would wait behind the wall of a department of which nobody may approve it'),
          leastChanged: z.number().int().describe('Words of a draft that have to be others before it is sent'),
          items: z.array(answerView),
        }),
      ),
    write: route('inbox.answer', inPerson)
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Answer what was said last: it goes out at once, and never twice',
      })
      .input(
        byId.extend({
          answerId: z
            .uuid()
            .optional()
            .describe('Chosen by whoever asks, so that asking again sends nothing more; refused with other words'),
          text,
          media: z.array(draftMedia).max(20).default([]),
          anyway: z.boolean().default(false).describe('Also while somebody else writes an answer'),
          draft: z
            .uuid()
            .nullable()
            .optional()
            .describe('The revision of your draft from which it was made; what came to the draft since stays there'),
          answers: z
            .number()
            .int()
            .min(0)
            .optional()
            .describe('How many answers of the conversation the writer has seen; refused where there are more by now'),
          seen: z
            .uuid()
            .optional()
            .describe('The newest message that the writer has read; refused where a colleague answered since'),
        }),
      )
      .output(answerView),
    retry: route('inbox.answer', inPerson)
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
    withdraw: route('inbox.answer', inPerson)
      .route({
        method: 'POST',
        path: `${path}/{answerId}/withdraw`,
        summary: 'Take a sent answer back: it is deleted at the network, where that lets us',
      })
      .input(one)
      .output(answerView),
    resolve: route('inbox.answer', inPerson)
      .route({
        method: 'POST',
        path: `${path}/{answerId}/resolve`,
        summary: 'Say what became of it: it is there, send it, forget it',
      })
      .input(one.extend({ decision: z.enum(['published', 'send', 'forget']), url: z.url().max(2000).optional() }))
      .output(answerView),
  },
}
