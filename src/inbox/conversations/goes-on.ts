// A conversation that became part of another has nothing left in it: what is written there goes to where it goes on.

import type { Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type ConversationRow, findConversation } from './store.ts'

/** All of it is part of another. A part that was only divided has messages of its own left. */
export const isEmptied = ({ message_count, goes_on_in }: Pick<ConversationRow, 'message_count' | 'goes_on_in'>) =>
  message_count === 0 && goes_on_in !== null

/** @throws Refusal `goes-on-elsewhere` with the id of where, as far as whoever asks may see it. */
export async function mustGoOnHere(tx: Tx, conversation: ConversationRow, field: string): Promise<void> {
  if (!isEmptied(conversation)) return
  const there = await findConversation(tx, conversation.org_id, conversation.goes_on_in!)
  throw new Refusal('goes-on-elsewhere', { status: 409, field, params: { id: there?.id ?? null } })
}
