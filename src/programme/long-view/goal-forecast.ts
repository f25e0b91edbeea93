// Pure: where a goal is going by its readings, with the range in which four of five later readings lie, or why nothing is said.

import { addDays, daysBetween } from '../../lib/days.ts'
import { fewestForForecast, forecastOf } from '../../lib/stats/forecast.ts'
import { inPercent, lessIsBetter, type Measure } from '../goals/types.ts'

interface Goal {
  measure: Measure
  target: number
  dueOn: string
  readings: readonly { day: string; value: number }[]
}

export interface Point {
  day: string
  mean: number
  low: number
  high: number
}

export type GoalForecast =
  | {
      state: 'told'
      stepDays: number
      used: { day: string; value: number }[]
      points: Point[]
      onDue: Point | null
      likely: Likely
    }
  /** `needs`: so many readings, of which `there` are there. */
  | { state: 'too-few'; stepDays: number; needs: number; there: number }

/** Of the range on its day, or on the last day that can be told: whether the target lies below, in or above it. */
export type Likely = 'reached' | 'open' | 'missed'

/** Longrun's own readings look back over four weeks: nearer ones say the same twice. */
const stepOf = (measure: Measure): number => (measure === 'own' ? 7 : 28)

export function goalForecast({ measure, target, dueOn, readings }: Goal): GoalForecast {
  const fine = stepOf(measure)
  // Where people write down seldom, weeks are too narrow: then four weeks are one step.
  const steps = fine === 28 ? [28] : [7, 28]
  const tried = steps.map((stepDays) => ({ stepDays, used: evenly(readings, stepDays) }))
  const found = tried.find(({ used }) => used.length >= fewestForForecast)
  if (!found) {
    const best = tried.reduce((a, b) => (b.used.length > a.used.length ? b : a))
    return { state: 'too-few', stepDays: best.stepDays, needs: fewestForForecast, there: best.used.length }
  }
  const { stepDays, used } = found
  const forecast = forecastOf(used.map(({ value }) => value))!
  const last = used.at(-1)!.day
  // As far ahead as it was looked back, and no farther.
  const most = used.length
  const points = Array.from({ length: most }, (_, index): Point => {
    const { mean, low, high } = forecast.at(index + 1)
    return { day: addDays(last, stepDays * (index + 1)), ...within(measure, { mean, low, high }) }
  })
  const due = Math.round(daysBetween(last, dueOn) / stepDays)
  const onDue = due >= 1 && due <= most ? { ...points[due - 1]!, day: dueOn } : null
  return { state: 'told', stepDays, used, points, onDue, likely: likelyOf(measure, target, onDue) }
}

function likelyOf(measure: Measure, target: number, onDue: Point | null): Likely {
  if (!onDue) return 'open'
  const isLess = lessIsBetter.has(measure)
  if (isLess ? onDue.high <= target : onDue.low >= target) return 'reached'
  return (isLess ? onDue.low > target : onDue.high < target) ? 'missed' : 'open'
}

/** No share is above 100, and nothing is less than none. */
function within(measure: Measure, { mean, low, high }: Omit<Point, 'day'>): Omit<Point, 'day'> {
  const most = inPercent.has(measure) ? 100 : Number.POSITIVE_INFINITY
  const held = (value: number): number => Math.min(most, Math.max(0, value))
  return { mean: held(mean), low: held(low), high: held(high) }
}

/** The last reading of each step, counted back from the newest, as far as no step is without one. Oldest first. */
function evenly(readings: Goal['readings'], stepDays: number): { day: string; value: number }[] {
  const sorted = readings.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const newest = sorted.at(-1)
  if (!newest) return []
  const found: { day: string; value: number }[] = []
  for (let end = newest.day; ; end = addDays(end, -stepDays)) {
    const reading = sorted.findLast(({ day }) => day <= end && day > addDays(end, -stepDays))
    if (!reading) return found.reverse()
    found.push({ day: end, value: reading.value })
  }
}
