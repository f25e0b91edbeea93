// Which days a view of the calendar shows, and which posts lie on them in a zone. Pure, and fast with thousands of posts.

import { addDays, instantOf } from '../../kit/time.ts'
import { weekdayOf } from './planned-time.ts'

export const calendarViews = ['month', 'week', 'day', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

export interface CalendarRange {
  days: string[]
  from: string
  to: string
  /** Dates to show for the step before and after. */
  before: string
  after: string
  title: string
}

const inUtc = (day: string): Date => new Date(`${day}T00:00Z`)
const monthTitle = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const dayTitle = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

export const monday = (day: string): string => addDays(day, 1 - weekdayOf(day))

/** What a cell of each view is, and how many of its posts are shown before “more”. */
export const cellOf = {
  month: { cell: 'day', shown: 4 },
  week: { cell: 'hour', shown: 3 },
  day: { cell: 'hour', shown: 12 },
  list: { cell: 'day', shown: 12 },
} as const satisfies Record<CalendarView, { cell: 'day' | 'hour'; shown: number }>

/** One line hidden behind a button helps nobody: then it is shown. */
export const shownOf = (view: CalendarView, count: number): number =>
  count <= cellOf[view].shown + 1 ? count : cellOf[view].shown

/** From when to when a day (`2026-11-23`) or an hour (`2026-11-23T14`) lasts in the zone: an hour that occurs twice lasts two. */
export function lengthOf(cell: string, zone: string): { from: string; to: string } {
  const [day, hour] = [cell.slice(0, 10), cell.slice(11)]
  const next = hour && hour !== '23' ? `${day}T${String(Number(hour) + 1).padStart(2, '0')}:00` : addDays(day, 1)
  return {
    from: instantOf(hour ? `${cell}:00` : day, zone).toISOString(),
    to: instantOf(next, zone).toISOString(),
  }
}

/** Weeks begin on Monday; a month fills whole weeks; the list is four weeks; a day is one. */
export function rangeOf(view: CalendarView, date: string, zone: string): CalendarRange {
  const begin = view === 'day' ? date : monday(view === 'month' ? `${date.slice(0, 7)}-01` : date)
  const count = view === 'month' ? weeksOfMonth(date, begin) * 7 : { week: 7, day: 1, list: 28 }[view]
  const days = Array.from({ length: count }, (_, index) => addDays(begin, index))
  const end = addDays(begin, count)
  const title =
    view === 'month'
      ? monthTitle.format(inUtc(date))
      : view === 'day'
        ? `${weekdayName(date)} ${dayTitle.format(inUtc(date))}`
        : dayTitle.formatRange(inUtc(begin), inUtc(addDays(end, -1)))
  return {
    days,
    from: instantOf(begin, zone).toISOString(),
    to: instantOf(end, zone).toISOString(),
    before: view === 'month' ? monthStep(date, -1) : addDays(begin, -count),
    after: view === 'month' ? monthStep(date, 1) : end,
    title,
  }
}

const monthStep = (date: string, by: 1 | -1): string =>
  (by === 1
    ? addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)
    : addDays(`${date.slice(0, 7)}-01`, -1).slice(0, 7)
  ).concat('-01')

function weeksOfMonth(date: string, begin: string): number {
  let weeks = 4
  while (addDays(begin, weeks * 7).slice(0, 7) === date.slice(0, 7)) weeks++
  return weeks
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-03-29T09:30` in the zone. The format is kept: making one for each of thousands of posts takes seconds. */
export function wallClock(at: Date, zone: string): string {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return format.format(at).replace(' ', 'T')
}

/** Posts by day, or by day and hour with `hours`; each keeps the order it came in. */
export function groupByWall<Line extends { dueAt: string | null }>(
  lines: Line[],
  zone: string,
  hours = false,
): Map<string, (Line & { wall: string })[]> {
  const groups = new Map<string, (Line & { wall: string })[]>()
  for (const line of lines) {
    if (!line.dueAt) continue
    const wall = wallClock(new Date(line.dueAt), zone)
    const key = wall.slice(0, hours ? 13 : 10)
    const group = groups.get(key)
    if (group) group.push({ ...line, wall })
    else groups.set(key, [{ ...line, wall }])
  }
  return groups
}

const dayNames = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const shortDays = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })

export const dayName = (day: string): string => dayNames.format(inUtc(day))
export const shortDay = (day: string): string => shortDays.format(inUtc(day))
export const weekdayName = (day: string): string => weekdays.format(inUtc(day))
