// What delivery's events are about: a post, or an answer in its conversation.

import type { NewEvent } from '../../events/actions.ts'
import type { Answering } from '../answers/types.ts'

const verbs = {
  published: { verb: 'post.published', ofAnswer: 'answer.published' },
  rejected: { verb: 'post.rejected', ofAnswer: 'answer.failed' },
  parked: { verb: 'post.parked', ofAnswer: 'answer.parked' },
  unconfirmed: { verb: 'post.unconfirmed', ofAnswer: 'answer.unconfirmed' },
  held: { verb: 'post.held', ofAnswer: 'answer.held' },
  resumed: { verb: 'post.resumed', ofAnswer: 'answer.resumed' },
  'waits-for-approval': { verb: 'post.waits-for-approval', ofAnswer: 'answer.waits-for-approval' },
}

/** What happens to a variant without a person. */
export type Happening = keyof typeof verbs

export interface Told {
  postId: string | null
  answer: Pick<Answering, 'id' | 'conversationId'> | null
  variantId: string
  accountId: string
}

export function toldEvent(
  { postId, answer, variantId, accountId }: Told,
  happening: Happening,
  facts: object = {},
): NewEvent {
  const { verb, ofAnswer } = verbs[happening]
  if (!answer) return { verb, subject: { kind: 'post', id: postId }, facts: { variantId, accountId, ...facts } }
  return {
    verb: ofAnswer,
    subject: { kind: 'conversation', id: answer.conversationId },
    facts: { answerId: answer.id, variantId, accountId, ...facts },
  }
}
