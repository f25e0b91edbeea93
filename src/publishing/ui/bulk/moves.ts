// Where posts go when many are moved at once: by a shift of the clock's hands, or to the same time of another day. Pure.

import { wallClock } from '../calendar-days.ts'

export type Target =
  /** In wall time: three days later at the same time, whatever the clocks did in between. */
  { kind: 'shift'; days: number; hours: number; minutes: number } | { kind: 'day'; day: string }

interface Movable {
  id: string
  dueAt: string | null
}

export interface ProposedMove<Line> {
  line: Line
  from: string
  to: string
}

/** Posts without a time stay out of it; what would not move does too. In the order of their times. */
export function movesOf<Line extends Movable>(lines: Line[], target: Target, zone: string): ProposedMove<Line>[] {
  return lines
    .flatMap((line) => {
      if (!line.dueAt) return []
      const from = wallClock(new Date(line.dueAt), zone)
      const to = target.kind === 'day' ? `${target.day}${from.slice(10)}` : shifted(from, minutesOf(target))
      return to === from || to === null ? [] : [{ line, from, to }]
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

const minutesOf = ({ days, hours, minutes }: Extract<Target, { kind: 'shift' }>): number =>
  (days * 24 + hours) * 60 + minutes

function shifted(wall: string, minutes: number): string | null {
  const at = new Date(Date.parse(`${wall}Z`) + minutes * 60_000)
  // A year of five digits is a slip of the hand.
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 ? null : at.toISOString().slice(0, 16)
}

/** What dragging one of them from here to there means for all of them. */
export function shiftBetween(from: string, to: string): Target {
  const total = Math.round((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000)
  const [sign, whole] = [Math.sign(total), Math.abs(total)]
  return {
    kind: 'shift',
    days: sign * Math.floor(whole / 1440) || 0,
    hours: sign * Math.floor((whole % 1440) / 60) || 0,
    minutes: sign * (whole % 60) || 0,
  }
}
