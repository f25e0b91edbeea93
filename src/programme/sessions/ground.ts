// What sessions are made from: what the plan asks for in the days that are looked at, its people, and what is done already.

import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { nextOpen } from '../../inbox/promises/business-clock.ts'
import { addDays, daysBetween, mondayOf } from '../../lib/days.ts'
import { instantOf } from '../../publishing/times.ts'
import type { Abilities } from '../competencies/needs/rules.ts'
import { readAbilities } from '../competencies/needs/store.ts'
import { dutyDays } from '../duties/store.ts'
import { itemsBetween } from '../load/cadence/rules.ts'
import type { CadenceItem } from '../load/cadence/types.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { PlanPerson, WorkItem } from '../load/sessions/types.ts'
import { kindOfMinutes, partsOf, usualWeek, workItems } from '../load/sessions/work-items.ts'
import type { Outlook } from '../plan/outlook.ts'
import type { PlanRow } from '../plan/store.ts'
import type { CadenceLines } from '../plan/types.ts'
import type { ProgrammeRow } from '../store.ts'
import { otherMinutes } from '../time/store.ts'
import { blocksOf } from './blocks.ts'
import { inputsOf, isInput } from './inputs.ts'
import { offDays, readTakers, type Taker, weekParts } from './people.ts'
import { weeksAhead } from './rules.ts'
import { keyOf, type SessionRow } from './store.ts'
import { type Doers, doersOf, lineOf } from './who-may.ts'

export interface SessionGround {
  zone: string
  today: string
  /** The last day that is planned. */
  until: string
  people: PlanPerson[]
  takers: Taker[]
  abilities: Abilities
}

/** So far back minutes are looked at: days in a row reach over a weekend. */
export const daysBack = 7

interface PeopleGround {
  zone: string
  today: string
  outlook: Outlook
  programme: Pick<ProgrammeRow, 'id' | 'begun_by'>
}

export async function readPeople(
  tx: Tx,
  orgId: string,
  { zone, today, outlook, programme }: PeopleGround,
): Promise<SessionGround> {
  const until = addDays(mondayOf(today), 7 * (weeksAhead + 1) - 1)
  const from = addDays(mondayOf(today), -daysBack)
  // Answering has its own part of the week, so its minutes use nothing of the others.
  const without = outlook.presence > 0 ? ['inbox-reply'] : []
  const [takers, other, duties, abilities] = await sideBySide(tx, (at) => [
    readTakers(at, orgId, { zone, from, to: until, planner: programme.begun_by }),
    otherMinutes(at, orgId, { from, to: until, without }),
    dutyDays(at, orgId, { from, to: until }),
    readAbilities(at, orgId, { programmeId: programme.id, today }),
  ])
  const parts = weekParts(takers, outlook.weeks, outlook.presence)
  const days = daysOf(from, until)
  const worked = Map.groupBy(other, ({ memberId }) => memberId)
  const people = takers.map((taker): PlanPerson => {
    const own = worked.get(taker.id) ?? []
    return {
      ...{ id: taker.id, zone: taker.zone, free: taker.free, off: offDays(taker, days) },
      ...{ weekMinutes: parts.get(taker.id)!.minutes, answering: parts.get(taker.id)!.answering },
      ceiling: taker.ceiling,
      besideOf: (activity) => abilities.besideOf(taker.id, activity),
      duties: duties.get(taker.id) ?? [],
      worked: Object.fromEntries(own.map(({ day, minutes }) => [day, minutes])),
    }
  })
  return { zone, today, until, people, takers, abilities }
}

const daysOf = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

export interface Asked {
  work: WorkItem
  item: string
  part: number
  parts: number
  /** How many of the activity it brings: several where they are booked as one block. */
  items: number
  campaignId: string | null
}

interface PlanGiven {
  plan: PlanRow
  outlook: Outlook
  /** Items of which some parts are done and others are open. */
  begun: ReadonlySet<string>
  settings: LoadSettings
  /** Those that are there still. */
  campaigns: ReadonlyMap<string, string>
}

/** Everything that the plan asks for in periods that have begun until then and are not over. `rows`: what stands already keeps its parts. */
export function askedOf(
  ground: SessionGround,
  { plan, outlook, begun, settings, campaigns }: PlanGiven,
  rows: readonly SessionRow[],
): Asked[] {
  const { today, until, people, takers } = ground
  const lines = plan.cadence.lines as Parameters<typeof itemsBetween>[0]['lines']
  const cadence = { from: plan.cadence.from, lines }
  const items = itemsBetween(cadence, { from: cadence.from, to: until }, workingDays(takers)).filter(
    ({ to }) => to >= today,
  )
  const prices = outlook.costs.map(({ activity, minutes }) => ({ activity: { id: activity }, cost: { mean: minutes } }))
  const costOf = (activity: string) => prices.find((price) => price.activity.id === activity)!.cost.mean
  const blocks = blocksOf(items, plan.cadence.lines, rows)
  const works = workItems(
    blocks.map(({ first }) => first),
    prices,
    { peopleFor: () => [], settings },
  )
  const ranks = new Map(ranksOf(items, plan.cadence.lines).map((rank, index) => [items[index]!.id, rank]))
  const wanted = works.map((work, index): Wanted => {
    const { key, line, first, count } = blocks[index]!
    // Rounded down once: a block as long as a week fits into it.
    const minutes = count > 1 ? Math.max(count, Math.floor(costOf(work.activity) * count)) : work.minutes
    const campaignId = line?.campaignId && campaigns.has(line.campaignId) ? line.campaignId : null
    const order = { rank: ranks.get(first.id)!, begun: begun.has(key) }
    const doers = doersIn(ground, line, work.activity)
    const own = { ...work, ...doers, ...order, minutes, kind: kindOfMinutes(minutes, settings) }
    return { work: own, item: key, items: count, campaignId }
  })
  const usual = usualWeeks(people, today)
  const before = partsBefore(rows, plan.number)
  return [...inputsWanted(ground, { outlook, settings }), ...wanted].flatMap(({ work, item, ...more }) => {
    const cut = { most: usual(work.to), count: before.get(item) ?? null, isBlock: more.items > 1 }
    const parts = partsOf(work, cut, settings)
    return parts.map((each, at) => {
      const named = { item, part: at + 1 }
      return { ...named, ...more, parts: parts.length, work: { ...each, id: keyOf(named) } }
    })
  })
}

const doersIn = ({ takers, abilities }: SessionGround, line: CadenceLines[number] | null, activity: string): Doers =>
  doersOf(line ?? {}, activity, { takers: takers.map(({ id }) => id), abilities })

/** Who may do the work of a session that stands. */
export const doersOfRow = (ground: SessionGround, row: SessionRow, lines: CadenceLines): Doers =>
  doersIn(ground, lineOf(row, lines), row.activity)

type Wanted = Omit<Asked, 'part' | 'parts'>

/** What has to be there before a heavy week is anybody's work. */
const inputsWanted = (
  ground: SessionGround,
  { outlook, settings }: Pick<PlanGiven, 'outlook' | 'settings'>,
): Wanted[] =>
  inputsOf(outlook.heavy, ground, settings).map(({ item, ...work }) => ({
    ...{ item, items: 1, campaignId: null },
    work: { ...work, ...doersIn(ground, null, work.activity), id: item, first: true },
  }))

/**
 * Where each stands among those of its line and period, 0 to 1. From period to period it begins elsewhere: what is asked for once would never be
 * done in a time that holds less than half, and so it comes in as many periods as there is time for.
 */
function ranksOf(items: readonly CadenceItem[], lines: CadenceLines): number[] {
  const periodOf = ({ line, from }: CadenceItem) => `${line} ${from}`
  const places = new Map(lines.map(({ id }, at) => [id, at]))
  const all = new Map<string, number>()
  for (const item of items) all.set(periodOf(item), (all.get(periodOf(item)) ?? 0) + 1)
  const seen = new Map<string, number>()
  return items.map((item) => {
    const at = seen.get(periodOf(item)) ?? 0
    seen.set(periodOf(item), at + 1)
    const period = Math.floor(daysBetween(anyMonday, item.from) / (daysBetween(item.from, item.to) + 1))
    return (at + share(0.5 + golden * period + Math.SQRT2 * (places.get(item.line) ?? 0))) / all.get(periodOf(item))!
  })
}

/** Multiples of it are spread evenly between whole numbers, however many there are. */
const golden = 0.618034
const anyMonday = '2020-01-06'
const share = (number: number): number => number - Math.floor(number)

/**
 * The day on which the longest-running period began that is not over. Work of an earlier version may have the same place in it and be closed,
 * though its own period ended: it is not asked for again.
 */
export function begunSince({ cadence }: PlanRow, today: string): string {
  const weeksRunning = (every: number) => Math.floor(daysBetween(mondayOf(cadence.from), today) / 7) % every
  const begun = cadence.lines
    .filter(({ unit }) => unit === 'week')
    .map(({ every }) => addDays(mondayOf(today), -7 * Math.max(0, weeksRunning(every))))
  return begun.toSorted()[0] ?? today
}

/** The plan has the line of it, its activity and its channel still; or it is there for a heavy week. */
export const isStillAsked = (row: SessionRow, lines: CadenceLines): boolean =>
  isInput(row) || lineOf(row, lines) !== null

/** Of who has any time until a day: the fullest week of the one in the middle. What is longer is cut, so that it hangs on no single person. */
function usualWeeks(people: readonly PlanPerson[], today: string): (to: string) => number {
  const known = new Map<string, number>()
  const fullest = ({ weekMinutes }: PlanPerson, to: string) => {
    const weeks = Object.entries(weekMinutes).filter(([monday]) => monday >= mondayOf(today) && monday <= to)
    return Math.max(0, ...weeks.map(([, minutes]) => minutes))
  }
  return (to) => {
    const before = known.get(to)
    if (before !== undefined) return before
    const found = usualWeek(people.map((person) => fullest(person, to)))
    known.set(to, found)
    return found
  }
}

/** Work that somebody has begun, or that stands by this plan, is not cut anew: its parts, by the item. */
function partsBefore(rows: readonly SessionRow[], version: number): Map<string, number> {
  const fixed = rows.filter((row) => ['done', 'skipped', 'missed'].includes(row.state) || row.version === version)
  return new Map(fixed.toReversed().map(({ item, parts }) => [item, parts]))
}

/** Days on which anybody of them works by their hours; absences change nothing about which days these are. */
function workingDays(takers: readonly Taker[]): (day: string) => boolean {
  const known = new Map<string, boolean>()
  return (day) => {
    const before = known.get(day)
    if (before !== undefined) return before
    const found =
      takers.length === 0
        ? ![0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())
        : takers.some((taker) => isWorkday(taker, day))
    known.set(day, found)
    return found
  }
}

function isWorkday({ clock, zone }: Taker, day: string): boolean {
  const [from, to] = [day, addDays(day, 1)].map((each) => beginOf(each, zone)) as [Date, Date]
  const opens = nextOpen(clock, from)
  return opens !== null && opens < to
}

function beginOf(day: string, zone: string): Date {
  const meaning = instantOf({ wall: `${day}T00:00`, zone })
  // Some zones change their clocks at midnight.
  return meaning.kind === 'never' ? (instantOf({ wall: meaning.suggested, zone }) as { at: Date }).at : meaning.at
}
