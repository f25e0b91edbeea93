// Pure: what may not be a cadence here, and the prices of what is in it.

import { addDays } from '../../lib/days.ts'
import { activityOf, knownActivities, oneOf } from '../load/costs/activities.ts'
import { type UnitCost, unitCost } from '../load/costs/unit-cost.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { CompletedWeek } from '../load/weeks/types.ts'
import type { CadenceLines } from './types.ts'

export interface Price {
  activity: { id: string; one: string }
  cost: UnitCost
  /** Where the assumption is from; null: an activity of the organisation's own, known by measured times alone. */
  source: string | null
}

/**
 * Every known activity, and those of the organisation's own that were measured or of which somebody told what one takes.
 * @param told Minutes by activity.
 */
export function pricesOf(
  measured: ReadonlyMap<string, readonly number[]>,
  settings: LoadSettings,
  told: ReadonlyMap<string, number> = new Map(),
): Price[] {
  const own = [...new Set([...measured.keys(), ...told.keys()])].filter((id) => activityOf(id) === null)
  return [
    ...knownActivities.map(({ id, one, minutes, source }) => ({
      activity: { id, one },
      cost: unitCost({ minutes }, measured.get(id) ?? [], settings),
      source: source as string,
    })),
    ...own.map((id) => {
      const times = measured.get(id) ?? []
      const mean = told.get(id) ?? times.reduce((sum, each) => sum + each, 0) / times.length
      return {
        activity: { id, one: oneOf(id) },
        cost: unitCost({ minutes: mean }, times, settings),
        source: told.has(id) ? 'Your own estimate' : null,
      }
    }),
  ]
}

/** The place of the first choice that nobody knows the minutes of; null: all are known. */
export function withoutPrice(
  lines: CadenceLines,
  prices: readonly Price[],
): { field: string; activity: string } | null {
  const known = new Set(prices.map(({ activity }) => activity.id))
  for (const [index, { slots }] of lines.entries())
    for (const [at, { anyOf }] of slots.entries()) {
      const { activity } = anyOf[0]!
      if (!known.has(activity)) return { field: `lines.${index}.slots.${at}.anyOf.0.activity`, activity }
    }
  return null
}

/** With less of the usual time there, what was done says nothing about a usual week. */
export const leastThere = 0.25

interface Weeks extends Pick<LoadSettings, 'lightMinutes'> {
  from: string | undefined
  before: string
  there: ReadonlyMap<string, number>
}

/**
 * Weeks from one Monday until the last that is over; those without anything were not measured. Where people were away a week counts as what it
 * would have been with all of them, and for no more than was really done in any week before: else a holiday would look like giving up. `there`: how
 * much of the usual time was there, by Monday; 1 where nothing is said. No week in which anything was done counts for less than one light session: a
 * third more of it would be less than one thing takes, and a plan that once came down to it would stay there for ever.
 */
export function completedWeeks(
  sums: readonly { monday: string; minutes: number }[],
  { from, before, there, lightMinutes }: Weeks,
): CompletedWeek[] {
  const minutes = new Map(sums.map((sum) => [sum.monday, sum.minutes]))
  const weeks: CompletedWeek[] = []
  let highest = 0
  for (let monday = from; monday !== undefined && monday < before; monday = addDays(monday, 7)) {
    const done = minutes.get(monday) ?? null
    const share = there.get(monday) ?? 1
    if (done === null || share < leastThere) weeks.push({ monday, minutes: null })
    else weeks.push({ monday, minutes: Math.max(done, lightMinutes, Math.min(done / share, highest)) })
    highest = Math.max(highest, done ?? 0)
  }
  return weeks
}
