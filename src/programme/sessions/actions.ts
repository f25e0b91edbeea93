// Verbs of one session, each of one's own: done, begun with the timer, left out with a reason, moved to another day, and each of it undone.

import { inOrgRetried } from '../../db/retry.ts'
import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { changeTimer } from '../time/actions.ts'
import { markEntry } from '../time/store.ts'
import { finishRow, mustBeOpen, recordDone, skipRow } from './close.ts'
import { findSession, insertSteps, lastStep, lockSessions, type SessionRow, updateSession } from './store.ts'
import { stepOf } from './writing.ts'

export type Deps = Pick<Services, 'db' | 'clock'>

/** Changed one after the other with whoever makes sessions anew. */
export const withOwn = <Told>(
  { db, clock }: Deps,
  caller: Caller,
  id: string,
  work: (tx: Tx, row: SessionRow, at: Date) => Promise<Told>,
): Promise<Told> =>
  inOrgRetried(db, caller.orgId, async (tx) => {
    const [, row] = await sideBySide(tx, (own) => [lockSessions(own, caller.orgId), findSession(own, caller.orgId, id)])
    // Whose it is decides: sessions of others are nobody else's to do.
    if (!row || row.member_id !== caller.memberId || row.state === 'taken-out') throw notFound('session')
    return work(tx, row, clock())
  })

/** One tap: the minutes that were planned, marked as estimated; or those that somebody typed. A second tap changes nothing. @throws Refusal `session-closed`. */
export const finishSession = (
  services: Deps,
  caller: Caller,
  { id, minutes }: { id: string; minutes?: number | undefined },
): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    if (row.state === 'done') return
    await finishRow(tx, caller, row, { at, minutes })
    await recordDone(tx, caller, row, at)
  })

/** @throws Refusal `session-closed`. */
export const skipSession = (
  services: Deps,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    await skipRow(tx, caller, row, { at, reason })
    const { orgId, actor } = caller
    const subject = { kind: 'session', id }
    // Without the reason: the log is read by everybody.
    await record(tx, orgId, actor, at, { verb: 'session.skipped', subject, facts: { activity: row.activity } })
  })

/** It was a slip: what was done or left out is open again, where it stood. @throws Refusal `session-not-closed`, `session-too-long-ago`. */
export const reopenSession = (services: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    await reopenRow(tx, caller, row, at)
    const subject = { kind: 'session', id }
    await record(tx, caller.orgId, caller.actor, at, {
      ...{ verb: 'session.reopened', subject, facts: { activity: row.activity } },
    })
  })

/** @throws Refusal `session-not-closed`, `session-too-long-ago`. */
export async function reopenRow(
  tx: Tx,
  { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>,
  row: SessionRow,
  at: Date,
): Promise<void> {
  const { id } = row
  if (row.state !== 'done' && row.state !== 'skipped') throw new Refusal('session-not-closed', { status: 409 })
  const last = await lastStep(tx, orgId, id)
  const [day, wall] = [last?.from_day ?? row.on_day!, last?.from_wall ?? row.wall!]
  if (day < dayIn(at, row.zone!)) throw new Refusal('session-too-long-ago', { status: 409 })
  if (row.entry_id) await markEntry(tx, orgId, { id: row.entry_id, memberId: row.member_id! }, at)
  const open = { state: 'planned', reason: null, closed_at: null, closed_by: null, entry_id: null }
  await updateSession(tx, orgId, id, { ...open, on_day: day, wall }, at)
  await insertSteps(tx, orgId, [{ ...stepOf(row, at), by_id: memberId, what: 'reopened', to_day: day }])
}

/** The timer runs for it; when it is stopped the session is done, with what it really took. @throws Refusal `session-closed`. */
export const startSession = (services: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    mustBeOpen(row)
    const { activity, channel, campaign_id: campaignId } = row
    await changeTimer(tx, caller, { activity, channel, campaignId, sessionId: id }, at)
  })
