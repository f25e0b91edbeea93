// What delivery's events are about: a post, or an answer in its conversation.

import type { NewEvent } from '../../events/actions.ts'
import type { Answering } from '../answers/types.ts'

/** What happens to a variant without a person, as the second half of a verb. */
export type Happening = 'published' | 'rejected' | 'parked' | 'unconfirmed' | 'held' | 'resumed' | 'waits-for-approval'

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
  if (!answer)
    return {
      verb: `post.${happening}`,
      subject: { kind: 'post', id: postId },
      facts: { variantId, accountId, ...facts },
    }
  return {
    verb: `answer.${happening === 'rejected' ? 'failed' : happening}`,
    subject: { kind: 'conversation', id: answer.conversationId },
    facts: { answerId: answer.id, variantId, accountId, ...facts },
  }
}
