// The two ways: what must hold whatever is assumed, and what the page says with the assumptions as they are.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadSettings } from '../load/figures/settings.ts'
import { assumed, assumptions, longPaths } from './paths.ts'

const settings = loadSettings()
const question = { from: '2027-01-04', weeks: 104, baseline: 180, target: 400, ceiling: null }

describe('two ways over two years', () => {
  const weeks = longPaths(question, assumed(), settings)
  const last = weeks.at(-1)!

  test('the sprint is ahead at first, and far behind at the end', () => {
    expect(weeks[5]!.sprint.built).toBeGreaterThan(weeks[5]!.marathon.built)
    expect(last.sprint.built).toBeLessThan(50)
    expect(last.marathon.built).toBeGreaterThan(150)
    // Once it has quit it has no minutes until the next one.
    expect(weeks.slice(20, 50).every(({ sprint }) => sprint.minutes === 0)).toBe(true)
    expect(weeks[52]!.sprint.minutes).toBe(540)
  })

  test('the marathon follows the rules of the plan: no new high of more than a fifth, rests, and the target held', () => {
    let highest = question.baseline
    for (const { marathon } of weeks) {
      expect(marathon.minutes).toBeLessThanOrEqual(highest * settings.newHigh + 1e-6)
      highest = Math.max(highest, marathon.minutes)
    }
    expect(highest).toBeCloseTo(question.target, 6)
    expect(
      weeks.some(({ marathon }, index) => index > 0 && marathon.minutes < weeks[index - 1]!.marathon.minutes * 0.9),
    ).toBe(true)
  })
})

const own = fc.record(
  Object.fromEntries(
    Object.entries(assumptions).map(([name, { least, most }]) => [
      name,
      fc.double({ min: least, max: most, noNaN: true }),
    ]),
  ),
) as fc.Arbitrary<ReturnType<typeof assumed>>

test('nothing runs away: whatever is assumed, both stay between nothing and what their highest minutes hold up for ever', () => {
  fc.assert(
    fc.property(own, fc.integer({ min: 30, max: 2000 }), (given, baseline) => {
      const weeks = longPaths({ ...question, baseline, target: 2 * baseline }, given, settings)
      for (const path of ['sprint', 'marathon'] as const) {
        const most = Math.max(baseline, ...weeks.map((week) => week[path].minutes))
        const bound = 100 * (most / baseline) ** given.returns
        for (const week of weeks) {
          expect(week[path].built).toBeGreaterThanOrEqual(0)
          expect(week[path].built).toBeLessThanOrEqual(bound * (1 + 1e-9))
          expect(week[path].minutes).toBeGreaterThanOrEqual(0)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('a ceiling is never passed, and who keeps up what is there stays at 100', () => {
  const capped = longPaths({ ...question, ceiling: 200 }, assumed(), settings)
  expect(Math.max(...capped.map(({ marathon }) => marathon.minutes))).toBeLessThanOrEqual(200)
  const kept = longPaths({ ...question, target: 180 }, assumed(), { ...settings, cutBack: 1 })
  for (const { marathon } of kept) expect(marathon.built).toBeCloseTo(100, 6)
})
