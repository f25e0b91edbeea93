// What stands in a conversation of its being taken over: which mention it was, who wanted it and why, and whose it is.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import type { ToTakeOver } from '../../listening/handing-on/for-inbox.ts'
import { type Actor, longrunItself } from '../../people/types.ts'
import { mayKnow } from '../../people/walls.ts'
import { announce } from '../conversations/announce.ts'
import { findConversation, insertEntry, updateConversation } from '../conversations/store.ts'
import { tendPromises } from '../promises/tend.ts'
import { nameMention, type There } from './store.ts'

/** Whoever calls holds the conversation. `isNew`: it was not told by the account's own reading before. */
export async function noteInConversation(
  tx: Tx,
  handOn: ToTakeOver,
  { messageId, conversationId, isNew, now }: There & { isNew: boolean; now: Date },
): Promise<void> {
  const { orgId, mentionId, reason, byId, topicId } = handOn
  const isNamed = await nameMention(tx, orgId, { messageId, mentionId })
  // A rule that names what somebody said to us anyway is no news of the conversation.
  if (!isNamed || (!isNew && topicId !== null)) return
  await insertEntry(tx, orgId, conversationId, { kind: 'taken-over', at: now, by: topicId ? null : byId, note: reason })
  if (await giveTo(tx, handOn, conversationId, now)) await tendPromises(tx, orgId, [conversationId], now)
  await announce(tx, orgId, [conversationId])
  const actor: Actor = topicId || byId === null ? longrunItself : { kind: 'member', id: byId }
  const facts = { mentionId, ...(topicId ? { topicId } : {}) }
  await record(tx, orgId, actor, now, {
    ...{ verb: 'conversation.taken-over', subject: { kind: 'conversation', id: conversationId }, facts },
  })
}

/** Whoever it was handed to has it, where nobody has it yet and they see it. false: it stays whose it was. */
async function giveTo(tx: Tx, { orgId, assigneeId, byId }: ToTakeOver, id: string, now: Date): Promise<boolean> {
  if (assigneeId === null) return false
  const conversation = await findConversation(tx, orgId, id)
  if (!conversation || conversation.owner_id !== null) return false
  if ((await mayKnow(tx, orgId, { kind: 'conversation', id }, [assigneeId])).length === 0) return false
  await updateConversation(tx, orgId, id, { owner_id: assigneeId })
  await insertEntry(tx, orgId, id, { kind: 'owner', at: now, by: byId, facts: { from: null, to: assigneeId } })
  return true
}
