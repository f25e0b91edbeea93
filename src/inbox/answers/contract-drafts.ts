// Routes of answers before they are sent: drafts, saved replies put into them, and the consent that some wait for.

import { z } from 'zod'
import { byId, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { draftMedia } from '../../publishing/types.ts'
import { conversationView } from '../conversations/contract.ts'
import { answerView, inPerson, one, text } from './contract.ts'

export const draftView = z.object({
  text: z.string(),
  media: z.array(draftMedia),
  given: z
    .array(z.string())
    .describe('What saved replies and programs put in, as it was; empty: the words are your own'),
  empty: z.array(z.string()).describe('Variables that have no value here and are left to you'),
  note: z.string().describe('Why it came back from approval'),
  noteBy: person.nullable(),
  updatedAt: instant.nullable().describe('null: there is none'),
  revision: z.uuid().nullable().describe('Another one with each change; null: there is none'),
})

const basedOn = z
  .union([z.null(), z.uuid()])
  .optional()
  .describe(
    'The revision from which these words were made, null: none; refused where it is another by now. Absent: whatever is there',
  )

const path = '/orgs/{org}/conversations/{id}/draft'
const words = z.string().max(100_000)

export const draftsContract = {
  answerDrafts: {
    read: route('inbox.answer')
      .route({ method: 'GET', path, summary: 'What you have begun to answer' })
      .input(byId)
      .output(draftView),
    keep: route('inbox.answer')
      .route({
        method: 'PUT',
        path,
        summary: 'Keep it for later; what a program keeps is a suggestion that a person makes personal and sends',
      })
      .input(byId.extend({ text: words, media: z.array(draftMedia).max(20).default([]), basedOn }))
      .output(draftView),
    insert: route('inbox.answer')
      .route({
        method: 'POST',
        path: `${path}/insert`,
        summary: 'Put a saved reply into it, with its variables filled',
      })
      .input(
        byId.extend({
          replyId: z.uuid(),
          text: words.default('').describe('As it stands in the form'),
          at: z.number().int().min(0).max(100_000).default(100_000).describe('Where in the text'),
          basedOn,
        }),
      )
      .output(draftView),
  },
  answerApprovals: {
    list: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/answer-approvals',
        summary: 'Answers that wait for consent, longest first',
      })
      .input(pageInput)
      .output(pageOf(z.object({ answer: answerView, conversation: conversationView, since: instant }))),
    approve: route('inbox.approve', inPerson)
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversations/{id}/answers/{answerId}/approve',
        summary: 'Consent to exactly these words, or to better ones; then it goes out',
      })
      .input(
        one.extend({
          revision: z.number().int().min(1).describe('The words that you have read'),
          text: text.optional().describe('Better words'),
        }),
      )
      .output(answerView),
    sendBack: route('inbox.approve')
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversations/{id}/answers/{answerId}/send-back',
        summary: 'It does not go out like this; its writer is told why and has the words again',
      })
      .input(one.extend({ note: z.string().trim().min(1).max(4000) }))
      .output(answerView),
  },
}
