// A session that is done: by one tap or by the timer that ran for it.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { findSession, insertSteps, partsOfItem, type SessionRow, updateSession } from './store.ts'
import { stepOf } from './writing.ts'

/** @throws Refusal `session-closed`. */
export function mustBeOpen({ state }: SessionRow): void {
  if (state !== 'planned') throw new Refusal('session-closed', { status: 409, params: { state } })
}

/** The last part finishes the whole; parts before it are pieces of it, so that times stay true. */
export async function itemsOf(tx: Tx, orgId: string, row: SessionRow): Promise<number> {
  if (row.parts === 1) return 1
  const parts = await partsOfItem(tx, orgId, row)
  const open = parts.filter(({ id, state }) => id !== row.id && (state === 'planned' || state === 'dropped'))
  return open.length === 0 ? 1 : 0
}

export async function close(
  tx: Tx,
  { orgId, memberId, actor }: Caller,
  row: SessionRow,
  { at, entryId }: { at: Date; entryId: string | null },
): Promise<void> {
  // Done ahead of its day or after it: the day on which it was done counts.
  const day = dayIn(at, row.zone!)
  await updateSession(
    tx,
    orgId,
    row.id,
    { state: 'done', on_day: day, closed_at: at, closed_by: memberId, entry_id: entryId },
    at,
  )
  await insertSteps(tx, orgId, [
    { ...stepOf(row, at), by_id: memberId, what: 'done', to_member: memberId, to_day: day, reason: null },
  ])
  const subject = { kind: 'session', id: row.id }
  await record(tx, orgId, actor, at, { verb: 'session.done', subject, facts: { activity: row.activity } })
}

/** Whether the timer of this person may finish it: it is theirs and open still. */
export async function openSessionOf(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<SessionRow | null> {
  const row = await findSession(tx, orgId, id)
  return row && row.member_id === memberId && row.state === 'planned' ? row : null
}
