// Pure: what may not be a cadence here, and the prices of what is in it.

import { addDays } from '../../lib/days.ts'
import { activityOf, knownActivities } from '../load/costs/activities.ts'
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
        activity: { id, one: `“${id.replaceAll('-', ' ')}”` },
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

/** Weeks from one Monday until the last that is over; those without anything were not measured. */
export function completedWeeks(
  sums: readonly { monday: string; minutes: number }[],
  from: string | undefined,
  thisMonday: string,
): CompletedWeek[] {
  const minutes = new Map(sums.map((sum) => [sum.monday, sum.minutes]))
  const weeks: CompletedWeek[] = []
  for (let monday = from; monday !== undefined && monday < thisMonday; monday = addDays(monday, 7))
    weeks.push({ monday, minutes: minutes.get(monday) ?? null })
  return weeks
}
