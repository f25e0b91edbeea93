// The last bins of a topic, oldest first: the window that is judged, and those before it that may still be put right.

import type { SpikeSettings } from './settings.ts'
import type { Bin } from './types.ts'

export interface Ring {
  /** End of the newest bin; null before the first. */
  end: number | null
  /** null: nobody listened. */
  counts: (number | null)[]
  judged: number[]
  negative: number[]
}

/** What some bins in a row come to. */
export interface Sum {
  count: number
  judged: number
  negative: number
  /** Share of the bins in which somebody listened. */
  known: number
}

const minuteMs = 60_000

export const emptyRing = (): Ring => ({ end: null, counts: [], judged: [], negative: [] })

export const binsOf = (minutes: number, settings: SpikeSettings): number => Math.round(minutes / settings.binMinutes)

export const binMs = (settings: SpikeSettings): number => settings.binMinutes * minuteMs

/** The longest that is looked at, of what has settled. */
const ringBins = (settings: SpikeSettings): number => {
  const { windowMinutes, shortMinutes, moodMinutes, settleMinutes } = settings
  return binsOf(settleMinutes + Math.max(windowMinutes, shortMinutes + moodMinutes), settings)
}

/** Appends a bin that is newer than all others. Changes the ring. */
export function append(ring: Ring, bin: Bin, settings: SpikeSettings): void {
  ring.counts.push(bin.count)
  ring.judged.push(bin.count === null ? 0 : (bin.judged ?? 0))
  ring.negative.push(bin.count === null ? 0 : (bin.negative ?? 0))
  if (ring.counts.length > ringBins(settings)) {
    ring.counts.shift()
    ring.judged.shift()
    ring.negative.shift()
  }
  ring.end = bin.at + binMs(settings)
}

/** Bins between the newest and `at` about which nothing was told. More than the ring holds say nothing more. */
export function bridge(ring: Ring, at: number, settings: SpikeSettings): number {
  if (ring.end === null) return 0
  const missing = Math.round((at - ring.end) / binMs(settings))
  return Math.min(missing, ringBins(settings))
}

/** Puts a bin right that is still in the ring. False: it is older. Changes the ring. */
export function amend(ring: Ring, bin: Bin, settings: SpikeSettings): boolean {
  if (ring.end === null) return false
  const back = Math.round((ring.end - bin.at) / binMs(settings))
  // Whatever has begun to be learned from stays as it is.
  if (back < 1 || back > binsOf(settings.settleMinutes, settings) || back > ring.counts.length) return false
  const index = ring.counts.length - back
  ring.counts[index] = bin.count
  ring.judged[index] = bin.count === null ? 0 : (bin.judged ?? 0)
  ring.negative[index] = bin.count === null ? 0 : (bin.negative ?? 0)
  return true
}

/** The sum of `length` bins of which the last is `back` bins before the newest. Bins before the beginning are unknown. */
export function sumOf(ring: Ring, back: number, length: number): Sum {
  const to = ring.counts.length - back
  let [count, judged, negative, heard] = [0, 0, 0, 0]
  for (let at = Math.max(0, to - length); at < to; at++) {
    const own = ring.counts[at]
    if (own === null || own === undefined) continue
    heard += 1
    count += own
    judged += ring.judged[at]!
    negative += ring.negative[at]!
  }
  return { count, judged, negative, known: heard / length }
}
