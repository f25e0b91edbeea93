// What is planted into a simulated year: crises of several shapes, smaller stirs, slow rises, own campaigns, outages.

import type { PlannedEvent } from '../../src/listening/spikes/types.ts'
import { between, logBetween, minuteMs, type Topic, yearMinutes, yearStart } from './topic.ts'

export const shapes = ['step', 'burst', 'ramp', 'waves', 'night'] as const
export type Shape = (typeof shapes)[number]

/**
 * A crisis (or a wave of praise): its own mentions come at least three times as often as all mentions usually do at that hour,
 * and at least two a minute; it lasts an hour or more. `from` is the minute from which on both hold.
 */
export interface Crisis {
  shape: Shape
  from: number
  to: number
  /** Own mentions in a minute at its height. */
  peak: number
  /** Times the usual. */
  size: number
  hostile: boolean
  negative: number
  rate(minute: number): number
}

export interface Plantings {
  crises: Crisis[]
  /** Half to two and a half times the usual on top, for hours: an alert for one is neither asked for nor false. */
  stirs: Crisis[]
  /** Ordinary unrest, up to once the usual for up to an hour and a half: an alert for one is false. */
  unrest: Crisis[]
  rise: { from: number; to: number; daily: number } | null
  events: PlannedEvent[]
  /** What events really bring, as a factor, by minute of the year. */
  eventFactor(minute: number): number
  outages: { from: number; to: number; filledLater: boolean }[]
}

/** Of own mentions in a minute, for a crisis of the smallest topics. */
export const leastPeak = 2
export const leastSize = 3
const firstMinute = 28 * 1440

export function plant(topic: Topic): Plantings {
  const taken: [number, number][] = []
  const free = (length: number, tries = 5000): number => {
    for (let round = 0; round < tries; round++) {
      const from = topic.random.whole(firstMinute, yearMinutes - length - 2 * 1440)
      // Three days of room on both sides, so that every alert has one cause.
      if (taken.every(([a, b]) => from > b + 3 * 1440 || from + length < a - 3 * 1440)) {
        taken.push([from, from + length])
        return from
      }
    }
    throw new Error('The year is too full.')
  }
  const rise = topic.random.chance(0.5)
    ? { from: free(21 * 1440), to: 0, daily: between(topic.random, 0.05, 0.1) }
    : null
  if (rise) rise.to = rise.from + 21 * 1440
  const campaigns = Array.from({ length: 6 }, (_, at) => makeEvent(topic, free(5 * 1440), at))
  return {
    crises: shapes.map((shape) => makeCrisis(topic, shape, free(2 * 1440))),
    stirs: Array.from({ length: 3 }, () => makeStir(topic, free(1440), [0.5, 2.5], [60, 300])),
    unrest: Array.from({ length: 24 }, () =>
      makeStir(topic, topic.random.whole(firstMinute, yearMinutes - 1440), [0.3, 1], [20, 90]),
    ),
    rise,
    events: campaigns.map(({ event }) => event),
    eventFactor: (minute) => campaigns.reduce((factor, { bring }) => factor * bring(minute), 1),
    outages: Array.from({ length: 14 }, () => {
      const from = topic.random.whole(1440, yearMinutes - 2 * 1440)
      const length = Math.round(logBetween(topic.random, 5, 1440))
      return { from, to: from + length, filledLater: length <= 50 && topic.random.chance(0.5) }
    }),
  }
}

function makeCrisis(topic: Topic, shape: Shape, near: number): Crisis {
  const { random } = topic
  const from = shape === 'night' ? quietestNear(topic, near) : near
  const usual = topic.usual(from)
  const size = logBetween(random, leastSize, 20)
  const least = Math.max(leastPeak, leastSize * usual)
  const peak = Math.max(leastPeak * between(random, 1, 4), size * usual)
  const plateau = between(random, 60, 600)
  const half = between(random, 30, 240)
  const up = between(random, 20, 90)
  const hostile = random.chance(0.6)
  const fading = (minute: number) => (minute < plateau ? peak : peak * 2 ** (-(minute - plateau) / half))
  const rates: Record<Shape, (since: number) => number> = {
    step: fading,
    night: fading,
    burst: (since) => Math.max(since < 60 ? least : 0, peak * 2 ** (-since / half)),
    // It has been growing before; a crisis it is from where the definition holds.
    ramp: (since) => (since < up ? least + ((peak - least) * since) / up : fading(since - up)),
    waves: (since) => fading(since) + (since > 480 ? 0.7 * fading(since - 480) : 0),
  }
  const own = rates[shape]
  const before = shape === 'ramp' ? up / 2 : 0
  const rate = (minute: number) => {
    const since = minute - from
    if (since < -before || since > 2 * 1440) return 0
    return since < 0 ? least * (1 + since / before) : own(since)
  }
  const negative = hostile
    ? between(random, 0.5, 0.9)
    : topic.negative[Math.floor(from / 1440)]! * between(random, 0.4, 1)
  return { shape, from, to: lastWith(rate, from, usual / 2), peak, size: peak / usual, hostile, negative, rate }
}

const quietestNear = (topic: Topic, near: number): number =>
  Array.from({ length: 96 }, (_, at) => near + at * 15).reduce((a, b) => (topic.usual(b) < topic.usual(a) ? b : a))

function lastWith(rate: (minute: number) => number, from: number, least: number): number {
  let at = from + 60
  while (at < from + 2 * 1440 && rate(at) > least) at += 5
  return at
}

function makeStir(topic: Topic, from: number, sizes: [number, number], lengths: [number, number]): Crisis {
  const { random } = topic
  const size = between(random, ...sizes)
  const peak = size * topic.usual(from)
  const to = from + Math.round(between(random, ...lengths))
  const negative = topic.negative[Math.floor(from / 1440)]!
  const rate = (minute: number) => (minute >= from && minute < to ? peak : 0)
  return { shape: 'step', from, to, peak, size, hostile: false, negative, rate }
}

/** Four of six are announced with a size that is right within a third; two are launches of unknown size. */
function makeEvent(topic: Topic, from: number, at: number): { event: PlannedEvent; bring(minute: number): number } {
  const { random } = topic
  const known = at < 4
  const to = from + Math.round(between(random, 1, 5) * 1440)
  const real = known ? between(random, 1.3, 4) : between(random, 4, 15)
  const span = { from: yearStart + from * minuteMs, to: yearStart + to * minuteMs }
  const factor = known ? real * between(random, 0.75, 1.33) : null
  return {
    event: { id: `event ${at + 1}`, ...span, factor },
    bring: (minute) => (minute >= from && minute < to ? real : 1),
  }
}
