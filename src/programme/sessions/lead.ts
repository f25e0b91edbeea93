// Verbs of those who lead, for sessions of others: another day, another person, done, left out; each with the reason, told to whoever has them, and undone.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { addDays } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { noPlaceWords } from '../load/sessions/words.ts'
import type { Outlook } from '../plan/outlook.ts'
import { reopenRow } from './actions.ts'
import { finishRow, mustBeOpen, skipRow } from './close.ts'
import { findPlace } from './find-place.ts'
import { chosen, moveRow, putBack } from './move.ts'
import { readPlanNow } from './plan-now.ts'
import {
  findSession,
  insertSteps,
  lastStep,
  lockSessions,
  type SessionRow,
  type StepRow,
  updateSession,
} from './store.ts'
import { isLed } from './views.ts'
import { stepOf } from './writing.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer'>

interface Given {
  id: string
  reason: string
}

/** Changed one after the other with whoever makes sessions anew. */
const withAny = (
  { db, clock }: Deps,
  caller: Caller,
  id: string,
  work: (tx: Tx, row: SessionRow, at: Date) => Promise<void>,
): Promise<void> =>
  inOrg(db, caller.orgId, async (tx) => {
    await lockSessions(tx, caller.orgId)
    const row = await findSession(tx, caller.orgId, id)
    // What never had a place is nobody's.
    if (!row || row.member_id === null || row.on_day === null || row.state === 'taken-out') throw notFound('session')
    await work(tx, row, clock())
  })

/** @throws Refusal `session-closed`, and as moving one's own does. */
export async function moveForOther(services: Deps, caller: Caller, given: Given & { day: string }): Promise<void> {
  const { outlook } = await readPlanNow(services, caller.orgId)
  await withAny(services, caller, given.id, async (tx, row, at) => {
    const { day, reason } = given
    const session = await moveRow(tx, caller, row, { day, at, outlook, reason })
    if (!session) return
    await tell(services, tx, caller, { row, what: 'moved', reason, day: session.day })
  })
}

/** On its day, or on the first of its days that this person has room on; the plan may give them less, they themselves not. @throws Refusal `session-closed`, `session-is-theirs`, `session-person-refused` at `memberId`. */
export async function handOver(services: Deps, caller: Caller, given: Given & { memberId: string }): Promise<void> {
  const { outlook } = await readPlanNow(services, caller.orgId)
  await withAny(services, caller, given.id, async (tx, row, at) => {
    const { orgId } = caller
    const { memberId: to, reason } = given
    mustBeOpen(row)
    if (to === row.member_id) throw new Refusal('session-is-theirs', { field: 'memberId' })
    const session = await placeWith(tx, row, { to, at, outlook, orgId })
    await updateSession(tx, orgId, row.id, { ...chosen(session, row), handed: true }, at)
    const step = { by_id: caller.memberId, what: 'handed-over', to_member: to, to_day: session.day, reason }
    await insertSteps(tx, orgId, [{ ...stepOf(row, at), ...step }])
    await tell(services, tx, caller, { row, what: 'handed-over', reason, day: session.day, to })
  })
}

interface To {
  to: string
  at: Date
  outlook: Outlook | null
  orgId: string
}

async function placeWith(tx: Tx, row: SessionRow, { to, at, outlook, orgId }: To) {
  const refused = (rule: string, reason: string) =>
    new Refusal('session-person-refused', { field: 'memberId', params: { rule, reason } })
  const placing = await findPlace(tx, row, { memberId: to, at, outlook, orgId, isGiven: true })
  if (!placing) throw refused('nobody', 'This person takes no part: they give no minutes')
  const { abilities, today, until } = placing.ground
  const need = abilities.needOf(row.activity)
  if (need && !abilities.may(to, row.activity))
    throw refused('unable', `It needs “${need.name}”, which this person does not have yet`)
  const last = [row.to_day, row.on_day!].sort().at(-1)!
  const days: string[] = row.on_day! >= today ? [row.on_day!] : []
  for (let day = [today, row.from_day].sort().at(-1)!; day <= last && day <= until; day = addDays(day, 1))
    days.push(day)
  const found = placing.on(days)
  if (!found.session) throw refused(found.refused, noPlaceWords[found.refused])
  return found.session
}

/** Without minutes those planned are taken, as estimated. Done already: nothing changes. @throws Refusal `session-closed`. */
export const finishForOther = (
  services: Deps,
  caller: Caller,
  { id, reason, minutes }: Given & { minutes?: number | undefined },
): Promise<void> =>
  withAny(services, caller, id, async (tx, row, at) => {
    if (row.state === 'done') return
    await finishRow(tx, caller, row, { at, minutes, reason })
    await tell(services, tx, caller, { row, what: 'done', reason })
  })

/** It is not done, by nobody. @throws Refusal `session-closed`. */
export const dropForOther = (services: Deps, caller: Caller, { id, reason }: Given): Promise<void> =>
  withAny(services, caller, id, async (tx, row, at) => {
    await skipRow(tx, caller, row, { at, reason })
    await tell(services, tx, caller, { row, what: 'skipped', reason })
  })

/** The last thing that somebody who leads did with it. @throws Refusal `session-nothing-to-undo`, and as moving back and opening again do. */
export async function undoForOther(services: Deps, caller: Caller, { id }: { id: string }): Promise<void> {
  const { outlook } = await readPlanNow(services, caller.orgId)
  await withAny(services, caller, id, async (tx, row, at) => {
    const last = await lastStep(tx, caller.orgId, id)
    if (!last || !isUndone(last, caller)) throw new Refusal('session-nothing-to-undo', { status: 409 })
    if (last.what === 'done' || last.what === 'skipped') await reopenRow(tx, caller, row, at)
    else {
      if (row.state !== 'planned') throw new Refusal('session-nothing-to-undo', { status: 409 })
      const zone = last.what === 'moved' ? row.zone! : await zoneOf(tx, row, { last, caller, at, outlook })
      await putBack(tx, caller, row, { last, zone, at })
    }
    await tell(services, tx, caller, { row, what: 'undone', to: last.from_member ?? undefined })
  })
}

const isUndone = (last: StepRow, { memberId }: Caller): boolean =>
  ['moved', 'handed-over', 'done', 'skipped'].includes(last.what) && (last.by_id === memberId || isLed(last))

interface Former {
  last: StepRow
  caller: Caller
  at: Date
  outlook: Outlook | null
}

/** @throws Refusal `session-nothing-to-undo` where whoever had it takes no part any more. */
async function zoneOf(tx: Tx, row: SessionRow, { last, caller, at, outlook }: Former): Promise<string> {
  const placing = await findPlace(tx, row, { memberId: last.from_member!, at, outlook, orgId: caller.orgId })
  const person = placing?.ground.people.find(({ id }) => id === last.from_member)
  if (!person) throw new Refusal('session-nothing-to-undo', { status: 409 })
  return person.zone ?? placing!.ground.zone
}

interface Told {
  row: SessionRow
  what: 'moved' | 'handed-over' | 'done' | 'skipped' | 'undone'
  reason?: string
  day?: string
  /** Whose it is now, where that is somebody else. */
  to?: string | undefined
}

/** Whoever has it, and whoever had it. The reason is theirs: the log is read by everybody. */
async function tell(services: Deps, tx: Tx, caller: Caller, { row, what, reason, day, to }: Told): Promise<void> {
  const { orgId, actor, memberId } = caller
  const { activity } = row
  const subject = { kind: 'session', id: row.id }
  const by = (await readActors(tx, orgId, [memberId]))(memberId)?.name ?? null
  const whose = [...new Set([row.member_id!, ...(to ? [to] : [])])].filter((id) => id !== memberId)
  for (const id of whose) {
    const facts = {
      what,
      activity,
      by,
      reason: reason ?? null,
      day: day ?? null,
      isNew: id === to && what === 'handed-over',
    }
    await notify(tx, services, orgId, { kind: 'session-led', memberIds: [id], subject, facts })
  }
  await record(tx, orgId, actor, services.clock(), { verb: `session.led-${what}`, subject, facts: { activity } })
}
