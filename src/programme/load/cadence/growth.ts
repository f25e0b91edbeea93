// Lines that begin with less and grow by themselves to all that they ask for, each on its own (R1-18): how much there is of one on a day. Pure.

import { addDays, daysBetween, mondayOf } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { CadenceLine } from './types.ts'

/** So many of its slots at first, from a Monday on more and more of them, after so many weeks all. */
export interface Growth {
  /** How many of its slots a period has at first. */
  first: number
  /** The week from which it grows; before it a period has as many as at first. */
  from: string
  weeks: number
}

type Growing = Pick<CadenceLine, 'slots' | 'grows'>

/** How many of its slots a period has that begins on this day: never ahead of the straight way from the first to all. */
export function timesOn({ slots, grows }: Growing, day: string): number {
  const all = slots.length
  if (!grows) return all
  const weeks = Math.max(0, Math.floor(daysBetween(mondayOf(grows.from), day) / 7))
  return Math.min(all, grows.first + Math.floor(((all - grows.first) * weeks) / grows.weeks))
}

/** The line as a period has it that begins on this day; growing no more, so that what counts items needs to know nothing of it. */
export function lineOn<Line extends Growing>(line: Line, day: string): Line {
  if (!line.grows) return line
  const { grows: _ends, ...rest } = line
  return { ...rest, slots: line.slots.slice(0, timesOn(line, day)) } as Line
}

export interface GrowthStep {
  /** The Monday from which a period that begins has so many. */
  monday: string
  times: number
}

/** What it has in the week of a day, and every step after it. */
export function stepsFrom(line: Growing, day: string): GrowthStep[] {
  const first = { monday: mondayOf(day), times: timesOn(line, mondayOf(day)) }
  const end = line.grows ? addDays(mondayOf(line.grows.from), 7 * line.grows.weeks) : first.monday
  const steps = [first]
  for (let monday = first.monday; monday <= end; monday = addDays(monday, 7)) {
    const times = timesOn(line, monday)
    if (times > steps.at(-1)!.times) steps.push({ monday, times })
  }
  return steps
}

export interface GrowthFault {
  /** Within the line: `grows.first`. */
  field: 'grows.first' | 'grows.weeks'
  rule: 'growth' | 'new-high'
  requirement: 'R1-18' | 'R1-08'
  says: string
}

/** null: it may grow so. The rules of the whole hold beside it: what weeks have no room for is not done yet. */
export function growthFault(
  { slots, grows, every, unit }: Pick<CadenceLine, 'slots' | 'grows' | 'every' | 'unit'>,
  { newHigh }: Pick<LoadSettings, 'newHigh'>,
): GrowthFault | null {
  if (!grows) return null
  if (grows.first >= slots.length) {
    const says = `A line that grows begins with less than it asks for in the end: with fewer than ${slots.length} (each channel grows on its own, R1-18)`
    return { field: 'grows.first', rule: 'growth', requirement: 'R1-18', says }
  }
  const begin = mondayOf(grows.from)
  const step = 7 * (unit === 'week' ? every : 1)
  let before = grows.first
  for (let day = begin; before < slots.length; day = addDays(day, step)) {
    const times = timesOn({ slots, grows }, day)
    if (times - before > mostMore(before, newHigh)) {
      const says = `From ${before} to ${times} at once is too fast for a line: one more at a time, or ${newHigh.toFixed(2)} times as many at most (new highs, R1-08). Give it more weeks`
      return { field: 'grows.weeks', rule: 'new-high', requirement: 'R1-08', says }
    }
    before = times
  }
  return null
}

/** One more is the least that there is. */
const mostMore = (before: number, newHigh: number): number => Math.max(1, Math.floor(before * (newHigh - 1) + 1e-9))
