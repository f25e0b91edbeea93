// Runs our detector over the benchmark series and scores it, and checks the scorer with published detectors.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { advance, newState } from '../../src/listening/spikes/detector.ts'
import type { SpikeSettings } from '../../src/listening/spikes/settings.ts'
import { type Scored, scoreAll, scoreSeries, scoringProfiles, type Weights } from './score.ts'
import { readScores, readThresholds, type Series } from './series.ts'

const binMs = 300_000

/** Rows at which something begins or grows. Rows are five minutes apart; their odd seconds are cut off. */
export function alertRows(series: Series, settings: SpikeSettings): number[] {
  const state = newState()
  const rows: number[] = []
  let before = Number.NEGATIVE_INFINITY
  for (const [row, time] of series.times.entries()) {
    const at = Math.max(before + binMs, Math.floor(time / binMs) * binMs)
    before = at
    const { signals } = advance(state, { at, count: series.values[row]! }, { ...settings, binMinutes: 5 })
    if (signals.some(({ what, trigger }) => what !== 'ended' && trigger === 'volume')) rows.push(row)
  }
  return rows
}

export function scoreDetector(all: readonly Series[], settings: SpikeSettings, weights: Weights): Scored {
  const each = all.map((series) =>
    scoreSeries(alertRows(series, settings), series.windows, series.times.length, weights),
  )
  return scoreAll(each, weights)
}

export interface Published {
  name: string
  stored: string
  threshold: string
  score: number
}

/** Published for this part of the benchmark; only outputs that are stored can be checked. */
export const published: Published[] = [
  { name: 'Twitter ADVec', stored: 'twitterADVec', threshold: 'twitterADVec', score: 59.6 },
  { name: 'Numenta HTM', stored: 'numenta', threshold: 'numenta', score: 68.0 },
  { name: 'ARTime', stored: 'ARTime', threshold: 'ARTime', score: 81.8 },
  { name: 'CAD OSE', stored: 'contextOSE', threshold: 'contextOSE', score: 74.5 },
]

/** The scorer's figure from the stored output of a published detector; null where none is stored. */
export function scoreStored(folder: string, all: readonly Series[], detector: Published): Scored | null {
  if (!existsSync(join(folder, 'detectors', detector.stored))) return null
  const { threshold } = readThresholds(folder)[detector.threshold]!.standard!
  const weights = scoringProfiles.standard
  const each = readScores(folder, detector.stored).map((scores, at) => {
    const alerts = scores.flatMap((score, row) => (score >= threshold ? [row] : []))
    const { windows, times } = all[at]!
    return scoreSeries(alerts, windows, times.length, weights)
  })
  return scoreAll(each, weights)
}
