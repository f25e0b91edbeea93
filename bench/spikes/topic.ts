// A simulated topic: how much is said of it in every minute of a year when nothing special happens, by stated laws.

import { wallClockAt } from '../../src/listening/spikes/wall-clock.ts'
import { type Random, seeded } from '../chaos/random.ts'

export const minuteMs = 60_000
export const yearMinutes = 364 * 1440
/** Monday, 5 January 2026, midnight UTC. */
export const yearStart = Date.UTC(2026, 0, 5)

export interface Topic {
  name: string
  zone: string
  random: Random
  /** Mentions in an hour, mean of a week. */
  hourly: number
  /** Mentions in minute m of the year that are usual: rhythm, trend and holidays, without chance. */
  usual(minute: number): number
  /** What chance makes of it: a factor with a life of hours and days, and one of minutes. */
  mood: Float32Array
  /** Share of negative mentions on each day. */
  negative: Float32Array
}

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Europe/London', 'Australia/Sydney']

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next()

export const logBetween = (random: Random, low: number, high: number): number =>
  Math.exp(between(random, Math.log(low), Math.log(high)))

/** Exact for small means, rounded normal above: no detector sees the difference there. */
export function poisson(random: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count += 1
  return count
}

/** Topic number `at` of a year with this seed. */
export function makeTopic(seed: number, at: number): Topic {
  const random = seeded(seed * 1009 + at)
  const zone = random.pick(zones)
  const hourly = logBetween(random, 0.5, 600)
  const rhythm = makeRhythm(random)
  const growth = between(random, Math.log(0.5), Math.log(2.5)) / yearMinutes
  const holidays = new Map(Array.from({ length: 10 }, () => [random.whole(0, 363), between(random, 0.3, 1.6)]))
  const usual = (minute: number) => {
    const clock = wallClockAt(yearStart + minute * minuteMs, zone)
    const holiday = holidays.get(Math.floor(minute / 1440)) ?? 1
    return (
      (hourly / 60) *
      rhythm.hours[clock.minuteOfDay]! *
      rhythm.days[clock.weekday]! *
      holiday *
      Math.exp(growth * minute)
    )
  }
  return {
    name: `topic ${at + 1}`,
    zone,
    random,
    hourly,
    usual,
    mood: makeMood(random),
    negative: makeNegative(random),
  }
}

/** A curve of one or two humps over the day, and seven days of which the weekend differs. */
function makeRhythm(random: Random): { hours: Float32Array; days: number[] } {
  const depth = between(random, 0.4, 1.5)
  const peak = between(random, 9, 21)
  const second = between(random, 0, 0.4)
  const raw = Float32Array.from({ length: 1440 }, (_, minute) => {
    const angle = (2 * Math.PI * (minute / 60 - peak)) / 24
    return Math.exp(depth * Math.cos(angle) + second * Math.cos(2 * angle))
  })
  const mean = raw.reduce((sum, each) => sum + each, 0) / raw.length
  const weekend = between(random, 0.4, 1.3)
  const days = Array.from({ length: 7 }, (_, day) => (day > 4 ? weekend : between(random, 0.9, 1.15)))
  return { hours: raw.map((each) => each / mean), days }
}

/** Logarithms that wander: over days, over hours, and over ten minutes (threads that catch on and end). */
function makeMood(random: Random): Float32Array {
  const days = wander(random, between(random, 0.1, 0.25), 4 * 1440, 360)
  const hours = wander(random, between(random, 0.1, 0.3), between(random, 90, 300), 10)
  const minutes = wander(random, between(random, 0.1, 0.25), 10, 5)
  return Float32Array.from({ length: yearMinutes }, (_, at) => Math.exp(days(at) + hours(at) + minutes(at)))
}

function wander(random: Random, deviation: number, lifeMinutes: number, every: number): (minute: number) => number {
  const keep = Math.exp(-every / lifeMinutes)
  const noise = deviation * Math.sqrt(1 - keep * keep)
  let value = deviation * normal(random)
  const steps = Float32Array.from({ length: Math.ceil(yearMinutes / every) + 2 }, () => {
    value = value * keep + noise * normal(random)
    return value
  })
  return (minute) => {
    const at = minute / every
    const step = Math.floor(at)
    return steps[step]! + (at - step) * (steps[step + 1]! - steps[step]!)
  }
}

function makeNegative(random: Random): Float32Array {
  const usual = between(random, 0.08, 0.3)
  return Float32Array.from({ length: 364 }, () => Math.min(0.6, Math.max(0.01, usual * Math.exp(0.2 * normal(random)))))
}
