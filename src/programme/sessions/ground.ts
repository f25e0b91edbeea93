// What sessions are made from: what the plan asks for in the days that are looked at, its people, and what is done already.

import type { Tx } from '../../db/tx.ts'
import { nextOpen } from '../../inbox/promises/business-clock.ts'
import { addDays, daysBetween, mondayOf } from '../../lib/days.ts'
import { instantOf } from '../../publishing/times.ts'
import { itemsBetween } from '../load/cadence/rules.ts'
import type { CadenceItem } from '../load/cadence/types.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { PlanPerson, WorkItem } from '../load/sessions/types.ts'
import { partsOf, usualWeek, workItems } from '../load/sessions/work-items.ts'
import type { Outlook } from '../plan/outlook.ts'
import type { PlanRow } from '../plan/store.ts'
import type { CadenceLines } from '../plan/types.ts'
import { otherMinutes } from '../time/store.ts'
import { offDays, readTakers, type Taker, weekShares } from './people.ts'
import { weeksAhead } from './rules.ts'
import { keyOf, type SessionRow } from './store.ts'

export interface SessionGround {
  zone: string
  today: string
  /** The last day that is planned. */
  until: string
  people: PlanPerson[]
  takers: Taker[]
}

/** So far back minutes are looked at: days in a row reach over a weekend. */
export const daysBack = 7

export async function readPeople(
  tx: Tx,
  orgId: string,
  { zone, today, outlook, planner }: { zone: string; today: string; outlook: Outlook; planner: string },
): Promise<SessionGround> {
  const until = addDays(mondayOf(today), 7 * (weeksAhead + 1) - 1)
  const from = addDays(mondayOf(today), -daysBack)
  const takers = await readTakers(tx, orgId, { zone, from, to: until, planner })
  // Answering has its own part of the week, so its minutes use nothing of the others.
  const without = outlook.presence > 0 ? ['inbox-reply'] : []
  const other = await otherMinutes(tx, orgId, { from, to: until, without })
  const shares = weekShares(takers, outlook.weeks, outlook.presence)
  const days = daysOf(from, until)
  const people = takers.map((taker): PlanPerson => {
    const own = other.filter(({ memberId }) => memberId === taker.id)
    return {
      ...{ id: taker.id, zone: taker.zone, free: taker.free, off: offDays(taker, days) },
      ...{ weekMinutes: shares.get(taker.id)!, ceiling: taker.ceiling, duties: [] },
      worked: Object.fromEntries(own.map(({ day, minutes }) => [day, minutes])),
    }
  })
  return { zone, today, until, people, takers }
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
  { today, until, people, takers }: SessionGround,
  { plan, outlook, begun, settings, campaigns }: PlanGiven,
  rows: readonly SessionRow[],
): Asked[] {
  const lines = plan.cadence.lines as Parameters<typeof itemsBetween>[0]['lines']
  const cadence = { from: plan.cadence.from, lines }
  const items = itemsBetween(cadence, { from: cadence.from, to: until }, workingDays(takers)).filter(
    ({ to }) => to >= today,
  )
  const prices = outlook.costs.map(({ activity, minutes }) => ({ activity: { id: activity }, cost: { mean: minutes } }))
  const ids = people.map(({ id }) => id)
  const campaignOf = new Map(
    plan.cadence.lines.map(({ id, campaignId }) => [id, campaignId && campaigns.has(campaignId) ? campaignId : null]),
  )
  const works = workItems(items, prices, { peopleFor: () => ids, settings })
  const ranks = ranksOf(items, plan.cadence.lines)
  const usual = usualWeeks(people, today)
  const before = partsBefore(rows, plan.number)
  return works.flatMap((work, index) => {
    const item = itemKey(items[index]!)
    const parts = partsOf(work, { most: usual(work.to), count: before.get(item) ?? null }, settings)
    return parts.map((each, at) => {
      const named = { item, part: at + 1 }
      const campaignId = campaignOf.get(items[index]!.line) ?? null
      const order = { rank: ranks[index]!, begun: begun.has(item) }
      return { ...named, campaignId, parts: parts.length, work: { ...each, ...order, id: keyOf(named) } }
    })
  })
}

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

/** The same work of another line of the plan is another one. */
const itemKey = ({ id, choice, channel }: CadenceItem): string => `${id} ${choice.activity} ${channel ?? ''}`.trimEnd()

/** The line, the activity and the channel; what lies between is its period. */
export const isOfLines = (row: Pick<SessionRow, 'item' | 'activity' | 'channel'>, lines: CadenceLines): boolean =>
  lines.some(
    ({ id, channel, slots }) =>
      row.item.startsWith(`${id} `) &&
      channel === row.channel &&
      slots.some(({ anyOf }) => anyOf[0]!.activity === row.activity),
  )

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
