// The streaming detector: one state for a topic in a source, one bin at a time, a reading for each. Plain data in, plain data out.
//
// Causal: a reading depends on bins up to it. What is learned comes only from bins that have settled (an hour old), so that
// counts which arrive late can be put right, and so that the first hour of a crisis does not raise what is expected.

import { bandOf, knowsWeekdays, type Learned, learn, nothingLearned } from './expectation.ts'
import { planFor } from './planned.ts'
import { leastKnown, nowAndBefore, readingOf } from './reading.ts'
import { amend, append, binMs, binsOf, bridge, emptyRing, type Ring, type Sum, sumOf } from './ring.ts'
import { followRise, noRise, type Rise } from './rise.ts'
import { learningMinutes, type SpikeSettings } from './settings.ts'
import { kindOf, knowsShare, learnShare, leastJudgedAlone, noShare, shareNow, type UsualShare } from './share.ts'
import { type AlertMemory, nothingTold, shareSurprise, signalShare, signalVolume } from './signals.ts'
import type { Bin, PlannedEvent, Reading, ShareNow, Signal, What } from './types.ts'
import { wallClockAt, wallDayAt } from './wall-clock.ts'

export interface SpikeState {
  version: 1
  ring: Ring
  learned: Learned
  share: UsualShare
  rise: Rise
  told: AlertMemory
}

const minuteMs = 60_000

export const newState = (): SpikeState => ({
  version: 1,
  ring: emptyRing(),
  learned: nothingLearned(),
  share: noShare(),
  rise: noRise(),
  told: nothingTold(),
})

/** The state after one more bin, and what it says. The state that was given stays as it is. */
export function step(
  state: SpikeState,
  bin: Bin,
  settings: SpikeSettings,
  events: readonly PlannedEvent[] = [],
): { state: SpikeState; reading: Reading } {
  const next = structuredClone(state)
  return { state: next, reading: advance(next, bin, settings, events) }
}

/** The same for whoever owns the state: changes it. A bin that is not newer than all others is refused. */
export function advance(
  state: SpikeState,
  bin: Bin,
  settings: SpikeSettings,
  events: readonly PlannedEvent[] = [],
): Reading {
  const { ring } = state
  if (ring.end !== null && bin.at < ring.end) throw new RangeError('This bin was there already: put it right instead.')
  const signals: Signal[] = []
  for (let missing = bridge(ring, bin.at, settings); missing > 0; missing--) {
    const at = bin.at - missing * binMs(settings)
    take(state, { at, count: null }, { settings, events, signals })
  }
  take(state, bin, { settings, events, signals })
  const reading = readingOf(state, 0, settings, events)
  reading.signals = [...signals, ...signalsOf(state, reading, { settings, events, late: false })]
  return reading
}

export interface PutRight {
  readings: Reading[]
  signals: Signal[]
  tooOld: number
}

/**
 * Counts that came afterwards. Windows of the last hour that they change are judged again, and the most surprising of them
 * may raise an alert as if it had been seen then. `tooOld`: bins that have already been learned from; they stay as they were.
 */
export function putRight(
  state: SpikeState,
  bins: readonly Bin[],
  settings: SpikeSettings,
  events: readonly PlannedEvent[] = [],
): PutRight & { state: SpikeState } {
  const next = structuredClone(state)
  return { state: next, ...putRightInPlace(next, bins, settings, events) }
}

/** The same for whoever owns the state: changes it. */
export function putRightInPlace(
  state: SpikeState,
  bins: readonly Bin[],
  settings: SpikeSettings,
  events: readonly PlannedEvent[] = [],
): PutRight {
  const put = bins.filter((bin) => amend(state.ring, bin, settings))
  const tooOld = bins.length - put.length
  if (put.length === 0) return { readings: [], signals: [], tooOld }
  const oldest = Math.min(...put.map((bin) => bin.at))
  const back = Math.round((state.ring.end! - oldest) / binMs(settings)) - 1
  const readings = Array.from({ length: back + 1 }, (_, at) => readingOf(state, back - at, settings, events))
  const worst = readings.reduce((a, b) => (b.surprise > a.surprise ? b : a))
  const signals = signalsOf(state, worst, { settings, events, late: worst.at < state.ring.end! })
  return { readings, signals, tooOld }
}

interface Taking {
  settings: SpikeSettings
  events: readonly PlannedEvent[]
  signals: Signal[]
}

/** Appends the bin and learns from the one that settles by it. */
function take(state: SpikeState, bin: Bin, { settings, events, signals }: Taking): void {
  append(state.ring, bin, settings)
  const settle = binsOf(settings.settleMinutes, settings)
  if (state.ring.counts.length <= settle) return
  const end = state.ring.end! - settings.settleMinutes * minuteMs
  const settled = sumOf(state.ring, settle, 1)
  const plan = planFor(events, end - binMs(settings), end)
  if (settled.known > 0 && !plan.unusual) learnShare(state.share, settled, binMs(settings))
  const rise = followRise(
    state.rise,
    {
      count: settled.known > 0 ? settled.count : null,
      day: wallDayAt(end - 1, settings.zone),
      planned: plan.unusual,
    },
    (day) => (knowsWeekdays(state.learned) ? state.learned.days[(((day + 3) % 7) + 7) % 7]! : 1),
  )
  if (rise) {
    const { what, ...figures } = rise
    const why = { code: 'slow-rise' as const, ...figures }
    const sentiment = shareNow(state.share, lately(state.ring, settings))
    const kind = kindOf(sentiment)
    const told = { what, trigger: 'slow-rise' as const, kind, late: false, planned: plan.event }
    signals.push({ ...told, surprise: rise.sum, why, sentiment })
  }
  if (end % (learningMinutes * minuteMs) < binMs(settings)) learnWindow(state, end, settings, events)
}

/** What is told is not the usual, unless it lasts. */
function capOf({ told, ring }: SpikeState, { cap, openCap, openHours }: SpikeSettings): number {
  const { volume } = told
  return volume?.open && ring.end! - volume.at < openHours * 60 * minuteMs ? Math.min(cap, openCap) : cap
}

/** The window with the hour before it: sentiment needs more mentions than their number does. */
const lately = (ring: Ring, settings: SpikeSettings): Sum =>
  sumOf(ring, 0, binsOf(settings.windowMinutes + settings.settleMinutes, settings))

function learnWindow(state: SpikeState, end: number, settings: SpikeSettings, events: readonly PlannedEvent[]): void {
  const settle = binsOf(settings.settleMinutes, settings)
  const window = sumOf(state.ring, settle, binsOf(settings.windowMinutes, settings))
  if (window.known < leastKnown) return
  const plan = planFor(events, end - settings.windowMinutes * minuteMs, end)
  // What an event of unknown size brought is not the usual; what one of known size brought is, divided by it.
  if (plan.unusual && plan.factor === 1) return
  const short = sumOf(state.ring, settle, binsOf(settings.shortMinutes, settings))
  const count = window.count / window.known / plan.factor
  const shortCount = short.known < leastKnown ? null : short.count / short.known / plan.factor
  const own = nowAndBefore(state.ring, settle, settings)
  const now = own && {
    count: own.now.count / own.now.known / plan.factor,
    before: { count: own.before.count / plan.factor, known: own.before.known },
  }
  learn(state.learned, { count, shortCount, now, end }, { ...settings, cap: capOf(state, settings) })
}

interface Telling {
  settings: SpikeSettings
  events: readonly PlannedEvent[]
  late: boolean
}

/** What the reading begins, lets grow or ends, by what was told before. Changes what is remembered as told. */
function signalsOf(state: SpikeState, reading: Reading, telling: Telling): Signal[] {
  if (reading.watch !== 'watching') return []
  const signals: Signal[] = []
  const volume = signalVolume(state.told, reading, telling.settings)
  if (volume !== null) signals.push(volumeSignal(state, volume, reading, telling))
  const due = reading.at % (learningMinutes * minuteMs) === 0
  if (due && !telling.late && knowsShare(state.share)) {
    const now = shareNow(state.share, lately(state.ring, telling.settings), leastJudgedAlone)
    const share = signalShare(state.told, now, reading.at, telling.settings)
    if (share !== null) signals.push(shareSignal(share, now, reading.at, telling))
  }
  return signals
}

function volumeSignal(state: SpikeState, what: What, reading: Reading, { settings, events, late }: Telling): Signal {
  const deciding = reading.short ?? reading.window!
  const back = Math.round((state.ring.end! - reading.at) / binMs(settings))
  const sentiment = shareNow(state.share, sumOf(state.ring, back, binsOf(deciding.minutes, settings)))
  const clock = wallClockAt(reading.at - (deciding.minutes * minuteMs) / 2, settings.zone)
  const why = {
    code: 'volume' as const,
    count: deciding.count,
    minutes: Math.round(deciding.minutes * deciding.known),
    band: bandOf(deciding.expected),
    surprise: deciding.surprise,
    weekday: knowsWeekdays(state.learned) ? clock.weekday : null,
    hour: Math.floor(clock.minuteOfDay / 60),
    ...(deciding.mood === undefined ? {} : { mood: deciding.mood }),
  }
  const { event } = planFor(events, reading.at - settings.windowMinutes * minuteMs, reading.at)
  const kind = kindOf(sentiment)
  return { what, trigger: 'volume', kind, late, planned: event, surprise: reading.surprise, why, sentiment }
}

function shareSignal(what: What, now: ShareNow, at: number, { settings, events, late }: Telling): Signal {
  const minutes = settings.windowMinutes + settings.settleMinutes
  const why = { code: 'negative-share' as const, minutes, ...now, usual: now.usual!, probability: now.probability! }
  const surprise = shareSurprise(why.probability)
  const { event } = planFor(events, at - minutes * minuteMs, at)
  const kind = 'potential-issue' as const
  return { what, trigger: 'negative-share', kind, late, planned: event, surprise, why, sentiment: now }
}
