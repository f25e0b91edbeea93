// What a topic usually gets at an hour and weekday, learned as counts settle (science: level × hour × weekday, winsorised).
//
// Level: exponential mean with a half-life of days, a plain mean at first. Hour of the day: 24 slots, pooled towards 1, smoothed
// 1-2-1, forgetting slowly. Weekday: seven slots, used once three weeks are known. Dispersion: the excess of squared errors
// over chance, as a ratio of exponential sums, so that topics with little do not swing. Counts far above what was expected are
// cut before anything is learned from them: a crisis does not become the usual.
// Mood: what was just said tells how lively the hour is. With a gamma prior of the learned dispersion around 1, the factor that a
// Poisson count of the minutes before leads to is (1/d + seen) / (1/d + expected); one of the short windows is expected by it.

import { type Counts, countQuantile, standardDeviation } from '../../lib/stats/negative-binomial.ts'
import { learningMinutes, type SpikeSettings } from './settings.ts'
import type { Band } from './types.ts'
import { type WallClock, wallClockAt } from './wall-clock.ts'

/** All that is learned. Counts are those of one whole window. */
export interface Learned {
  /** How often something was learned; each is `learningMinutes` of listening. */
  visits: number
  level: number
  hourSeen: number[]
  hourExpected: number[]
  /** Derived from both: 24 factors around 1. */
  hours: number[]
  daySeen: number[]
  dayExpected: number[]
  days: number[]
  /** How counts of the whole window scatter, and those of the short one. */
  scatter: Scatter
  shortScatter: Scatter
  /** How counts of the short window scatter around what the mood before it led to expect; until that was learned, like the short ones. */
  moodScatter?: Scatter | null
}

/** Exponential sums of squared error beyond chance, and of squared expectation; their ratio is the dispersion. */
export interface Scatter {
  excess: number
  square: number
}

/** What was counted in a whole window and in the short one at its end; null: nobody listened to most of that one. */
export interface SettledWindow {
  count: number
  shortCount: number | null
  /** The short window that is expected by mood, and what was before it; null: nobody listened, or mood is not asked for. */
  now: { count: number; before: Before } | null
  /** In milliseconds since 1970. */
  end: number
}

/** What was counted in the minutes before a short window, and the share of them in which somebody listened. */
export interface Before {
  count: number
  known: number
}

const minuteMs = 60_000
const hourPrior = 5
const hourMemory = 0.985
/** A weekday is 288 visits; it is remembered for about four of them, and a day's worth of the usual is its prior. */
const dayMemory = 0.9991
const dayPrior = 288
const visitsInHour = 60 / learningMinutes
const weekdayVisits = (21 * 1440) / learningMinutes
/** Before anything is known, counts are taken to scatter widely: 60 % beside chance. */
const firstDispersion = 0.36
const firstVisits = 48
/** Less than one mention in twenty windows is no different from none. */
const leastMean = 0.05

export const nothingLearned = (): Learned => ({
  visits: 0,
  level: 0,
  hourSeen: zeros(24),
  hourExpected: zeros(24),
  hours: ones(24),
  daySeen: zeros(7),
  dayExpected: zeros(7),
  days: ones(7),
  scatter: { excess: 0, square: 0 },
  shortScatter: { excess: 0, square: 0 },
  moodScatter: null,
})

const zeros = (length: number): number[] => new Array<number>(length).fill(0)
const ones = (length: number): number[] => new Array<number>(length).fill(1)

export const knowsWeekdays = (learned: Learned): boolean => learned.visits >= weekdayVisits

export const hoursListened = (learned: Learned): number => (learned.visits * learningMinutes) / 60

/** What is expected of so many minutes up to `end`; of a part of a window as of the whole, only less. */
export function expectedOf(learned: Learned, end: number, minutes: number, settings: SpikeSettings): Counts {
  const clock = wallClockAt(end - (minutes * minuteMs) / 2, settings.zone)
  const whole = minutes === settings.windowMinutes
  return {
    mean: Math.max(leastMean, (learned.level * factorAt(learned, clock) * minutes) / settings.windowMinutes),
    dispersion: dispersionOf(learned, whole ? learned.scatter : learned.shortScatter, settings),
  }
}

/** What is expected of the short window up to `end`, by the mood before it. `planned`: so many times the usual. */
export function expectedNow(
  learned: Learned,
  end: number,
  { count, known, planned }: Before & { planned: number },
  settings: SpikeSettings,
): Counts & { mood: number } {
  const { mean } = expectedOf(learned, end, settings.shortMinutes, settings)
  const start = end - settings.shortMinutes * minuteMs
  const before = expectedOf(learned, start, settings.moodMinutes, settings).mean * known * planned
  const prior = 1 / dispersionOf(learned, learned.scatter, settings)
  // A quiet hour promises nothing: doors open, programmes begin.
  const mood = Math.max(1, (prior + count) / (prior + before))
  return {
    mood,
    mean: Math.max(leastMean, mean * mood),
    dispersion: dispersionOf(learned, learned.moodScatter ?? learned.shortScatter, settings),
  }
}

/** Between the middles of two hours the factor goes in a straight line. */
function factorAt(learned: Learned, clock: WallClock): number {
  const position = clock.minuteOfDay / 60 - 0.5
  const before = Math.floor(position)
  const part = position - before
  const hour = learned.hours[(before + 24) % 24]! * (1 - part) + learned.hours[(before + 1) % 24]! * part
  return knowsWeekdays(learned) ? hour * learned.days[clock.weekday]! : hour
}

function dispersionOf(learned: Learned, scatter: Scatter, settings: SpikeSettings): number {
  const prior = Math.max(0, firstVisits - learned.visits) / firstVisits
  const own = scatter.square > 0 ? scatter.excess / scatter.square : firstDispersion
  return Math.max(settings.leastDispersion, own * (1 - prior) + firstDispersion * prior)
}

/** The range of four windows in five. `part`: how much of the window is known. */
export function bandOf(counts: Counts, part = 1): Band {
  const scaled = { mean: counts.mean * part, dispersion: counts.dispersion }
  return { low: countQuantile(0.1, scaled), expected: scaled.mean, high: countQuantile(0.9, scaled) }
}

/** Learns from a window that has settled. Changes `learned`. */
export function learn(learned: Learned, window: SettledWindow, settings: SpikeSettings): void {
  const clock = wallClockAt(window.end - (settings.windowMinutes * minuteMs) / 2, settings.zone)
  if (learned.visits === 0) learned.level = window.count
  const share = Math.max(shareOf(settings.halfLifeDays), 1 / (learned.visits + 1))
  const short = expectedOf(learned, window.end, settings.shortMinutes, settings)
  if (window.shortCount !== null)
    learnScatter(learned.shortScatter, cut(window.shortCount, short, settings), short.mean, share)
  if (window.now !== null) {
    const now = expectedNow(learned, window.end, { ...window.now.before, planned: 1 }, settings)
    learned.moodScatter ??= { ...learned.shortScatter }
    learnScatter(learned.moodScatter, cut(window.now.count, now, settings), now.mean, share)
  }
  const whole = expectedOf(learned, window.end, settings.windowMinutes, settings)
  const seen = cut(window.count, whole, settings)
  learnSlots(learned, clock, seen)
  learnScatter(learned.scatter, seen, whole.mean, share)
  learned.level = Math.max(0, learned.level + share * (seen - whole.mean))
  learned.visits += 1
}

const cut = (count: number, counts: Counts, { cap }: SpikeSettings): number =>
  Math.min(count, counts.mean + cap * standardDeviation(counts))

function learnScatter(scatter: Scatter, seen: number, mean: number, share: number): void {
  scatter.excess += share * ((seen - mean) ** 2 - mean - scatter.excess)
  scatter.square += share * (mean * mean - scatter.square)
}

/** How much one visit counts, so that half is new after so many days. */
const shareOf = (halfLifeDays: number): number => 1 - 2 ** (-learningMinutes / (halfLifeDays * 1440))

function learnSlots(learned: Learned, clock: WallClock, seen: number): void {
  const hour = Math.floor(clock.minuteOfDay / 60)
  const day = clock.weekday
  const weekday = knowsWeekdays(learned) ? learned.days[day]! : 1
  learned.hourSeen[hour] = learned.hourSeen[hour]! * hourMemory + seen
  learned.hourExpected[hour] = learned.hourExpected[hour]! * hourMemory + learned.level * weekday
  learned.daySeen[day] = learned.daySeen[day]! * dayMemory + seen
  learned.dayExpected[day] = learned.dayExpected[day]! * dayMemory + learned.level * learned.hours[hour]!
  if (learned.visits % visitsInHour === 0) deriveFactors(learned)
}

function deriveFactors(learned: Learned): void {
  const rough = ratios(learned.hourSeen, learned.hourExpected, hourPrior * learned.level)
  learned.hours = aroundOne(rough.map((own, at) => (rough[(at + 23) % 24]! + 2 * own + rough[(at + 1) % 24]!) / 4))
  learned.days = aroundOne(ratios(learned.daySeen, learned.dayExpected, dayPrior * learned.level))
}

const ratios = (seen: number[], expected: number[], prior: number): number[] =>
  seen.map((each, at) => (prior + expected[at]! > 0 ? (each + prior) / (expected[at]! + prior) : 1))

function aroundOne(factors: number[]): number[] {
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length
  return mean > 0 ? factors.map((factor) => factor / mean) : factors.map(() => 1)
}
