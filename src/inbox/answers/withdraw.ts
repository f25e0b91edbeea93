// Taking a sent answer back: asked for here, done at the network outside of any transaction, then on record.

import type { SessionServices } from '../../accounts/session.ts'
import { inOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { loadSent, noteTakenBack, removeSent } from '../../publishing/answers/withdraw-answer.ts'
import { findConversation } from '../conversations/store.ts'
import type { AnswerShown } from './views.ts'
import { within } from './within.ts'

/** @throws Refusal `nothing-to-withdraw`, `network-cannot-delete`, `network-did-not-delete`. */
export async function takeBack(
  services: SessionServices,
  caller: Caller,
  { id, answerId }: { id: string; answerId: string },
): Promise<AnswerShown> {
  const sent = await inOrg(services.db, caller.orgId, async (tx) => {
    if (!(await findConversation(tx, caller.orgId, id))) throw notFound('conversation')
    const found = await loadSent(tx, caller, answerId)
    if (found.conversationId !== id) throw notFound('answer')
    return found
  })
  await removeSent(services, sent)
  return within(services, caller, id, async (tx, _, now) => ({
    answerId,
    events: await noteTakenBack(tx, caller, { answerId, now }),
  }))
}
