// A session on another day, because its person says so: the rules of days and weeks say when not. Undone, it stands where it stood.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { instantOf } from '../../publishing/times.ts'
import { readSettings } from '../figures/store.ts'
import { enter, openLedger, sessionAt, tryPlace } from '../load/sessions/ledger.ts'
import type { Session } from '../load/sessions/types.ts'
import { noPlaceWords } from '../load/sessions/words.ts'
import type { Outlook } from '../plan/outlook.ts'
import { findGoingOn } from '../store.ts'
import { sessionMinutes } from '../time/store.ts'
import { type Deps, withOwn } from './actions.ts'
import { mustBeOpen } from './close.ts'
import { daysBack, readPeople } from './ground.ts'
import { readPlanNow } from './plan-now.ts'
import { fromNow } from './reckon.ts'
import { insertSteps, keyOf, lastStep, openRows, type SessionRow, sessionOf, updateSession } from './store.ts'
import { place, stepOf } from './writing.ts'

/** @throws Refusal `session-closed`, `session-day-over`, `session-day-refused` at `day`, with the rule that says no. */
export async function moveSession(
  services: Deps,
  caller: Caller,
  { id, day }: { id: string; day: string },
): Promise<void> {
  const { outlook } = await readPlanNow(services, caller.orgId)
  await withOwn(services, caller, id, async (tx, row, at) => {
    mustBeOpen(row)
    const { orgId, memberId, actor } = caller
    if (day < dayIn(at, row.zone!)) throw new Refusal('session-day-over', { field: 'day' })
    if (day === row.on_day) return
    const session = await placeOn(tx, row, { day, at, outlook, orgId })
    // The day that it was first planned for stays: moving brings no new days to make it up.
    const change = {
      ...place(session),
      planned_day: row.planned_day,
      made_up: row.made_up,
      by_hand: true,
      reason: null,
    }
    await updateSession(tx, orgId, id, change, at)
    await insertSteps(tx, orgId, [
      { ...stepOf(row, at), by_id: memberId, what: 'moved', to_member: memberId, to_day: session.day, reason: null },
    ])
    const told = { verb: 'session.moved', subject: { kind: 'session', id }, facts: { activity: row.activity, to: day } }
    await record(tx, orgId, actor, at, told)
  })
}

interface Wanted {
  day: string
  at: Date
  outlook: Outlook | null
  orgId: string
}

async function placeOn(tx: Tx, row: SessionRow, { day, at, outlook, orgId }: Wanted): Promise<Session> {
  const zone = await readOrganisationZone(tx, orgId)
  const settings = await readSettings(tx, orgId)
  const programme = await findGoingOn(tx, orgId)
  if (!programme || !outlook) throw new Refusal('no-programme', { status: 409 })
  const today = dayIn(at, zone)
  const { people, until } = await readPeople(tx, orgId, { zone, today, outlook, planner: programme.begun_by })
  if (day > until) throw new Refusal('session-day-too-far', { field: 'day', params: { until } })
  const person = people.find((each) => each.id === row.member_id)
  if (!person) throw refusedDay('nobody')
  const own = openLedger([fromNow(person, at)], [], zone).get(person.id)!
  const since = addDays(today, -2 * daysBack)
  const spent = await sessionMinutes(tx, orgId, since)
  const others = (await openRows(tx, orgId, programme.id, { today, doneSince: since })).filter(
    (each) => each.member_id === row.member_id && each.id !== row.id,
  )
  const ledger = new Map([[person.id, own]])
  for (const each of others) {
    if (each.state === 'planned') enter(ledger, sessionOf(each))
    if (each.state === 'done') enter(ledger, sessionOf(each, spent.get(each.id) ?? 0))
  }
  const item = { ...sessionOf(row), people: [person.id], from: day, to: day }
  const found = tryPlace(own, { day, item, zone: person.zone ?? zone }, settings)
  if (!found.start) throw refusedDay(found.refused)
  const start = { person: person.id, start: found.start, zone: person.zone ?? zone }
  return sessionAt({ ...item, id: keyOf(row) }, start, settings)
}

const refusedDay = (rule: keyof typeof noPlaceWords): Refusal =>
  new Refusal('session-day-refused', { field: 'day', params: { rule, reason: noPlaceWords[rule] } })

/** Where it stood before it was moved by hand. @throws Refusal `session-not-moved`, `session-day-over`. */
export const moveBack = (services: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  withOwn(services, caller, id, async (tx, row, at) => {
    const { orgId, memberId, actor } = caller
    const last = await lastStep(tx, orgId, id)
    if (last?.what !== 'moved' || row.state !== 'planned') throw new Refusal('session-not-moved', { status: 409 })
    if (last.from_day! < dayIn(at, row.zone!)) throw new Refusal('session-day-over', { status: 409 })
    const change = stoodAt(row, last.from_wall!)
    await updateSession(tx, orgId, id, { ...change, on_day: last.from_day!, by_hand: false }, at)
    await insertSteps(tx, orgId, [
      { ...stepOf(row, at), by_id: memberId, what: 'moved-back', to_member: memberId, to_day: last.from_day },
    ])
    const subject = { kind: 'session', id }
    await record(tx, orgId, actor, at, { verb: 'session.moved-back', subject, facts: { activity: row.activity } })
  })

/** Half-days are kept as long as before. */
function stoodAt(row: SessionRow, wall: string) {
  const meaning = instantOf({ wall, zone: row.zone! })
  // It was a time that the clock shows once: sessions never begin at another.
  const at = meaning.kind === 'never' ? row.at! : meaning.at
  return { wall, at, until_at: new Date(at.getTime() + row.until_at!.getTime() - row.at!.getTime()) }
}
