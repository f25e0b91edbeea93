// What became of answers to people, in words.

import { plainCode } from '../../kit/words.ts'
import type { Say } from './event-words.ts'

const because = (reason: unknown): string => (typeof reason === 'string' && reason ? ` (${plainCode(reason)})` : '')

export const answerVerbs: Record<string, Say> = {
  'answer.planned': 'answered somebody',
  'answer.published': 'sent an answer',
  'answer.failed': ({ code }) => `was refused an answer by the network${because(code)}`,
  'answer.parked': 'parked an answer until its account works again',
  'answer.unconfirmed': 'could not confirm an answer',
  'answer.held': 'stopped an answer under a hold',
  'answer.resumed': 'took up an answer whose account is back',
  'answer.waits-for-approval': 'keeps an answer until it is approved',
  'answer.retried': ({ changed }) => (changed === true ? 'sent an answer in other words' : 'sent an answer again'),
  'answer.discarded': 'discarded an answer',
  'answer.approved': 'approved an answer',
  'answer.resolved': ({ decision }) =>
    decision === 'published'
      ? 'found an answer at the network'
      : decision === 'send'
        ? 'had an unconfirmed answer sent again'
        : 'forgot an unconfirmed answer',
}
