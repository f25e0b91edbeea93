// Slow rises that no single window shows: a CUSUM over day totals against a level that follows over weeks.

import { cusumStep } from '../../lib/stats/charts.ts'
import type { What } from './types.ts'

export interface Rise {
  /** The wall day that is being counted; null before the first. */
  day: number | null
  seen: number
  bins: number
  heard: number
  /** Of the logarithm of day totals, weekday taken out. */
  level: number
  variance: number
  days: number
  sum: number
  /** How far the last few days lay above the level, as a logarithm. */
  recent: number
  /** Days in a row in which the sum lay above 0. */
  since: number
  /** A rise that was told and is not over. States that were stored before rises ended do not have it. */
  told?: ToldRise | null
}

export interface ToldRise {
  /** The level before it, as a logarithm. */
  from: number
  /** Days since it was told, or told again. */
  days: number
  /** How far the last few days lay above the level before it. */
  above: number
}

export interface RiseSignal {
  what: What
  days: number
  /** How many times the level of the weeks before. */
  ratio: number
  sum: number
  /** Why it ended: back at the level before it, or the higher level is the usual one by now. */
  over: 'back' | 'learnt' | null
}

const slack = 0.5
const limit = 5
const halfLifeDays = 28
/** Weekdays and scatter are known after so many days. */
const quietDays = 21
/** A single day counts for at most so many standard deviations: a spike is not a rise. */
const most = 2.5
const leastDeviation = 0.1
/** A week that is livelier by less than half is none that anybody has to know of. */
const leastRatio = 1.5
const leastHeard = 0.8
/** Less than that above the level before it is no rise any more. */
const backRatio = 1.2
/** A level that stayed for so long without rising on is the usual one. */
const learntDays = 14

export const noRise = (): Rise => ({
  day: null,
  seen: 0,
  bins: 0,
  heard: 0,
  level: 0,
  variance: 0.25,
  days: 0,
  sum: 0,
  recent: 0,
  since: 0,
  told: null,
})

/** Adds a settled bin; a new day closes the one before. `weekdayFactor` is that of the day that closes. Changes `rise`. */
export function followRise(
  rise: Rise,
  bin: { count: number | null; day: number; planned: boolean },
  weekdayFactorOf: (day: number) => number,
): RiseSignal | null {
  let signal: RiseSignal | null = null
  if (rise.day !== null && rise.day !== bin.day) {
    signal = closeDay(rise, weekdayFactorOf(rise.day))
    rise.seen = rise.bins = rise.heard = 0
  }
  rise.day = bin.day
  rise.bins += 1
  // What was planned is no rise; a day with much of it is left out like one on which nobody listened.
  if (bin.count !== null && !bin.planned) {
    rise.heard += 1
    rise.seen += bin.count
  }
  return signal
}

function closeDay(rise: Rise, weekdayFactor: number): RiseSignal | null {
  const heard = rise.heard / rise.bins
  if (heard < leastHeard) return null
  const own = Math.log((rise.seen / heard + 1) / Math.max(0.05, weekdayFactor))
  if (rise.days === 0) rise.level = own
  const off = own - rise.level
  const z = off / Math.max(leastDeviation, Math.sqrt(rise.variance))
  const share = Math.max(1 - 2 ** (-1 / halfLifeDays), 1 / (rise.days + 1))
  const cut = Math.sign(off) * Math.min(Math.abs(off), 3 * Math.sqrt(rise.variance))
  rise.days += 1
  rise.level += share * cut
  rise.variance += share * (cut * cut - rise.variance)
  if (rise.days <= quietDays) return null
  rise.sum = cusumStep(rise.sum, Math.min(z, most), slack)
  rise.since = rise.sum > 0 ? rise.since + 1 : 0
  rise.recent += (off - rise.recent) / 2
  if (rise.sum < limit || rise.recent < Math.log(leastRatio)) return overBy(rise, own)
  const from = rise.told?.from ?? rise.level
  const above = Math.log(leastRatio) + Math.max(0, own - from - Math.log(leastRatio)) / 2
  const what = rise.told ? ('grew' as const) : ('raised' as const)
  const signal = { what, days: rise.since, ratio: Math.exp(rise.told ? above : rise.recent), sum: rise.sum, over: null }
  rise.told = { from, days: 0, above }
  // From here on this is the level: told once, not every day.
  rise.level = own
  rise.sum = rise.recent = rise.since = 0
  return signal
}

/** Whether the rise that was told is over with this day. Changes `rise`. */
function overBy(rise: Rise, own: number): RiseSignal | null {
  const { told } = rise
  if (!told) return null
  told.days += 1
  told.above += (own - told.from - told.above) / 2
  const over = told.above < Math.log(backRatio) ? 'back' : told.days >= learntDays && rise.sum === 0 ? 'learnt' : null
  if (over === null) return null
  // What lay between was no measure of the usual.
  if (over === 'back') rise.level = told.from
  rise.told = null
  return { what: 'ended', days: told.days, ratio: Math.exp(told.above), sum: rise.sum, over }
}
