// A session that is closed: done by one tap or by the timer that ran for it, or left out; by whoever has it, or by somebody who leads.

import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { todayOf } from '../actions.ts'
import { insertEntry } from '../time/store.ts'
import type { How } from '../time/types.ts'
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
  await recordDone(tx, caller, row, given.at)
}

/** By whoever has it. */
export const recordDone = (
  tx: Tx,
  { orgId, actor }: Caller,
  { id, activity }: SessionRow,
  at: Date,
): Promise<unknown> =>
  record(tx, orgId, actor, at, { verb: 'session.done', subject: { kind: 'session', id }, facts: { activity } })

/** `reason`: of somebody else, who says that it is done. */
async function closeRow(
  tx: Tx,
  { orgId, memberId }: By,
  row: SessionRow,
  { at, entryId, reason }: { at: Date; entryId: string | null; reason: string | null },
): Promise<void> {
  // Done ahead of its day or after it: the day on which it was done counts.
  const day = dayIn(at, row.zone!)
  const closed = { state: 'done', on_day: day, closed_at: at, closed_by: memberId, entry_id: entryId }
  const step = { ...stepOf(row, at), by_id: memberId, what: 'done', to_member: row.member_id, to_day: day, reason }
  await sideBySide(tx, (own) => [updateSession(own, orgId, row.id, closed, at), insertSteps(own, orgId, [step])])
}

type By = Pick<Caller, 'orgId' | 'memberId'>

/** Whoever has it did it: in the minutes that were said, else in those that were planned, marked as estimated. @throws Refusal `session-closed`. */
export async function finishRow(
  tx: Tx,
  by: By,
  row: SessionRow,
  { at, minutes, reason = null }: { at: Date; minutes: number | undefined; reason?: string | null },
): Promise<void> {
  mustBeOpen(row)
  const { orgId } = by
  const { activity, channel, campaign_id: campaignId } = row
  const [day, items] = await sideBySide(tx, (own) => [todayOf(own, orgId, at), itemsOf(own, orgId, row)])
  const entry = {
    ...{ id: newId(), memberId: row.member_id!, activity, channel, day, items, note: '' },
    ...{ minutes: minutes ?? row.minutes, how: (minutes === undefined ? 'estimated' : 'typed') as How },
    ...{ sessionId: row.id, campaignId, at },
  }
  await sideBySide(tx, (own) => [
    insertEntry(own, orgId, entry),
    closeRow(own, by, row, { at, entryId: entry.id, reason }),
  ])
}

/** It is not done, by nobody. @throws Refusal `session-closed`. */
export async function skipRow(
  tx: Tx,
  { orgId, memberId }: By,
  row: SessionRow,
  { at, reason }: { at: Date; reason: string },
): Promise<void> {
  mustBeOpen(row)
  await updateSession(tx, orgId, row.id, { state: 'skipped', reason, closed_at: at, closed_by: memberId }, at)
  await insertSteps(tx, orgId, [{ ...stepOf(row, at), by_id: memberId, what: 'skipped', reason }])
}

/** Whether the timer of this person may finish it: it is theirs and open still. */
export async function openSessionOf(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<SessionRow | null> {
  const row = await findSession(tx, orgId, id)
  return row && row.member_id === memberId && row.state === 'planned' ? row : null
}
