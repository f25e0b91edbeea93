// Which line an expense is booked on, and when a line is told to be above its plan or on its way there.

import { describe, expect, test } from 'vitest'
import { loadSettings } from '../load/figures/settings.ts'
import { type Booked, standOfLines } from './lines.ts'
import type { BudgetLine } from './types.ts'

const settings = loadSettings()
const campaign = '018f0000-0000-7000-8000-000000000001'
const line = (name: string, months: number[] | number, more: Partial<BudgetLine> = {}): BudgetLine => ({
  ...{ id: name, name, kind: 'advertising', channel: null, campaignId: null, ...more },
  months: Array.isArray(months) ? months : Array.from({ length: 12 }, () => months),
})
const spent = (month: number, amount: number, more: Partial<Booked> = {}): Booked => ({
  ...{ month, amount, kind: 'advertising', channel: null, campaignId: null, isCommitted: false, ...more },
})
const stand = (lines: BudgetLine[], booked: Booked[], until = 6, own = settings) =>
  standOfLines(lines, booked, { until, settings: own })
const oneLine = (booked: Booked[], until = 6, own = settings) => stand([line('Ads', 100)], booked, until, own)[0]!

describe('an expense', () => {
  test('belongs to the line that says most of what it is, and to no line that is for something else', () => {
    const lines = [
      line('All of it', 100),
      line('On the blog', 100, { channel: 'blog' }),
      line('For the spring', 100, { campaignId: campaign }),
      line('A tool', 100, { kind: 'tools' }),
    ]
    const booked = [
      spent(0, 1, { channel: 'blog' }),
      spent(0, 2, { channel: 'blog', campaignId: campaign }),
      spent(0, 4, { channel: 'forum' }),
      spent(0, 8, { kind: 'tools', channel: 'blog' }),
      spent(0, 16, { kind: 'content' }),
    ]
    expect(stand(lines, booked).map(({ names, actual }) => [names.join(), actual])).toEqual([
      ['All of it', 4],
      ['On the blog', 1],
      ['For the spring', 2],
      ['A tool', 8],
      ['', 16],
    ])
  })

  test('of two lines for the same stands with both; what nobody planned is above its plan', () => {
    const both = stand(
      [line('One', 10, { kind: 'tools' }), line('Other', 20, { kind: 'tools' })],
      [spent(0, 300, { kind: 'tools' }), spent(1, 5)],
    )
    expect(both).toMatchObject([
      { names: ['One', 'Other'], plan: 360, actual: 300, state: 'fits' },
      { names: [], kind: 'advertising', plan: 0, actual: 5, state: 'above' },
    ])
  })
})

describe('a line', () => {
  test('is above its plan by what was spent and ordered together', () => {
    expect(oneLine([spent(0, 1200)])).toMatchObject({ state: 'fits', plan: 1200, actual: 1200 })
    expect(oneLine([spent(0, 1000), spent(9, 201, { isCommitted: true })])).toMatchObject({
      ...{ state: 'above', actual: 1000, committed: 201 },
    })
    // What came back makes room again.
    expect(oneLine([spent(0, 1300), spent(1, -200)]).state).toBe('fits')
  })

  test('is on its way above it by the pace of its whole months', () => {
    const months = (amount: number, count: number) => Array.from({ length: count }, (_, month) => spent(month, amount))
    expect(oneLine(months(120, 6))).toMatchObject({ state: 'on-its-way', forecast: 1440 })
    expect(oneLine(months(104, 6))).toMatchObject({ state: 'fits', forecast: 1248 })
    expect(oneLine(months(104, 6), 6, loadSettings({ paceSlack: 0 })).state).toBe('on-its-way')
    // Two months are no pace yet, and the one that goes on is not whole.
    expect(oneLine(months(120, 2))).toMatchObject({ state: 'fits', forecast: null })
    expect(oneLine(months(120, 3), 2).forecast).toBe(null)
    expect(oneLine(months(120, 2), 6, loadSettings({ paceMonths: 2 })).forecast).toBe(480)
    // What is ordered is sure.
    expect(oneLine([...months(100, 6), spent(8, 590, { isCommitted: true })]).forecast).toBe(1200)
  })

  test('that is paid at once is forecast by no pace, early or late, and one of a year ahead by none', () => {
    const fair = line('Fair', [0, 0, 1200, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    for (const until of [1, 2, 3, 11])
      expect(stand([fair], [spent(1, 1200)], until)[0]).toMatchObject({ state: 'fits', forecast: null })
    expect(oneLine([spent(0, 100, { isCommitted: true })], -1)).toMatchObject({ state: 'fits', forecast: null })
    // Seasons are in the plan: much was planned for the months that are over.
    const season = line('Season', [300, 300, 300, 300, 0, 0, 0, 0, 0, 0, 0, 0])
    const booked = [0, 1, 2, 3].map((month) => spent(month, 290))
    expect(stand([season], booked)[0]).toMatchObject({ state: 'fits', forecast: 1160 })
  })
})
