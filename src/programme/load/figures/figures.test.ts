// Every number of the rules stands in one object, with what a page needs to show it, and defaults that fit together.

import { describe, expect, test } from 'vitest'
import type { Figure } from './figure.ts'
import { figureNames, loadFigures, loadSettings, settingFaults } from './settings.ts'

describe('figures', () => {
  test('each has a unit, bounds around its default, a sentence and a source', () => {
    for (const name of figureNames) {
      const { value, least, most, says, source }: Figure = loadFigures[name]
      expect([name, value >= least && value <= most]).toEqual([name, true])
      expect([name, /^[A-Z"].{20,}\.$/.test(says)]).toEqual([name, true])
      expect([name, source.length > 8]).toEqual([name, true])
    }
  })

  test('hold together, and a change keeps the rest', () => {
    expect(settingFaults(loadSettings())).toEqual([])
    expect(loadSettings({ growth: 0.05 })).toEqual({ ...loadSettings(), growth: 0.05 })
  })

  test('refuse what makes no sense, by the name of the field', () => {
    const fields = (own: Parameters<typeof loadSettings>[0]) =>
      settingFaults(loadSettings(own)).map(({ field }) => field)
    expect(fields({ growth: 0.5 })).toEqual(['growth'])
    expect(fields({ growth: Number.NaN })).toEqual(['growth'])
    expect(fields({ warnRatio: 1.6 })).toEqual(['warnRatio'])
    expect(fields({ cutBack: 0.92 })).toEqual(['cutBack'])
    expect(fields({ taperSecond: 0.8 })).toEqual(['taperSecond'])
  })
})
