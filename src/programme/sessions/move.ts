// A session on another day, because its person says so: the rules of days and weeks say when not. Undone, it stands where it stood.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { instantOf } from '../../publishing/times.ts'
import type { Session } from '../load/sessions/types.ts'
import { noPlaceWords } from '../load/sessions/words.ts'
import type { Outlook } from '../plan/outlook.ts'
import { type Deps, withOwn } from './actions.ts'
import { mustBeOpen } from './close.ts'
import { findPlace } from './find-place.ts'
import { readPlanNow } from './plan-now.ts'
import { insertSteps, lastStep, type SessionRow, type StepRow, updateSession } from './store.ts'
import { place, stepOf } from './writing.ts'

/** @throws Refusal `session-closed`, `session-day-over`, `session-day-refused` at `day`, with the rule that says no. */
export async function moveSession(
  services: Deps,
  caller: Caller,
  { id, day }: { id: string; day: string },
): Promise<void> {
  const { outlook } = await readPlanNow(services, caller.orgId)
  await withOwn(services, caller, id, async (tx, row, at) => {
    if (!(await moveRow(tx, caller, row, { day, at, outlook }))) return
    const { orgId, actor } = caller
    const told = { verb: 'session.moved', subject: { kind: 'session', id }, facts: { activity: row.activity, to: day } }
    await record(tx, orgId, actor, at, told)
  })
}

interface Wanted {
  day: string
  at: Date
  outlook: Outlook | null
  reason?: string
}

/** By its person, or by somebody who leads, who says why. null: it stands on that day already. @throws Refusal as `moveSession` does. */
export async function moveRow(
  tx: Tx,
  { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>,
  row: SessionRow,
  { day, at, outlook, reason }: Wanted,
): Promise<Session | null> {
  mustBeOpen(row)
  if (day < dayIn(at, row.zone!)) throw new Refusal('session-day-over', { field: 'day' })
  if (day === row.on_day) return null
  const session = await placeOn(tx, row, { day, at, outlook, orgId })
  await updateSession(tx, orgId, row.id, chosen(session, row), at)
  const to = { to_member: row.member_id, to_day: session.day }
  await insertSteps(tx, orgId, [{ ...stepOf(row, at), by_id: memberId, what: 'moved', ...to, reason: reason ?? null }])
  return session
}

/** @throws Refusal `session-day-too-far`, `session-day-refused` at `day`, `no-programme`. */
async function placeOn(
  tx: Tx,
  row: SessionRow,
  { day, ...wanted }: { day: string; at: Date; outlook: Outlook | null; orgId: string },
): Promise<Session> {
  const placing = await findPlace(tx, row, { ...wanted, memberId: row.member_id! })
  if (!placing) throw refusedDay('nobody')
  const { until } = placing.ground
  if (day > until) throw new Refusal('session-day-too-far', { field: 'day', params: { until } })
  const { session, refused } = placing.on([day])
  if (!session) throw refusedDay(refused)
  return session
}

const refusedDay = (rule: keyof typeof noPlaceWords): Refusal =>
  new Refusal('session-day-refused', { field: 'day', params: { rule, reason: noPlaceWords[rule] } })

/** What a session is when its person, or somebody who leads, chose where it stands. The day that it was first planned for stays: moving brings no new days to make it up. */
export const chosen = (session: Session, row: SessionRow) => ({
  ...place(session),
  ...{ planned_day: row.planned_day, made_up: row.made_up, by_hand: true, reason: null },
})

/** Where it stood before it was moved by hand. @throws Refusal `session-not-moved`, `session-day-over`. */
export const moveBack = (services: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    const { orgId, memberId, actor } = caller
    const last = await lastStep(tx, orgId, id)
    if (last?.what !== 'moved' || row.state !== 'planned') throw new Refusal('session-not-moved', { status: 409 })
    await putBack(tx, { orgId, memberId }, row, { last, zone: row.zone!, at })
    const subject = { kind: 'session', id }
    await record(tx, orgId, actor, at, { verb: 'session.moved-back', subject, facts: { activity: row.activity } })
  })

/** Where it stood, with whoever had it. `zone`: of whoever had it. @throws Refusal `session-day-over`. */
export async function putBack(
  tx: Tx,
  { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>,
  row: SessionRow,
  { last, zone, at }: { last: StepRow; zone: string; at: Date },
): Promise<void> {
  if (last.from_day! < dayIn(at, zone)) throw new Refusal('session-day-over', { status: 409 })
  const back = { member_id: last.from_member, on_day: last.from_day!, by_hand: false }
  // Moved, it is still whose it was; handed over, it is theirs no more.
  const whose = last.what === 'handed-over' ? { handed: false } : {}
  await updateSession(tx, orgId, row.id, { ...stoodAt(row, { wall: last.from_wall!, zone }), ...back, ...whose }, at)
  const what = last.what === 'handed-over' ? 'handed-back' : 'moved-back'
  await insertSteps(tx, orgId, [
    { ...stepOf(row, at), by_id: memberId, what, to_member: last.from_member, to_day: last.from_day },
  ])
}

/** Half-days are kept as long as before. */
function stoodAt(row: SessionRow, { wall, zone }: { wall: string; zone: string }) {
  const meaning = instantOf({ wall, zone })
  // It was a time that the clock shows once: sessions never begin at another.
  const at = meaning.kind === 'never' ? row.at! : meaning.at
  return { wall, zone, at, until_at: new Date(at.getTime() + row.until_at!.getTime() - row.at!.getTime()) }
}
