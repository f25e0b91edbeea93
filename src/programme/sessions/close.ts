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

/** The last part finishes the whole, of a block all of its items; parts before it are pieces of it, so that times stay true. */
export async function itemsOf(tx: Tx, orgId: string, row: SessionRow): Promise<number> {
  if (row.parts === 1) return row.items
  const parts = await partsOfItem(tx, orgId, row)
  const open = parts.filter(({ id, state }) => id !== row.id && (state === 'planned' || state === 'dropped'))
  return open.length === 0 ? row.items : 0
}

export async function close(
  tx: Tx,
  caller: Caller,
  row: SessionRow,
  given: { at: Date; entryId: string | null },
): Promise<void> {
  await closeRow(tx, caller, row, { ...given, reason: null })
  const subject = { kind: 'session', id: row.id }
  await record(tx, caller.orgId, caller.actor, given.at, {
    ...{ verb: 'session.done', subject, facts: { activity: row.activity } },
  })
}

/** `reason`: of somebody else, who says that it is done. */
export async function closeRow(
  tx: Tx,
  { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>,
  row: SessionRow,
  { at, entryId, reason }: { at: Date; entryId: string | null; reason: string | null },
): Promise<void> {
  // Done ahead of its day or after it: the day on which it was done counts.
  const day = dayIn(at, row.zone!)
  const closed = { state: 'done', on_day: day, closed_at: at, closed_by: memberId, entry_id: entryId }
  await updateSession(tx, orgId, row.id, closed, at)
  await insertSteps(tx, orgId, [
    { ...stepOf(row, at), by_id: memberId, what: 'done', to_member: row.member_id, to_day: day, reason },
  ])
}

/** Whether the timer of this person may finish it: it is theirs and open still. */
export async function openSessionOf(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<SessionRow | null> {
  const row = await findSession(tx, orgId, id)
  return row && row.member_id === memberId && row.state === 'planned' ? row : null
}
