// What somebody reads of sessions: what to do now, the week, and everybody's days. Whatever changed a moment ago is in it.

import type { z } from 'zod'
import { sideBySide } from '../../db/side-by-side.ts'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { notFound } from '../../lib/refusal.ts'
import { isActiveMember, readActors, readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type DutyRow, dutyRows } from '../duties/store.ts'
import type { DutyFacts } from '../duties/types.ts'
import { gapsByDay } from '../load/sessions/day-times.ts'
import { recoveryDays } from '../load/sessions/ledger.ts'
import type { PlanPerson } from '../load/sessions/types.ts'
import type { Outlook } from '../plan/outlook.ts'
import { planRows } from '../plan/store.ts'
import { findGoingOn } from '../store.ts'
import { minutesByDay, minutesOfSession, readCeiling, sessionMinutes } from '../time/store.ts'
import { minutesAtSide, readBeside } from './beside.ts'
import type { sessionsContract } from './contract.ts'
import { readPeople, type SessionGround } from './ground.ts'
import { readPlanNow } from './plan-now.ts'
import { fitting } from './rules.ts'
import { findSession, rowsOnDays, rowsWithoutPlace, type SessionRow, type StepOfSession, stepRows } from './store.ts'
import { freshenSessions } from './upkeep.ts'
import { isLed, stepViewOf, viewOf, withoutPlaceOf } from './views.ts'

export type ReadDeps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'log'>
type Out<Route extends keyof typeof sessionsContract.sessions> = z.infer<
  NonNullable<(typeof sessionsContract.sessions)[Route]['~orpc']['outputSchema']> & z.ZodType
>

/** Later ones may be done now, where their days have begun. */
const daysShown = 7

export async function readNow(
  services: ReadDeps,
  { orgId, memberId }: Caller,
  { minutes }: { minutes: number },
): Promise<Out<'now'>> {
  await freshenSessions(services, orgId)
  return readInOrg(services.db, orgId, async (tx) => {
    const now = services.clock()
    const zone = await readOrganisationZone(tx, orgId)
    const today = dayIn(now, zone)
    const programme = await findGoingOn(tx, orgId)
    const hasPlan = programme ? (await planRows(tx, orgId, programme.id, 1)).length > 0 : false
    const span = { from: addDays(today, -1), to: addDays(today, 5 * daysShown), memberId }
    const rows = await rowsOnDays(tx, orgId, span)
    const spent = await sessionMinutes(tx, orgId, span.from)
    const isToday = (row: SessionRow) => row.on_day! <= dayIn(now, row.zone!)
    const planned = rows.filter(({ state }) => state === 'planned')
    const open = planned
      .filter((row) => isToday(row) || (row.from_day <= today && row.on_day! <= addDays(today, daysShown)))
      .sort((a, b) => Number(isToday(b)) - Number(isToday(a)))
    const doable = open.map((row) => ({ ...row, isDue: isToday(row), at: row.at! }))
    const beside = await readBeside(tx, orgId, today)
    const show = (row: SessionRow) => viewOf(row, { spent: spent.get(row.id), beside: beside(row), isMine: true })
    const next = planned.find((row) => !isToday(row))
    return {
      ...{ today, hasPlan, takesPart: planned.length > 0 || rows.length > 0 },
      fits: fitting(doable, minutes).map(({ id }) => id),
      open: open.map(show),
      done: rows.filter((row) => row.state === 'done' && row.on_day === dayIn(now, row.zone!)).map(show),
      least: open.length > 0 ? Math.min(...open.map((row) => row.minutes)) : null,
      next: next ? show(next) : null,
    }
  })
}

interface WeekGround {
  zone: string
  today: string
  week: string
  /** null: no plan, or nobody knows what it takes. */
  people: SessionGround | null
  now: Date
}

/** What the plan gives to its people, read before: it looks at much. */
async function weekGround(services: ReadDeps, orgId: string, asked: string | undefined) {
  await freshenSessions(services, orgId)
  const { outlook } = await readPlanNow(services, orgId)
  return (tx: Tx): Promise<WeekGround> => groundIn(tx, orgId, { outlook, asked, now: services.clock() })
}

async function groundIn(
  tx: Tx,
  orgId: string,
  { outlook, asked, now }: { outlook: Outlook | null; asked: string | undefined; now: Date },
): Promise<WeekGround> {
  const zone = await readOrganisationZone(tx, orgId)
  const today = dayIn(now, zone)
  const programme = await findGoingOn(tx, orgId)
  const people = programme && outlook ? await readPeople(tx, orgId, { zone, today, outlook, programme }) : null
  return { zone, today, week: mondayOf(asked ?? today), people, now }
}

const daysOf = (week: string): string[] => Array.from({ length: 7 }, (_, index) => addDays(week, index))
/** So long back changes are told. */
const changesMs = 14 * 86_400_000
const mostChanges = 100

export const readWeek = (
  services: ReadDeps,
  { orgId, memberId }: Caller,
  { week }: { week?: string | undefined },
): Promise<Out<'week'>> => weekOf(services, orgId, { memberId, reader: memberId, asked: week })

/** Of somebody else, for those who lead. */
export async function readWeekOf(
  services: ReadDeps,
  { orgId, memberId: reader }: Caller,
  { member, week }: { member: string; week?: string | undefined },
): Promise<Out<'week'>> {
  if (!(await readInOrg(services.db, orgId, (tx) => isActiveMember(tx, orgId, member)))) throw notFound('member')
  return weekOf(services, orgId, { memberId: member, reader, asked: week })
}

interface WeekAsked {
  memberId: string
  reader: string
  asked: string | undefined
}

async function weekOf(services: ReadDeps, orgId: string, { memberId, reader, asked }: WeekAsked): Promise<Out<'week'>> {
  const ground = await weekGround(services, orgId, asked)
  return readInOrg(services.db, orgId, async (tx) => {
    const { week, today, people, now } = await ground(tx)
    const span = { from: week, to: addDays(week, 6), memberId }
    const rows = await rowsOnDays(tx, orgId, span)
    const spent = await sessionMinutes(tx, orgId, week)
    const logged = await minutesByDay(tx, orgId, span)
    const steps = await stepRows(tx, orgId, {
      since: new Date(now.getTime() - changesMs),
      memberId,
      limit: mostChanges,
    })
    const duties = await dutyRows(tx, orgId, span)
    const beside = await readBeside(tx, orgId, today)
    const by = await namesOf(tx, orgId, steps)
    const isMine = memberId === reader
    const all = await rowsOnDays(tx, orgId, { from: span.from, to: span.to })
    return {
      ...{
        week,
        today,
        ...shareOf(people, { memberId, week, rows: all }),
        ceiling: await readCeiling(tx, orgId, memberId),
      },
      days: daysOf(week).map((day) => {
        const own = rows.filter(({ on_day }) => on_day === day)
        return {
          ...dayViewOf(day, { own, logged, memberId, people, duties }),
          sessions: own.map((row) => viewOf(row, { spent: spent.get(row.id), beside: beside(row), isMine })),
        }
      }),
      withoutPlace: withoutPlaceOf(await rowsWithoutPlace(tx, orgId, span)),
      changes: steps.filter(isTold).map((step) => stepViewOf(step, { memberId, by })),
    }
  })
}

/** What somebody did themselves needs no telling. */
const isTold = (step: StepOfSession): boolean =>
  isLed(step) || !['done', 'reopened', 'moved', 'moved-back', 'skipped'].includes(step.what)

/** Of those who did something with sessions of others. */
async function namesOf(tx: Tx, orgId: string, steps: readonly StepOfSession[]) {
  const who = await readActors(
    tx,
    orgId,
    steps.map(({ by_id }) => by_id),
  )
  return (id: string): string | null => who(id)?.name ?? null
}

export async function readEverybody(
  services: ReadDeps,
  { orgId, memberId }: Caller,
  { week: asked }: { week?: string | undefined },
): Promise<Out<'everybody'>> {
  const ground = await weekGround(services, orgId, asked)
  return readInOrg(services.db, orgId, async (tx) => {
    const { week, today, people, now } = await ground(tx)
    const span = { from: week, to: addDays(week, 6) }
    const rows = await rowsOnDays(tx, orgId, span)
    const logged = await minutesByDay(tx, orgId, span)
    const duties = await dutyRows(tx, orgId, span)
    const steps = await stepRows(tx, orgId, { since: new Date(now.getTime() - changesMs), limit: mostChanges })
    const by = await namesOf(tx, orgId, steps)
    // Whoever takes part, whoever did (also those who left since), and whoever is on duty.
    const taking = (people?.takers ?? []).map(({ id }) => id)
    const ids = [...new Set([...taking, ...[...rows, ...duties].flatMap(({ member_id }) => member_id ?? [])])]
    const who = await readActors(tx, orgId, [...ids, ...steps.flatMap((step) => [step.from_member, step.to_member])])
    return {
      ...{ week, today },
      people: ids.map((id) => ({
        ...{ person: who(id), ...shareOf(people, { memberId: id, week, rows }) },
        ceiling: people?.takers.find((each) => each.id === id)?.ceiling ?? null,
        days: daysOf(week).map((day) => {
          const own = rows.filter(({ on_day, member_id }) => on_day === day && member_id === id)
          return dayViewOf(day, { own, logged, memberId: id, people, duties })
        }),
      })),
      withoutPlace: withoutPlaceOf(await rowsWithoutPlace(tx, orgId, span)),
      changes: steps.filter(isTold).map((step) => ({
        ...stepViewOf(step, { memberId, by }),
        ...{ from: who(step.from_member), to: who(step.to_member) },
      })),
    }
  })
}

interface OfWeek {
  memberId: string
  week: string
  /** Of everybody in this week. */
  rows: readonly SessionRow[]
}

function shareOf(people: SessionGround | null, { memberId, week, rows }: OfWeek) {
  const own = people?.people.find(({ id }) => id === memberId)
  const taker = people?.takers.find(({ id }) => id === memberId)
  const atSide = people ? (minutesAtSide(rows, people.abilities).get(memberId) ?? 0) : 0
  return { planned: own?.weekMinutes[week] ?? null, atSide, isAssumed: taker?.isAssumed ?? false }
}

interface DayGround {
  own: readonly SessionRow[]
  logged: readonly { memberId: string; day: string; minutes: number }[]
  memberId: string
  people: SessionGround | null
  duties: readonly DutyRow[]
}

function dayViewOf(day: string, { own, logged, memberId, people, duties }: DayGround) {
  const person = people?.people.find(({ id }) => id === memberId)
  const stands = own.filter(({ state }) => state === 'planned' || state === 'done')
  return {
    day,
    off: person?.off?.[day] ?? null,
    duties: duties
      .filter((duty) => duty.on_day === day && duty.member_id === memberId)
      .map(({ id, kind, note }) => ({ id, kind: kind as DutyFacts['kind'], note })),
    isRecovery: person ? recoveryOf(person, people!.zone).has(day) : false,
    planned: stands.reduce((sum, { minutes }) => sum + minutes, 0),
    done: logged
      .filter((each) => each.day === day && each.memberId === memberId)
      .reduce((sum, { minutes }) => sum + minutes, 0),
  }
}

const recoveryOf = (person: PlanPerson, zone: string): Set<string> =>
  person.duties.length === 0
    ? new Set()
    : recoveryDays(person.duties, gapsByDay(person.free, person.zone ?? zone).keys())

/** How one stands now, for whoever changed it. */
export const readOne = ({ db }: Pick<Services, 'db'>, { orgId, memberId }: Caller, id: string): Promise<Out<'done'>> =>
  readInOrg(db, orgId, async (tx) => {
    const [row, spent] = await sideBySide(tx, (at) => [findSession(at, orgId, id), minutesOfSession(at, orgId, id)])
    // Doing something with it asks for nobody at anybody's side: weeks tell.
    const reading = { spent: spent ?? undefined, beside: null, isMine: row!.member_id === memberId }
    return { session: viewOf(row!, reading) }
  })
