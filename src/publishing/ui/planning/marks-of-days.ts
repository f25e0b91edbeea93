// Which marks each day has, from holidays and quiet times, in words. Pure.

import { dayText, zoneCity } from '../../../kit/time.ts'

export interface DayMark {
  kind: 'holiday' | 'quiet'
  /** A day off, or any quiet time; else an observance. */
  strong: boolean
  /** What fits into a day. */
  words: string
  /** All of it, one line each. */
  lines: string[]
  /** Whether it begins here: lists name it once. */
  first: boolean
}

interface Holiday {
  name: string
  place: string
  off: boolean
}

interface QuietTime {
  name: string
  /** Days as people's calendars in `zone` have them; both are part of it. */
  from: string
  to: string
  zone: string
}

/** Days without any are not in the map. */
export function marksOf(
  days: string[],
  holidays: ReadonlyMap<string, Holiday[]>,
  quiet: QuietTime[],
): Map<string, DayMark[]> {
  const marked = days.map((day): [string, DayMark[]] => [
    day,
    [...holidayMark(holidays.get(day) ?? []), ...quietMark(day, day === days[0], quiet)],
  ])
  return new Map(marked.filter(([, marks]) => marks.length > 0))
}

function holidayMark(holidays: Holiday[]): DayMark[] {
  const main = holidays.find(({ off }) => off) ?? holidays[0]
  if (!main) return []
  const lines = holidays.map(({ name, place, off }) => `${name}, ${place}${off ? '' : ' (no day off)'}`)
  return [{ kind: 'holiday', strong: main.off, words: main.name, lines, first: main.off }]
}

function quietMark(day: string, firstShown: boolean, quiet: QuietTime[]): DayMark[] {
  const here = quiet.filter(({ from, to }) => from <= day && day <= to)
  if (here.length === 0) return []
  return [
    {
      kind: 'quiet',
      strong: true,
      words: here.map(({ name }) => name).join(', '),
      lines: here.map(
        ({ name, from, to, zone }) => `${name}, ${dayText(from)} to ${dayText(to)}, ${zoneCity(zone)} time`,
      ),
      first: firstShown || here.some(({ from }) => from === day),
    },
  ]
}
