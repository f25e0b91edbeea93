// What a cadence takes: minutes a week, minutes a working day, and whether that is "a few minutes a day", in a sentence (R1-17).

import { z80 } from '../../../lib/stats/pooling.ts'
import type { Activity } from '../costs/activities.ts'
import type { Range, UnitCost } from '../costs/unit-cost.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { itemsAWeek } from './rules.ts'
import type { Cadence } from './types.ts'

export interface PricedActivity {
  activity: Pick<Activity, 'id' | 'one'>
  cost: UnitCost
}

export interface LineMinutes {
  line: string
  /** Items a week, in the long run. */
  items: number
  minutes: number
}

export interface CadenceMinutes {
  week: number
  /** In which a week lies, with 80 %: single items scatter, and what one takes is not known exactly. */
  weekRange: Range
  workingDay: number
  lines: LineMinutes[]
  /** Something in it was never measured. */
  assumed: boolean
  /** Only a few minutes a day. */
  few: boolean
  /** What the screen says. */
  says: string
}

type MinuteSettings = Pick<LoadSettings, 'fewMinutes' | 'workingDays'>

/** @throws RangeError where an activity has no price: nothing may take no time unnoticed. */
export function cadenceMinutes(
  cadence: Pick<Cadence, 'lines'>,
  prices: readonly PricedActivity[],
  settings: MinuteSettings,
): CadenceMinutes {
  const counts = countsOf(cadence, settings.workingDays)
  const lines = cadence.lines.map((line) => ({
    line: line.id,
    items: itemsAWeek(line, settings.workingDays),
    minutes: sumOf(
      counts
        .filter((each) => each.line === line.id)
        .map((each) => each.items * priceOf(prices, each.activity).cost.mean),
    ),
  }))
  const week = sumOf(lines.map(({ minutes }) => minutes))
  const workingDay = week / settings.workingDays
  const few = isFew(workingDay, settings)
  return {
    week,
    weekRange: rangeOf(week, scatterOf(counts, prices)),
    workingDay,
    lines,
    assumed: counts.some(({ activity }) => priceOf(prices, activity).cost.assumed),
    few,
    says: [takes(week, workingDay), few ? 'That is only a few minutes a day.' : tooMuch(counts, prices, settings)].join(
      ' ',
    ),
  }
}

interface Count {
  line: string
  activity: string
  items: number
}

const countsOf = ({ lines }: Pick<Cadence, 'lines'>, workingDays: number): Count[] =>
  lines.flatMap((line) =>
    line.slots.map((slot) => ({
      line: line.id,
      activity: slot.anyOf[0]!.activity,
      items: itemsAWeek({ ...line, slots: [slot] }, workingDays),
    })),
  )

const sumOf = (values: number[]): number => values.reduce((sum, each) => sum + each, 0)

/** What is shown decides: 15.4 reads as 15. */
const isFew = (aDay: number, { fewMinutes }: MinuteSettings): boolean => Math.round(aDay) <= fewMinutes

function priceOf(prices: readonly PricedActivity[], id: string): PricedActivity {
  const found = prices.find(({ activity }) => activity.id === id)
  if (!found) throw new RangeError(`no minutes are known for the activity ${id}`)
  return found
}

/** Variance of a week: items scatter each for itself; what one takes on average is off for all of an activity together. */
function scatterOf(counts: readonly Count[], prices: readonly PricedActivity[]): number {
  const byActivity = Map.groupBy(counts, ({ activity }) => activity)
  return sumOf(
    [...byActivity].map(([id, some]) => {
      const { mean, meanRange, spread } = priceOf(prices, id).cost
      const items = sumOf(some.map((each) => each.items))
      const unsure = (mean * Math.log(meanRange.high / meanRange.low)) / (2 * z80)
      return items * mean ** 2 * Math.expm1(spread ** 2) + (items * unsure) ** 2
    }),
  )
}

/** Sums of log-normal times are nearly log-normal: the one with the same mean and variance (Fenton 1960). */
function rangeOf(mean: number, variance: number): Range {
  if (mean === 0) return { low: 0, high: 0 }
  const square = Math.log1p(variance / mean ** 2)
  const [middle, reach] = [Math.log(mean) - square / 2, z80 * Math.sqrt(square)]
  return { low: Math.exp(middle - reach), high: Math.exp(middle + reach) }
}

const minutesWords = (minutes: number): string => {
  const shown = Math.round(minutes)
  return shown === 1 ? '1 minute' : `${shown} minutes`
}

const takes = (week: number, aDay: number): string =>
  `This takes about ${minutesWords(week)} a week, ${minutesWords(aDay)} each working day.`

/** Names the activity that takes most, what would be left without it, and how long it may take to make few of all. */
function tooMuch(counts: readonly Count[], prices: readonly PricedActivity[], settings: MinuteSettings): string {
  const byActivity = [...Map.groupBy(counts, ({ activity }) => activity)].map(([id, some]) => {
    const { activity, cost } = priceOf(prices, id)
    return { one: activity.one, minutes: sumOf(some.map(({ items }) => items)) * cost.mean }
  })
  const week = sumOf(byActivity.map(({ minutes }) => minutes))
  const most = byActivity.reduce((a, b) => (b.minutes > a.minutes ? b : a))
  const without = (week - most.minutes) / settings.workingDays
  const rest = byActivity.length > 1 ? ` Without it: ${minutesWords(without)} each working day.` : ''
  return `That is not "a few minutes a day" (up to ${settings.fewMinutes}). Most of it goes into ${most.one}: ${minutesWords(most.minutes)} a week.${rest}`
}
