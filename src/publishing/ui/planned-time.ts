// What a wall time in a zone means on days when a clock changes, and the wall times a person is offered.

import { instantOf, wallTimeIn } from '../../kit/time.ts'

export type WallMeaning = { kind: 'once' | 'twice'; at: Date } | { kind: 'never'; suggested: string }

const shifts = [30, 60, 120]

/** `twice`: the clock is set back and shows this time again; the first one is meant. */
export function meaningOf(wall: string, zone: string): WallMeaning {
  const at = instantOf(wall, zone)
  const shown = wallTimeIn(at, zone)
  if (shown !== wall.slice(0, 16)) return { kind: 'never', suggested: shown }
  const again = shifts.some((minutes) => wallTimeIn(new Date(at.getTime() + minutes * 60_000), zone) === shown)
  return { kind: again ? 'twice' : 'once', at }
}

/** The next full hour at least half an hour ahead: a sensible beginning for a time field. */
export function nextHour(now: Date, zone: string): string {
  const ahead = new Date(now.getTime() + 90 * 60_000)
  return `${wallTimeIn(ahead, zone).slice(0, 13)}:00`
}

/** Monday is 1. */
export const weekdayOf = (day: string): number => new Date(`${day.slice(0, 10)}T00:00Z`).getUTCDay() || 7
