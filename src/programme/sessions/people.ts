// Who takes part in a plan, when they are at work, and how much of each week is theirs.

import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { type BusinessClock, businessMs, openSpans } from '../../inbox/promises/business-clock.ts'
import type { BusinessHours } from '../../inbox/promises/types.ts'
import { clockOf, readRota } from '../../inbox/rota/read-rota.ts'
import { spansAtWork } from '../../inbox/rota/rules.ts'
import { addDays, mondayOf } from '../../lib/days.ts'
import { type ActiveMember, readActiveMembers } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { type Gap, gapsByDay } from '../load/sessions/day-times.ts'
import type { FreeSpan } from '../load/sessions/types.ts'
import { hair } from '../load/sessions/work-items.ts'
import { shareWeek } from '../load/weeks/share-week.ts'
import { ceilings } from '../time/store.ts'

export interface Taker {
  id: string
  zone: string
  clock: BusinessClock
  hours: BusinessHours
  /** Nobody said when they work: the usual hours are taken. */
  isAssumed: boolean
  /** Their hours, and what of them is left of absences. */
  usual: FreeSpan[]
  free: FreeSpan[]
  ceiling: number | null
}

/** For whoever said no hours: nobody is planned at night. */
export const usualHours = (zone: string): BusinessHours => ({
  ...{ zone, holidays: [], closed: [], extra: [] },
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
})

/** Whoever gives minutes; where nobody said so, who began the programme. `from`, `to`: days that are looked at. */
export async function readTakers(
  tx: Tx,
  orgId: string,
  { zone, from, to, planner }: { zone: string; from: string; to: string; planner: string },
): Promise<Taker[]> {
  const [given, members] = await sideBySide(tx, (at) => [ceilings(at, orgId), readActiveMembers(at, orgId)])
  const who = takersOf(members, given, planner)
  const rota = await readRota(tx, orgId, who)
  // Wider than any zone is away from UTC.
  const [first, last] = [new Date(`${addDays(from, -1)}T00:00Z`), new Date(`${addDays(to, 2)}T00:00Z`)]
  // Many have the same hours: what is told of their days is told once.
  const known = new Map<BusinessClock, FreeSpan[]>()
  return Promise.all(
    who.flatMap((id) => {
      const work = rota.get(id)
      return work ? [takerOf(work)] : []
    }),
  )

  async function takerOf({ memberId: id, ...work }: { memberId: string } & RotaWork): Promise<Taker> {
    const hours = work.hours ?? usualHours(zone)
    const clock = work.hours ? work.clock : await clockOf(hours)
    const usual = known.get(clock) ?? openSpans(clock, first, last)
    known.set(clock, usual)
    const isAway = work.absences.some((absence) => absence.from < last && absence.to > first)
    const free = isAway ? spansAtWork({ clock, absences: work.absences }, first, last) : usual
    return {
      ...{ id, zone: hours.zone, clock, hours, isAssumed: work.hours === null, usual, free },
      ceiling: given.get(id) ?? null,
    }
  }
}

type RotaWork = { hours: BusinessHours | null; clock: BusinessClock; absences: FreeSpan[] }

export function takersOf(
  members: readonly ActiveMember[],
  given: ReadonlyMap<string, number>,
  planner: string | null,
): string[] {
  const able = members.filter(({ role }) => may(role, 'programme.log')).map(({ id }) => id)
  const givers = able.filter((id) => (given.get(id) ?? 0) > 0)
  if (givers.length > 0) return givers
  return able.filter((id) => id === planner && given.get(id) !== 0)
}

interface Past {
  zone: string
  from: string
  to: string
  /** Members, by their ids. */
  who: readonly string[]
}

/** How much of the usual time of these was there, by Monday; weeks in which nobody was away are not in it. */
export async function thereShares(tx: Tx, orgId: string, { zone, from, to, who }: Past): Promise<Map<string, number>> {
  const people = await Promise.all(
    [...(await readRota(tx, orgId, who)).values()].map(async ({ hours, clock, absences }) => ({
      absences,
      clock: hours ? clock : await clockOf(usualHours(zone)),
    })),
  )
  const shares = new Map<string, number>()
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, 7)) {
    const week = { from: new Date(`${monday}T00:00Z`), to: new Date(`${addDays(monday, 7)}T00:00Z`) }
    const away = sumOf(people.map(({ clock, absences }) => sumOf(absences.map((each) => within(clock, each, week)))))
    if (away <= 0) continue
    const usual = sumOf(people.map(({ clock }) => businessMs(clock, week.from, week.to)))
    shares.set(monday, usual > 0 ? Math.max(0, 1 - away / usual) : 1)
  }
  return shares
}

/** Hours of work of an absence that lie in a week; the week of UTC, since a few hours more or less say nothing here. */
const within = (clock: BusinessClock, absence: { from: Date; to: Date }, week: { from: Date; to: Date }): number => {
  const from = Math.max(absence.from.getTime(), week.from.getTime())
  const to = Math.min(absence.to.getTime(), week.to.getTime())
  return to > from ? businessMs(clock, new Date(from), new Date(to)) : 0
}

/** Why days have no time, or less than usual where somebody is away for a part of them. */
export function offDays(taker: Taker, days: readonly string[]): Record<string, 'holiday' | 'absence'> {
  const usual = gapsByDay(taker.usual, taker.zone)
  const free = gapsByDay(taker.free, taker.zone)
  const weekdays = new Set(taker.hours.week.map(({ day }) => day))
  const off: Record<string, 'holiday' | 'absence'> = {}
  for (const day of days) {
    const weekday = ((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7) + 1
    if (minutesIn(usual.get(day)) > minutesIn(free.get(day))) off[day] = 'absence'
    else if (!usual.has(day) && weekdays.has(weekday)) off[day] = 'holiday'
  }
  return off
}

interface WeekOfPlan {
  monday: string
  minutes: number
}

export interface WeekParts {
  /** What of each week of the plan is theirs, by Monday. */
  minutes: Record<string, number>
  /** Their part of answering, below what they give. */
  answering: Record<string, number>
}

/**
 * By person. Who is away brings the week down for all: nobody carries another's share. Answering keeps its part. Nobody above what they give.
 */
export function weekParts(
  takers: readonly Taker[],
  weeks: readonly WeekOfPlan[],
  presence: number,
): Map<string, WeekParts> {
  const parts = new Map(takers.map(({ id }): [string, WeekParts] => [id, { minutes: {}, answering: {} }]))
  // Whoever has the same hours has the same spans: they are summed once.
  const known = new Map<readonly FreeSpan[], Map<string, number>>()
  const sumsOf = (spans: readonly FreeSpan[], zone: string): Map<string, number> => {
    const sums = known.get(spans) ?? minutesByWeek(spans, zone)
    known.set(spans, sums)
    return sums
  }
  const usual = takers.map((taker) => sumsOf(taker.usual, taker.zone))
  const free = takers.map((taker) => sumsOf(taker.free, taker.zone))
  for (const { monday, minutes } of weeks) {
    const all = takers.map((_, index) => usual[index]!.get(monday) ?? 0)
    const there = takers.map((_, index) => free[index]!.get(monday) ?? 0)
    const [sumAll, sumThere] = [sumOf(all), sumOf(there)]
    const team = Math.max(0, minutes - presence) * (sumAll > 0 ? Math.min(1, sumThere / sumAll) : 0)
    const sharers = takers.map(({ id, ceiling }, index) => {
      const [own, left] = [all[index]!, there[index]!]
      // What somebody gives without their part of answering, for as much of the week as they are there.
      const isThere = Math.min(1, left / (own || 1))
      const answering = (presence * own) / (sumAll || 1)
      parts.get(id)!.answering[monday] = answering * isThere
      const most = Math.max(0, (ceiling ?? 0) - answering) * isThere
      return { id, weight: left, most: ceiling === null ? null : most }
    })
    const given = shareWeek(team, sharers).minutes
    const mostOf = new Map(sharers.map(({ id, most }) => [id, most ?? Number.POSITIVE_INFINITY]))
    // Sessions have whole minutes: the last one of a week does not fall out for a fraction.
    for (const [id, own] of given) parts.get(id)!.minutes[monday] = Math.min(Math.ceil(own - hair), mostOf.get(id)!)
  }
  return parts
}

/** What of each week of the plan is theirs, by Monday. */
export const weekShares = (
  takers: readonly Taker[],
  weeks: readonly WeekOfPlan[],
  presence: number,
): Map<string, Record<string, number>> =>
  new Map([...weekParts(takers, weeks, presence)].map(([id, { minutes }]) => [id, minutes]))

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

const minutesIn = (gaps: readonly Gap[] = []): number =>
  gaps.reduce((sum, { from, to }) => sum + (to - from) / 60_000, 0)

function minutesByWeek(spans: readonly FreeSpan[], zone: string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [day, gaps] of gapsByDay(spans, zone)) {
    const monday = mondayOf(day)
    sums.set(monday, (sums.get(monday) ?? 0) + minutesIn(gaps))
  }
  return sums
}
