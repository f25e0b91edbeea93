// The clock that stands still while nobody is there: business time between instants, and the instant after some of it.
//
// Wall time decides: an instant is open when the clock on the wall shows an open time. So a shift over the night of a clock change is an
// hour shorter or longer, an hour that comes twice is open twice, and what falls on a day that a zone leaves out is not open at all.

import { offsetSpans } from '../../lib/zone-offsets.ts'
import type { BusinessHours } from './types.ts'

/** Days off of a year, as calendars have them (`2026-12-25`); of `holidays` in the hours. */
export type DaysOff = (year: number) => ReadonlySet<string>

/** Made once for some hours and used for many messages; it remembers the years that it was asked for. */
export interface BusinessClock {
  zone: string
  /** Open spans of a calendar year of UTC, with what was open in it before each of them. */
  year: (year: number) => OpenYear
  /** After the last year with extra hours nothing is ever open; null: the week goes on for ever. */
  lastYear: number | null
}

interface OpenYear {
  starts: Float64Array
  ends: Float64Array
  before: Float64Array
  total: number
}

export interface OpenSpan {
  from: Date
  to: Date
}

const dayMs = 24 * 3600_000
const minuteMs = 60_000
const dayMinutes = 24 * 60
/** Hours that are closed by days off alone for so long are never open. */
const horizonYears = 20

const none: ReadonlySet<string> = new Set()

/** @param daysOff From `loadDaysOff`, where the hours name places. */
export function businessClock(hours: BusinessHours, daysOff?: DaysOff): BusinessClock {
  // Silently open on a holiday would be a wrong promise.
  if (hours.holidays.length > 0 && !daysOff) throw new TypeError('These hours name places: their days off are needed')
  const isOff = daysOff ?? (() => none)
  const years = new Map<number, OpenYear>()
  const week = weekOf(hours)
  const year = (asked: number): OpenYear => {
    const known = years.get(asked)
    if (known) return known
    const made = makeYear(asked, week, isOff)
    years.set(asked, made)
    return made
  }
  const extraYears = hours.extra.map(({ day }) => Number(day.slice(0, 4)) + 1)
  return { zone: hours.zone, year, lastYear: hours.week.length > 0 ? null : Math.max(0, ...extraYears) }
}

/** Every hour of every day: for promises in calendar time. */
export const calendarClock: BusinessClock = businessClock({
  zone: 'UTC',
  week: Array.from({ length: 7 }, (_, index) => ({ day: index + 1, from: '00:00', to: '24:00' })),
  holidays: [],
  closed: [],
  extra: [],
})

/** Milliseconds between the two in which it is open; 0 when `to` is not later. */
export function businessMs(clock: BusinessClock, from: Date, to: Date): number {
  const [begin, end] = [from.getTime(), to.getTime()]
  if (end <= begin) return 0
  const [first, last] = [from.getUTCFullYear(), to.getUTCFullYear()]
  let sum = openBefore(clock.year(last), end) - openBefore(clock.year(first), begin)
  for (let year = first; year < last; year++) sum += clock.year(year).total
  return sum
}

/** The first instant, not before `from`, until which it was open for so long; null: that never comes. */
export function addBusiness(clock: BusinessClock, from: Date, ms: number): Date | null {
  if (ms <= 0) return new Date(from)
  const first = from.getUTCFullYear()
  let left = ms + openBefore(clock.year(first), from.getTime())
  let empty = 0
  for (let year = first; empty < horizonYears && year <= (clock.lastYear ?? year); year++) {
    const open = clock.year(year)
    if (open.total >= left) {
      // The first span until whose end there was enough.
      const index = firstIndex(open.before.length, (at) => open.before[at]! + open.ends[at]! - open.starts[at]! >= left)
      return new Date(open.starts[index]! + left - open.before[index]!)
    }
    left -= open.total
    empty = open.total > 0 ? 0 : empty + 1
  }
  return null
}

export const isOpen = (clock: BusinessClock, at: Date): boolean => {
  const { starts, ends } = clock.year(at.getUTCFullYear())
  const index = firstIndex(ends.length, (each) => ends[each]! > at.getTime())
  return index < starts.length && starts[index]! <= at.getTime()
}

/** The instant itself when it is open; null: it never is again. */
export function nextOpen(clock: BusinessClock, at: Date): Date | null {
  const first = at.getUTCFullYear()
  for (let year = first; year <= Math.min(clock.lastYear ?? first + horizonYears, first + horizonYears); year++) {
    const { starts, ends } = clock.year(year)
    const index = firstIndex(ends.length, (each) => ends[each]! > at.getTime())
    if (index < starts.length) return new Date(Math.max(at.getTime(), starts[index]!))
  }
  return null
}

/** What is open between the two, in order; spans that touch are one. */
export function openSpans(clock: BusinessClock, from: Date, to: Date): OpenSpan[] {
  const spans: [number, number][] = []
  for (let year = from.getUTCFullYear(); year <= to.getUTCFullYear(); year++) {
    const { starts, ends } = clock.year(year)
    for (let index = firstIndex(ends.length, (each) => ends[each]! > from.getTime()); index < ends.length; index++) {
      if (starts[index]! >= to.getTime()) break
      spans.push([Math.max(starts[index]!, from.getTime()), Math.min(ends[index]!, to.getTime())])
    }
  }
  return united(spans).map(([begin, end]) => ({ from: new Date(begin), to: new Date(end) }))
}

/** Open time of its year before the instant. */
function openBefore({ starts, ends, before }: OpenYear, at: number): number {
  const index = firstIndex(starts.length, (each) => starts[each]! > at) - 1
  return index < 0 ? 0 : before[index]! + Math.min(at, ends[index]!) - starts[index]!
}

/** The first of so many for which it holds, where it holds for all that follow; their number where for none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

type Minutes = [from: number, to: number]

interface Week {
  zone: string
  /** By weekday, Monday first; minutes beyond a day are of the day that follows. */
  usual: Minutes[][]
  closed: ReadonlySet<string>
  extra: ReadonlyMap<string, Minutes[]>
}

function weekOf({ zone, week, closed, extra }: BusinessHours): Week {
  const usual = Array.from({ length: 7 }, (_, index) => week.filter(({ day }) => day === index + 1).map(minutesOf))
  const byDay = Map.groupBy(extra, ({ day }) => day)
  return {
    zone,
    usual,
    closed: new Set(closed.map(({ day }) => day)),
    extra: new Map([...byDay].map(([day, spans]) => [day, spans.map(minutesOf)])),
  }
}

function minutesOf({ from, to }: { from: string; to: string }): Minutes {
  const [begin, end] = [from, to].map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) as Minutes
  return [begin, end > begin ? end : end + dayMinutes]
}

function makeYear(year: number, week: Week, daysOff: DaysOff): OpenYear {
  const found: [number, number][] = []
  for (const { from, to, offsetMs } of offsetSpans(week.zone, Date.UTC(year, 0), Date.UTC(year + 1, 0))) {
    const last = Math.floor((to - 1 + offsetMs) / dayMs)
    for (let day = Math.floor((from + offsetMs) / dayMs); day <= last; day++) {
      for (const [begin, end] of openMinutes(day, week, daysOff)) {
        const midnight = day * dayMs - offsetMs
        const span: [number, number] = [
          Math.max(from, midnight + begin * minuteMs),
          Math.min(to, midnight + end * minuteMs),
        ]
        if (span[0] < span[1]) found.push(span)
      }
    }
  }
  const spans = united(found)
  const before = new Float64Array(spans.length)
  let total = 0
  for (const [index, [begin, end]] of spans.entries()) {
    before[index] = total
    total += end - begin
  }
  return {
    starts: Float64Array.from(spans, ([begin]) => begin),
    ends: Float64Array.from(spans, ([, end]) => end),
    before,
    total,
  }
}

/**
 * Open minutes of a day of the calendar, counted from 1970. A closed day is so from midnight to midnight: it cuts off the night shift
 * that began before it, and none begins on it.
 */
function openMinutes(day: number, week: Week, daysOff: DaysOff): Minutes[] {
  const begun = begunOn(day, week, daysOff)
  const before = begunOn(day - 1, week, daysOff)
  const goingOn = [...(begun.closed ? [] : before.usual), ...before.extra]
  return [
    ...[...begun.usual, ...begun.extra].map(([from, to]): Minutes => [from, Math.min(to, dayMinutes)]),
    ...goingOn.filter(([, to]) => to > dayMinutes).map(([, to]): Minutes => [0, to - dayMinutes]),
  ]
}

function begunOn(day: number, { usual, closed, extra }: Week, daysOff: DaysOff) {
  const name = nameOf(day)
  const isClosed = closed.has(name) || daysOff(Number(name.slice(0, 4))).has(name)
  return { usual: isClosed ? [] : usual[weekdayOf(day)]!, extra: extra.get(name) ?? [], closed: isClosed }
}

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

const nameOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

function united(spans: [number, number][]): [number, number][] {
  const inOrder = spans.toSorted((one, other) => one[0] - other[0])
  const found: [number, number][] = []
  for (const [from, to] of inOrder) {
    const last = found.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}
