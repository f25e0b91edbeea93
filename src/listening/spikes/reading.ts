// What the last minutes of a topic show: the whole window and the short ones, each beside what is expected of it, and which of them decides.

import { type Counts, standardDeviation, surpriseAbove, surpriseBelow } from '../../lib/stats/negative-binomial.ts'
import { type Before, expectedNow, expectedOf, hoursListened, type Learned } from './expectation.ts'
import { planFor } from './planned.ts'
import { binMs, binsOf, type Ring, type Sum, sumOf } from './ring.ts'
import type { SpikeSettings } from './settings.ts'
import type { PlannedEvent, Reading, WindowReading } from './types.ts'

/** What a detector has seen lately, and what it has learned. */
interface Seen {
  ring: Ring
  learned: Learned
}

const minuteMs = 60_000
/** Somebody has to have listened to so much of a window before it is judged or learned from. */
export const leastKnown = 0.5
/** Within so many standard deviations nothing surprises: about one window in ten lies above. */
const ordinary = 1.3
/** A short window decides only where it shows much more than that; and only a silence as deep is one. */
const striking = 2.5

/** null: mood is not asked for, or nobody listened to most of it. */
export function nowAndBefore(ring: Ring, back: number, settings: SpikeSettings): { now: Sum; before: Before } | null {
  if (settings.moodMinutes === 0) return null
  const length = binsOf(settings.shortMinutes, settings)
  const now = sumOf(ring, back, length)
  if (now.known < leastKnown) return null
  const before = sumOf(ring, back + length, binsOf(settings.moodMinutes, settings))
  return before.known < leastKnown ? null : { now, before }
}

/** The windows that end `back` bins before the newest. */
export function readingOf(
  state: Seen,
  back: number,
  settings: SpikeSettings,
  events: readonly PlannedEvent[],
): Reading {
  const at = state.ring.end! - back * binMs(settings)
  const bare = { at, window: null, short: null, surprise: 0, signals: [] }
  const sum = sumOf(state.ring, back, binsOf(settings.windowMinutes, settings))
  if (sum.known < leastKnown) return { ...bare, watch: 'suspended' }
  if (state.learned.visits === 0) return { ...bare, watch: 'learning' }
  const { factor } = planFor(events, at - settings.windowMinutes * minuteMs, at)
  const usual = expectedOf(state.learned, at, settings.windowMinutes, settings)
  const window = windowReading(sum, settings.windowMinutes, { usual, factor, from: ordinary })
  const [short, surprise] = shortReading(state, back, factor, settings)
  const deciding = surprise > window.surprise
  return {
    ...bare,
    window,
    short: deciding ? short : null,
    surprise: deciding ? surprise : window.surprise,
    watch: hoursListened(state.learned) < settings.warmUpHours ? 'learning' : 'watching',
  }
}

/** The short window that shows most, expected by what is usual or by the mood before it, and what its surprise counts. */
function shortReading(
  { ring, learned }: Seen,
  back: number,
  factor: number,
  settings: SpikeSettings,
): [WindowReading | null, number] {
  const at = ring.end! - back * binMs(settings)
  let best: [WindowReading | null, number] = [null, 0]
  const sum = sumOf(ring, back, binsOf(settings.shortMinutes, settings))
  if (sum.known >= leastKnown) {
    const usual = expectedOf(learned, at, settings.shortMinutes, settings)
    const reading = windowReading(sum, settings.shortMinutes, { usual, factor, from: striking })
    best = [reading, reading.surprise - settings.shortPenalty]
  }
  const own = nowAndBefore(ring, back, settings)
  if (own) {
    const usual = expectedNow(learned, at, { ...own.before, planned: factor }, settings)
    const { mood } = usual
    const reading = { ...windowReading(own.now, settings.shortMinutes, { usual, factor, from: striking }), mood }
    if (reading.surprise - settings.moodPenalty > best[1]) best = [reading, reading.surprise - settings.moodPenalty]
  }
  return best
}

interface Judging {
  usual: Counts
  /** So many times that is planned. */
  factor: number
  /** Standard deviations from which on surprise is worked out. */
  from: number
}

function windowReading(sum: Sum, minutes: number, { usual, factor, from }: Judging): WindowReading {
  const expected = { mean: usual.mean * factor * sum.known, dispersion: usual.dispersion }
  const far = sum.count - expected.mean
  const deviation = standardDeviation(expected)
  return {
    minutes,
    known: sum.known,
    count: sum.count,
    expected,
    surprise: far > from * deviation ? surpriseAbove(sum.count, expected) : 0,
    lack: far < -striking * deviation ? surpriseBelow(sum.count, expected) : 0,
  }
}
