// What sessions are made from: what the plan asks for in the days that are looked at, its people, and what is done already.

import type { Tx } from '../../db/tx.ts'
import { nextOpen } from '../../inbox/promises/business-clock.ts'
import { addDays, daysBetween, mondayOf } from '../../lib/days.ts'
import { instantOf } from '../../publishing/times.ts'
import { itemsBetween } from '../load/cadence/rules.ts'
import type { CadenceItem } from '../load/cadence/types.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { PlanPerson, WorkItem } from '../load/sessions/types.ts'
import { partsOf, workItems } from '../load/sessions/work-items.ts'
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
  settings: LoadSettings
  /** Those that are there still. */
  campaigns: ReadonlyMap<string, string>
}

/** Everything that the plan asks for in periods that have begun until then and are not over. `rows`: what stands already keeps its parts. */
export function askedOf(
  { today, until, people, takers }: SessionGround,
  { plan, outlook, settings, campaigns }: PlanGiven,
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
  return works.flatMap((work, index) => {
    const item = itemKey(items[index]!)
    const most = Math.max(0, ...people.map(({ weekMinutes }) => fullest(weekMinutes, work, today)))
    const parts = partsOf(work, { most, count: partsBefore(rows, { item, version: plan.number }) }, settings)
    return parts.map((each, at) => {
      const named = { item, part: at + 1 }
      const campaignId = campaignOf.get(items[index]!.line) ?? null
      return { ...named, campaignId, parts: parts.length, work: { ...each, id: keyOf(named) } }
    })
  })
}

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

function fullest(weekMinutes: Readonly<Record<string, number>>, { to }: WorkItem, today: string): number {
  const weeks = Object.entries(weekMinutes).filter(([monday]) => monday >= mondayOf(today) && monday <= to)
  return Math.max(0, ...weeks.map(([, minutes]) => minutes))
}

/** Work that somebody has begun, or that stands by this plan, is not cut anew. */
function partsBefore(rows: readonly SessionRow[], { item, version }: { item: string; version: number }): number | null {
  const fixed = rows.find(
    (row) => row.item === item && (['done', 'skipped', 'missed'].includes(row.state) || row.version === version),
  )
  return fixed?.parts ?? null
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
