// The scorer against published scores, and our detector with its fixed settings, on the real series beside the checkout.

import { describe, expect, test } from 'vitest'
import { published, scoreDetector, scoreStored } from '../bench/spikes/judge-series.ts'
import { scoreSeries, scoringProfiles } from '../bench/spikes/score.ts'
import { readSeries, spikeData } from '../bench/spikes/series.ts'
import { settingsOf } from '../src/listening/spikes/settings.ts'

const { standard, lowFalsePositives } = scoringProfiles

describe('scoring', () => {
  const windows = [{ first: 200, last: 299 }]
  const scored = (alerts: number[]) => scoreSeries(alerts, windows, 1000, standard).score

  test('the first row of a window is worth 1, later less, nothing −1', () => {
    expect(scored([200])).toBeCloseTo(1, 12)
    expect(scored([250])).toBeLessThan(1)
    expect(scored([250, 260])).toBe(scored([250]))
    expect(scored([])).toBe(-1)
  })

  test('outside costs more the farther behind, in full before any window, nothing in probation', () => {
    expect(scored([200, 160])).toBeCloseTo(1 - 0.11, 12)
    expect(scored([200, 310])).toBeGreaterThan(scored([200, 390]))
    expect(scored([200, 900])).toBeCloseTo(1 - 0.11, 12)
    expect(scored([200, 149])).toBe(1)
  })
})

const lack = 'the series are not beside this checkout (../shared/data/spikes)'
if (spikeData === undefined) process.stderr.write(`\nSKIPPED, spike scores of real series: ${lack}\n`)

describe.skipIf(spikeData === undefined)(`real series${spikeData === undefined ? ` (SKIPPED: ${lack})` : ''}`, () => {
  const all = spikeData === undefined ? [] : readSeries(spikeData)

  test.each(published.slice(0, 3))('the scorer gives $name its published $score', (detector) => {
    expect(Math.abs(scoreStored(spikeData!, all, detector)!.score - detector.score)).toBeLessThan(0.1)
  })

  test('the standard profile reaches 68, and the quiet one 60 where false alerts cost double', () => {
    expect(scoreDetector(all, settingsOf('standard', 'UTC'), standard).score).toBeGreaterThan(68)
    expect(scoreDetector(all, settingsOf('quiet', 'UTC'), lowFalsePositives).score).toBeGreaterThan(60)
  })
})
