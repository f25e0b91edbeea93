// Weeks for tests: those before a Monday, those from it on, and the ground on which they are judged.

import { addDays } from '../../../lib/days.ts'
import { loadSettings } from '../figures/settings.ts'
import { baselineOf } from './footing.ts'
import type { CompletedWeek, LoadGround, WeekLoad } from './types.ts'

export const settings = loadSettings()
/** Monday. */
export const from = '2026-11-02'
export const weekly = (minutes: readonly (number | null)[], start = from): CompletedWeek[] =>
  minutes.map((each, index) => ({ monday: addDays(start, 7 * index), minutes: each }))
export const before = (minutes: readonly (number | null)[]): CompletedWeek[] =>
  weekly(minutes, addDays(from, -7 * minutes.length))
export const loads = (minutes: readonly number[]): WeekLoad[] =>
  minutes.map((each, index) => ({ monday: addDays(from, 7 * index), minutes: each }))

export const ground = (history: CompletedWeek[], more: Partial<LoadGround> = {}): LoadGround => ({
  baseline: baselineOf(history, { people: 1 }, settings),
  ...{ history, ceiling: null, presence: 0, events: [] },
  ...more,
})
