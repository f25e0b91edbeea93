// Pure: when a day of duty would leave nobody a free one.

import { addDays } from '../../lib/days.ts'

/** Days of duty in a row, with this one: one day of seven stays free (R3-12). */
export function dutiesInARow(day: string, others: readonly string[]): number {
  const on = new Set(others)
  let run = 1
  for (let at = addDays(day, -1); on.has(at); at = addDays(at, -1)) run++
  for (let at = addDays(day, 1); on.has(at); at = addDays(at, 1)) run++
  return run
}
