// The free times of a day in a zone, and where in them a session begins: at a wall time that comes exactly once.

import { dayIn } from '../../../lib/days.ts'
import { cellsBetween, instantOf, wallOf } from '../../../publishing/times.ts'
import type { FreeSpan } from './types.ts'

/** Milliseconds. */
export interface Gap {
  from: number
  to: number
}

const minuteMs = 60_000

/** Told of the same spans again and again: of each person for their weeks, their days off and their sessions. */
const told = new WeakMap<readonly FreeSpan[], { zone: string; gaps: ReadonlyMap<string, Gap[]> }>()

/** Free spans by the day on which they lie; one over midnight is cut there. Spans that overlap are joined. A map of its own for whoever asks. */
export function gapsByDay(free: readonly FreeSpan[], zone: string): Map<string, Gap[]> {
  const known = told.get(free)
  if (known?.zone === zone) return new Map(known.gaps)
  const gaps = findGaps(free, zone)
  told.set(free, { zone, gaps })
  return new Map(gaps)
}

function findGaps(free: readonly FreeSpan[], zone: string): Map<string, Gap[]> {
  const found = new Map<string, Gap[]>()
  for (const { from, to } of joined(free)) {
    const first = dayIn(new Date(from), zone)
    // Nearly all of them begin and end on one day, which is told in a fraction of the time.
    if (dayIn(new Date(to - 1), zone) === first) {
      found.set(first, [...(found.get(first) ?? []), { from, to }])
      continue
    }
    const cells = cellsBetween(new Date(from), new Date(to), zone, 'day')
    // The first day began before the span did.
    const begins = cells[0]?.cell === first ? cells : [{ cell: first, from: new Date(from) }, ...cells]
    for (const [index, { cell, from: begin }] of begins.entries()) {
      const end = begins[index + 1]?.from.getTime() ?? to
      const gap = { from: Math.max(from, begin.getTime()), to: Math.min(to, end) }
      if (gap.to > gap.from) found.set(cell, [...(found.get(cell) ?? []), gap])
    }
  }
  return found
}

function joined(spans: readonly FreeSpan[]): Gap[] {
  const done: Gap[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = done.at(-1)
    if (last && from.getTime() <= last.to) last.to = Math.max(last.to, to.getTime())
    else done.push({ from: from.getTime(), to: to.getTime() })
  }
  return done
}

/** Without the time that something takes. */
export const cutOut = (gaps: readonly Gap[], taken: Gap): Gap[] =>
  gaps
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, taken.from) },
      { from: Math.max(from, taken.to), to },
    ])
    .filter(({ from, to }) => to > from)

export interface Start {
  at: Date
  wall: string
  /** The gap in which it lies. */
  gap: Gap
}

/** Short sessions take the smallest gap that holds them, so that long stretches stay whole; long ones take the longest. */
export function startIn(
  gaps: readonly Gap[],
  minutes: number,
  { zone, long }: { zone: string; long: boolean },
): Start | null {
  const sorted = gaps.toSorted((a, b) => (long ? -1 : 1) * (a.to - a.from - (b.to - b.from)) || a.from - b.from)
  for (const gap of sorted) {
    const last = gap.to - minutes * minuteMs
    for (let at = Math.ceil(gap.from / minuteMs) * minuteMs; at <= last; at = nextTry(at)) {
      const wall = wallOf(new Date(at), zone)
      const meaning = instantOf({ wall, zone })
      // In an hour that comes twice, a wall time means the first one: the second cannot be written down.
      if (meaning.kind !== 'never' && meaning.at.getTime() === at) return { at: new Date(at), wall, gap }
    }
  }
  return null
}

const nextTry = (at: number): number => at + 5 * minuteMs
