// Whether somebody is at work, when they are back, and what of a time they work. Pure.

import { type BusinessClock, isOpen, nextOpen, type OpenSpan, openSpans } from '../promises/business-clock.ts'
import { without } from '../promises/coverage.ts'
import type { BusinessHours } from '../promises/types.ts'

/** One member as the rota knows them. */
export interface Work {
  memberId: string
  role: string
  departmentId: string | null
  /** null: always. */
  hours: BusinessHours | null
  /** Of these hours; that of all hours where they work always. */
  clock: BusinessClock
  /** Units of work at the same time. */
  capacity: number
  deputyId: string | null
  managerId: string | null
  skills: string[]
  /** Those that hold, in order. */
  absences: OpenSpan[]
  /** When routing gave them something last; null: never yet. */
  givenAt: Date | null
}

const holdsAt = ({ from, to }: OpenSpan, at: Date): boolean => from <= at && at < to

export const isAbsent = ({ absences }: Pick<Work, 'absences'>, at: Date): boolean =>
  absences.some((absence) => holdsAt(absence, at))

/** In their hours, and not absent. */
export const isAtWork = (work: Pick<Work, 'absences' | 'clock'>, at: Date): boolean =>
  isOpen(work.clock, at) && !isAbsent(work, at)

/** Longer absences in a row than that are nobody's plan. */
const mostSteps = 1_000

/** The next instant at which they are at work, `at` itself where they are; null: never again, as far as is known. */
export function backAt({ absences, clock }: Pick<Work, 'absences' | 'clock'>, at: Date): Date | null {
  let found = nextOpen(clock, at)
  for (let step = 0; found && step < mostSteps; step++) {
    const begins = found
    const absence = absences.find((each) => holdsAt(each, begins))
    if (!absence) return begins
    found = nextOpen(clock, absence.to)
  }
  return null
}

/** What of a time they are at work, in order and apart. */
export const spansAtWork = ({ absences, clock }: Pick<Work, 'absences' | 'clock'>, from: Date, to: Date): OpenSpan[] =>
  without(openSpans(clock, from, to), absences)

export type AbsenceFault = 'absence-ends-before' | 'absence-over' | 'absence-too-long'

const dayMs = 24 * 3600_000
export const mostAbsentDays = 3 * 366

/** null: it may be planned. One that is over may not be: it would change what was true. */
export function absenceFault({ from, to }: OpenSpan, now: Date): AbsenceFault | null {
  if (to <= from) return 'absence-ends-before'
  if (to <= now) return 'absence-over'
  return to.getTime() - from.getTime() > mostAbsentDays * dayMs ? 'absence-too-long' : null
}

/** `above`: who is whose manager now. What climbs would go round in a circle. null: it may be. */
export function managerFault(
  id: string,
  managerId: string,
  above: ReadonlyMap<string, string | null>,
): 'managers-in-a-circle' | null {
  const seen = new Set<string>()
  for (let at: string | null = managerId; at !== null && !seen.has(at); at = above.get(at) ?? null) {
    if (at === id) return 'managers-in-a-circle'
    seen.add(at)
  }
  return null
}
