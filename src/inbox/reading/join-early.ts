// Somebody's answer came before what it answers: the conversation that it began is part of another, with all that was done in it since.

import type { Tx } from '../../db/tx.ts'
import { leadNotifications } from '../../events/notify.ts'
import { type ConversationRow, insertEntry, lockConversation, updateConversation } from '../conversations/store.ts'
import { carryAll } from '../joins/carry.ts'
import { stateTogether } from '../joins/rules.ts'
import { leadElsewhere } from '../joins/store.ts'
import { moveChoices } from '../promises/store.ts'
import { carryRest, dropConversation } from './store-early.ts'

interface Joining {
  joined: readonly { from: string; into: string }[]
  /** Conversations that begin with what came now: they are what the early part was. */
  begun: readonly string[]
  now: Date
}

/** Under the locks of both. The first is gone then: nothing leads to it any more. */
export async function joinEarly(tx: Tx, orgId: string, { joined, begun, now }: Joining): Promise<void> {
  for (const way of joined) {
    const [from, into] = [await lockConversation(tx, orgId, way.from), await lockConversation(tx, orgId, way.into)]
    if (!from || !into) continue
    await carryAll(tx, orgId, way)
    await moveChoices(tx, orgId, way)
    await carryRest(tx, orgId, { ...way, isSame: begun.includes(into.id) })
    await leadElsewhere(tx, orgId, way)
    await updateConversation(tx, orgId, into.id, {
      ...placeTogether(from, into),
      ...standTogether(from, into, begun.includes(into.id)),
    })
    await leadNotifications(tx, orgId, { kind: 'conversation', ...way })
    await dropConversation(tx, orgId, from.id)
    await insertEntry(tx, orgId, into.id, { kind: 'joined', at: now, by: null })
  }
}

/** What was said behind a wall stays behind it. */
function placeTogether(from: ConversationRow, into: ConversationRow) {
  const goesBehind = into.wall_id === null && from.wall_id !== null
  return goesBehind
    ? { owner_id: from.owner_id, department_id: from.department_id }
    : { owner_id: into.owner_id ?? from.owner_id, department_id: into.department_id ?? from.department_id }
}

function standTogether(from: ConversationRow, into: ConversationRow, isSame: boolean) {
  const { state, reason, snoozed_until, closed_at, closed_by, reopened } = from
  if (isSame) return { state, reason, snoozed_until, closed_at, closed_by, reopened }
  // What somebody called spam stays so, whatever comes to it.
  if (into.reason === 'spam' || stateTogether(state, into.state) === into.state) return {}
  return { state: 'open' as const, reason: null, snoozed_until: null, closed_at: null, closed_by: null }
}
