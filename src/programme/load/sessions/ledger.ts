// What each person has on each day of a plan, and whether one thing more breaks a rule of days and weeks.

import { addDays, dayIn, mondayOf } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { monotonyOf } from '../guards/sharing.ts'
import { cutOut, type Gap, gapsByDay, type Start, startIn } from './day-times.ts'
import type { NoPlace, PlanPerson, Session, WorkItem } from './types.ts'
import { hair } from './work-items.ts'

export interface PersonLedger {
  person: PlanPerson
  /** Free time that is left, by day. */
  gaps: Map<string, Gap[]>
  /** Days with time at work, used or not. */
  workdays: Set<string>
  /** Minutes by day, and of whole weeks by Monday: of all work, and of sessions of the plan alone. */
  minutes: Map<string, number>
  weeks: Map<string, number>
  sessions: Map<string, number>
  keyDays: Set<string>
  recovery: Set<string>
}

export type Ledger = Map<string, PersonLedger>

export function openLedger(people: readonly PlanPerson[], sessions: readonly Session[], zone: string): Ledger {
  const ledger: Ledger = new Map(people.map((person) => [person.id, openPerson(person, zone)]))
  for (const session of sessions) enter(ledger, session)
  return ledger
}

function openPerson(person: PlanPerson, zone: string): PersonLedger {
  const gaps = gapsByDay(person.free, person.zone ?? zone)
  const workdays = new Set(gaps.keys())
  const recovery = recoveryDays(person.duties, workdays)
  const minutes = new Map(Object.entries(person.worked))
  const weeks = new Map<string, number>()
  for (const [day, worked] of minutes) addTo(weeks, weekOf(day)[0]!, worked)
  return { person, gaps, workdays, minutes, weeks, sessions: new Map(), keyDays: new Set(), recovery }
}

/** The next day at work after each day of duty. */
export function recoveryDays(duties: readonly string[], workdays: Iterable<string>): Set<string> {
  const inOrder = [...workdays].sort()
  return new Set(duties.flatMap((duty) => inOrder.find((day) => day > duty) ?? []))
}

export function enter(ledger: Ledger, { person, activity, day, minutes, at, until, kind }: Session): void {
  const own = ledger.get(person)
  if (!own) return
  addTo(own.minutes, day, minutes)
  // Whoever is at somebody's side gives as much of their own week.
  for (const each of [own, besideIn(ledger, own, activity) ?? []].flat())
    for (const weeks of [each.weeks, each.sessions]) addTo(weeks, weekOf(day)[0]!, minutes)
  if (kind === 'key') own.keyDays.add(day)
  const taken = { from: at.getTime(), to: until.getTime() }
  own.gaps.set(day, cutOut(own.gaps.get(day) ?? [], taken))
}

/** At whose side somebody does it; null: at nobody's, or of whom the plan knows nothing. */
const besideIn = (ledger: Ledger, { person }: PersonLedger, activity: string): PersonLedger | null =>
  ledger.get(person.besideOf?.(activity) ?? '') ?? null

type Accompanied = Pick<Session, 'activity' | 'day' | 'minutes'>

/** Whether whoever would be at their side has no room for it in that week. `isKept`: it stands already, and gives way to what they give alone. */
export function besideFull(
  ledger: Ledger,
  own: PersonLedger,
  { activity, day, minutes, isKept = false }: Accompanied & { isKept?: boolean },
): NoPlace | null {
  const beside = besideIn(ledger, own, activity)
  if (!beside) return null
  const left = Math.min(leftBelowCeiling(beside, day), isKept ? Number.POSITIVE_INFINITY : leftOfPlan(beside, day))
  return minutes > left + hair ? 'buddy-full' : null
}

export const minutesOn = ({ minutes }: PersonLedger, day: string): number => minutes.get(day) ?? 0

const addTo = (sums: Map<string, number>, key: string, minutes: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + minutes)

/** Asked for each person, day and item: plans of many people would do nothing but count days. */
const weeksKnown = new Map<string, readonly string[]>()
const mostKnown = 5_000

/** The seven days of the week in which a day lies, Monday first. */
export function weekOf(day: string): readonly string[] {
  const known = weeksKnown.get(day)
  if (known) return known
  const monday = mondayOf(day)
  const week = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
  if (weeksKnown.size >= mostKnown) weeksKnown.clear()
  for (const each of week) weeksKnown.set(each, week)
  return week
}

const minuteMs = 60_000

/**
 * What stands against leaving a session where it is: its time is not free any more, a day of duty came before it, or its week holds less than
 * before. null: it stays.
 */
export function staysIn(
  ledger: Ledger,
  own: PersonLedger,
  session: Session,
  { isOlder, ...settings }: { isOlder: boolean } & Rest,
): NoPlace | null {
  const { person, gaps, workdays } = own
  const { activity, day, at, minutes, byHand } = session
  const end = at.getTime() + minutes * minuteMs
  const isFree = (gaps.get(day) ?? []).some(({ from, to }) => from <= at.getTime() && end <= to)
  if (!isFree) return person.off?.[day] ?? (workdays.has(day) ? 'no-room' : 'no-working-time')
  const rest = restOf(own, { day, minutes }, settings)
  if (rest) return rest
  if (byHand) return null
  if (minutes > leftBelowCeiling(own, day) + hair) return 'ceiling'
  if (isOlder && minutes > leftOfPlan(own, day) + hair) return 'week-full'
  return besideFull(ledger, own, { activity, day, minutes, isKept: !isOlder })
}

/** Of sessions of the plan. */
export const sessionMinutesOf = ({ sessions }: PersonLedger, day: string): number => sessions.get(weekOf(day)[0]!) ?? 0

/** What they give is for all that they do: work beside the plan takes of it, and answering keeps its part. */
export function leftBelowCeiling({ person: { ceiling, answering }, weeks }: PersonLedger, day: string): number {
  const monday = weekOf(day)[0]!
  return ceiling === null ? Number.POSITIVE_INFINITY : ceiling - (answering?.[monday] ?? 0) - (weeks.get(monday) ?? 0)
}

/** What the plan gives is for its sessions alone: work beside it leaves it as it is. */
export const leftOfPlan = (own: PersonLedger, day: string): number =>
  (own.person.weekMinutes[weekOf(day)[0]!] ?? Number.POSITIVE_INFINITY) - sessionMinutesOf(own, day)

/** The minutes of the week by its working days; null: the plan gives the week no number. */
export function usualDayOf({ person, workdays }: PersonLedger, day: string): number | null {
  const planned = person.weekMinutes[weekOf(day)[0]!]
  const days = weekOf(day).filter((each) => workdays.has(each)).length
  return planned === undefined || days === 0 ? null : planned / days
}

export type Try = { start: Start; refused: null } | { start: null; refused: NoPlace }

/** Where on this day it could begin, or what stands against it. */
export function tryPlace(
  own: PersonLedger,
  { day, item, zone }: { day: string; item: Pick<WorkItem, 'minutes' | 'kind'>; zone: string },
  settings: LoadSettings,
): Try {
  const refused = refusalOf(own, { day, minutes: item.minutes }, settings)
  if (refused) return { start: null, refused }
  const long = item.minutes >= settings.blockFrom
  const start = startIn(own.gaps.get(day) ?? [], item.minutes, { zone, long })
  return start ? { start, refused: null } : { start: null, refused: 'no-room' }
}

function refusalOf(
  own: PersonLedger,
  { day, minutes }: { day: string; minutes: number },
  settings: LoadSettings,
): NoPlace | null {
  if (own.workdays.has(day) && isTooMuchAfterDuty(own, { day, minutes }, settings)) return 'recovery'
  const full = fullOf(own, day, minutes)
  if (full) return full
  if (runThrough(own, day) > settings.daysInARow) return 'rest-day'
  const days = weekOf(day).map((each) => minutesOn(own, each) + (each === day ? minutes : 0))
  return monotonyOf(days, settings).tooEven ? 'too-even' : null
}

/** Whether it can be no day of theirs at all, or its week has no room: told at once, of many people and days. */
export function fullOf(own: PersonLedger, day: string, minutes: number): NoPlace | null {
  const { person, workdays } = own
  if (!workdays.has(day)) return person.off?.[day] ?? 'no-working-time'
  if (minutes > leftBelowCeiling(own, day) + hair) return 'ceiling'
  return minutes > leftOfPlan(own, day) + hair ? 'week-full' : null
}

type Rest = Pick<LoadSettings, 'recoveryShare' | 'daysInARow'>
type OnDay = { day: string; minutes: number }

/** Without a number for the week nobody can say what half a day is: the day stays free. */
const isTooMuchAfterDuty = (own: PersonLedger, { day, minutes }: OnDay, { recoveryShare }: Rest): boolean =>
  own.recovery.has(day) && minutesOn(own, day) + minutes > recoveryShare * (usualDayOf(own, day) ?? 0) + hair

/** Of what stands already: days of duty were entered since. */
function restOf(own: PersonLedger, on: OnDay, settings: Rest): NoPlace | null {
  if (own.person.duties.length === 0) return null
  if (isTooMuchAfterDuty(own, on, settings)) return 'recovery'
  return runThrough(own, on.day) > settings.daysInARow ? 'rest-day' : null
}

/** Days in a row with work or duty, this one taken as one of them. */
function runThrough(own: PersonLedger, day: string): number {
  const isBusy = (each: string): boolean => minutesOn(own, each) > 0 || own.person.duties.includes(each)
  let run = 1
  for (let at = addDays(day, -1); isBusy(at); at = addDays(at, -1)) run++
  for (let at = addDays(day, 1); isBusy(at); at = addDays(at, 1)) run++
  return run
}

/** The session that begins there; long work keeps a half-day free, as far as the time reaches. */
export function sessionAt(
  item: WorkItem,
  { person, start, zone }: { person: string; start: Start; zone: string },
  { blockFrom, halfDayMinutes }: Pick<LoadSettings, 'blockFrom' | 'halfDayMinutes'>,
): Session {
  const { id, activity, channel, kind, minutes } = item
  const taken = minutes >= blockFrom ? Math.max(minutes, halfDayMinutes) : minutes
  const until = Math.min(start.gap.to, start.at.getTime() + taken * minuteMs)
  const day = dayIn(start.at, zone)
  return {
    ...{ id, activity, channel, kind, person, day, wall: start.wall, zone, at: start.at, minutes },
    ...{ until: new Date(until), plannedDay: day, madeUp: false },
  }
}
