// Leaves each series out in turn: settings are chosen on the other nine and scored on it, so that nothing is tuned on what it is judged by.

import { type SpikeSettings, settingsOf } from '../../src/listening/spikes/settings.ts'
import { alertRows } from './judge-series.ts'
import { type Scored, scoreAll, scoreSeries, type Weights } from './score.ts'
import type { Series } from './series.ts'

export interface LeftOut {
  series: string
  chosen: string
  /** Of the nine with those settings. */
  onOthers: number
  /** What the series itself then adds, of at most its number of windows. */
  own: number
}

/** All that was ever tried for a profile. */
function grid(): SpikeSettings[] {
  const base = settingsOf('standard', 'UTC')
  const all: SpikeSettings[] = []
  for (const surprise of [3, 3.5, 4, 4.5, 5]) {
    for (const shortPenalty of [1, 1.5, 2, 3]) {
      for (const cap of [5, 6, 7, 8, 10]) {
        // Both short windows are held back alike.
        const moodPenalty = shortPenalty
        for (const cooldownHours of [24, 36])
          all.push({ ...base, surprise, shortPenalty, moodPenalty, cap, cooldownHours })
      }
    }
  }
  return all
}

export function leaveOneOut(all: readonly Series[], weights: Weights): { together: Scored; each: LeftOut[] } {
  const tried = grid().map((settings) => ({
    settings,
    scored: all.map((series) => scoreOne(series, settings, weights)),
  }))
  const chosen = all.map((series, left) => {
    const onOthers = ({ scored }: (typeof tried)[number]) =>
      scoreAll(
        scored.filter((_, at) => at !== left),
        weights,
      ).score
    const best = tried.reduce((a, b) => (onOthers(b) > onOthers(a) ? b : a))
    const { surprise, shortPenalty, cap, cooldownHours } = best.settings
    const words = `surprise ${surprise}, short −${shortPenalty}, cap ${cap}, ${cooldownHours} h`
    return {
      own: best.scored[left]!,
      told: { series: series.name, chosen: words, onOthers: onOthers(best), own: best.scored[left]!.score },
    }
  })
  return {
    together: scoreAll(
      chosen.map(({ own }) => own),
      weights,
    ),
    each: chosen.map(({ told }) => told),
  }
}

const scoreOne = (series: Series, settings: SpikeSettings, weights: Weights): Scored =>
  scoreSeries(alertRows(series, settings), series.windows, series.times.length, weights)
