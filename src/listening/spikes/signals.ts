// When a reading becomes an alert, and when it stays silent because enough was told.

import type { SpikeSettings } from './settings.ts'
import type { Reading, ShareNow, What } from './types.ts'

/** The last alert of a kind. */
export interface Told {
  at: number
  /** When it was raised or last told again: from then on it takes its measure. */
  measuredFrom: number
  /** The most that was told of it. */
  surprise: number
  /** It has not become calm since. */
  open: boolean
}

export interface AlertMemory {
  volume: Told | null
  share: Told | null
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Below this a window is an ordinary one: one in ten is like it. */
const calm = 1
/** A rise of the share less likely than this is over. */
const unlikely = 0.5
/** And it grows by at least so much of what it was. */
const growthShare = 0.2

export const nothingTold = (): AlertMemory => ({ volume: null, share: null })

/** Raised, grown, ended or nothing. Changes what is remembered. */
export function signalVolume(memory: AlertMemory, reading: Reading, settings: SpikeSettings): What | null {
  const { surprise, at } = reading
  const count = (reading.short ?? reading.window)?.count ?? 0
  const enough = count >= settings.leastCount && surprise >= settings.surprise
  const what = decide(memory.volume, { at, surprise, enough, calm: surprise < calm }, settings)
  measure(memory.volume, at, surprise, settings)
  if (what !== null) memory.volume = remember(memory.volume, what, at, surprise)
  return what
}

/** The same for the share of negative mentions. */
export function signalShare(memory: AlertMemory, now: ShareNow, at: number, settings: SpikeSettings): What | null {
  if (now.probability === null) return null
  const surprise = shareSurprise(now.probability)
  const enough = now.negative >= settings.leastCount && surprise >= settings.shareSurprise
  measure(memory.share, at, surprise, settings)
  const what = decide(memory.share, { at, surprise, enough, calm: now.probability < unlikely }, settings)
  if (what !== null) memory.share = remember(memory.share, what, at, surprise)
  return what
}

/** −log10 of the probability that the share did not rise by ten points; more than 12 is not told apart. */
export const shareSurprise = (probability: number): number => -Math.log10(Math.max(1e-12, 1 - probability))

interface Evidence {
  at: number
  surprise: number
  enough: boolean
  calm: boolean
}

/**
 * One alert at a time: silent for the cooldown, and until things have been calm once, unless surprise grows by so much
 * beyond what was told.
 */
export function decide(told: Told | null, evidence: Evidence, settings: SpikeSettings): What | null {
  if (!evidence.enough) return told?.open && evidence.calm ? 'ended' : null
  if (told === null) return 'raised'
  if (told.open && isMeasured(told, evidence.at, settings)) return null
  const silent = evidence.at - told.at < settings.cooldownHours * hourMs
  if (!silent && !told.open) return 'raised'
  // Where surprise is large already, chance alone moves it by more than that.
  if (evidence.surprise < told.surprise + Math.max(settings.growth, growthShare * told.surprise)) return null
  return told.open ? 'grew' : 'raised'
}

/** In its first hours an alert takes its measure: growth is counted from the most that was seen by then. */
function measure(told: Told | null, at: number, surprise: number, settings: SpikeSettings): void {
  if (told?.open && isMeasured(told, at, settings)) told.surprise = Math.max(told.surprise, surprise)
}

const isMeasured = (told: Told, at: number, { measureMinutes }: SpikeSettings): boolean =>
  at - told.measuredFrom < measureMinutes * minuteMs

function remember(told: Told | null, what: What, at: number, surprise: number): Told {
  if (what === 'ended') return { ...told!, open: false }
  if (what === 'grew') return { ...told!, measuredFrom: at, surprise }
  return { at, measuredFrom: at, surprise, open: true }
}
