// Slow rises: told once, told again when they rise on, and over when the level is back or has become the usual one.

import { describe, expect, test } from 'vitest'
import { followRise, noRise, type RiseSignal } from './rise.ts'

/** Day totals, four bins a day, with the days on which something was told. */
function live(totals: readonly number[]): (RiseSignal & { day: number })[] {
  const rise = noRise()
  const told: (RiseSignal & { day: number })[] = []
  for (const [day, total] of [...totals, 0].entries()) {
    for (let bin = 0; bin < 4; bin++) {
      const signal = followRise(rise, { count: total / 4, day, planned: false }, () => 1)
      if (signal) told.push({ ...signal, day: day - 1 })
    }
  }
  return told
}

/** A quiet wobble, so that scatter is known. */
const quiet = (days: number, level = 100): number[] =>
  Array.from({ length: days }, (_, at) => level * (1 + 0.04 * (((at * 7) % 5) - 2)))
const rising = (days: number, from: number, daily: number): number[] =>
  Array.from({ length: days }, (_, at) => from * (1 + daily) ** at)

describe('a slow rise', () => {
  test('is raised once, and nothing follows from an ordinary month', () => {
    expect(live(quiet(90))).toEqual([])
    expect(live([...quiet(40), ...rising(12, 100, 0.08)]).map(({ what }) => what)).toEqual(['raised'])
  })

  test('is over when the level is back', () => {
    const told = live([...quiet(40), ...rising(12, 100, 0.08), ...quiet(20)])
    expect(told.map(({ what, over }) => [what, over])).toEqual([
      ['raised', null],
      ['ended', 'back'],
    ])
    // Half of what is recent is today: a few days of the old level are enough.
    expect(told[1]!.day - 51).toBeLessThanOrEqual(5)
    expect(told[1]!.ratio).toBeLessThan(1.2)
  })

  test('is over when the higher level has held for two weeks: by now it is the usual one', () => {
    const told = live([...quiet(40), ...rising(12, 100, 0.08), ...quiet(40, 240)])
    const [last] = told.slice(-1)
    expect(last).toMatchObject({ what: 'ended', over: 'learnt' })
    expect(last!.ratio).toBeGreaterThan(1.8)
    expect(told.filter(({ what }) => what === 'ended').length).toBe(1)
  })

  test('is told again while it rises on, and stays one rise', () => {
    const told = live([...quiet(40), ...rising(24, 100, 0.1), ...quiet(20)])
    expect(told.map(({ what }) => what).filter((what) => what === 'raised').length).toBe(1)
    expect(told.some(({ what }) => what === 'grew')).toBe(true)
    expect(told.at(-1)).toMatchObject({ what: 'ended', over: 'back' })
  })

  test('that begins after one is over is a new one', () => {
    const once = [...rising(12, 100, 0.1), ...quiet(60)]
    expect(live([...quiet(40), ...once, ...once]).flatMap(({ what }) => (what === 'grew' ? [] : what))).toEqual([
      'raised',
      'ended',
      'raised',
      'ended',
    ])
  })

  test('that was told by an older version, which knew of no end, goes on as it is', () => {
    const { told: _, ...stored } = noRise()
    const rise = { ...stored, day: 0, bins: 1, heard: 1, seen: 100, days: 30, level: Math.log(101) }
    expect(followRise(rise, { count: 100, day: 1, planned: false }, () => 1)).toBeNull()
  })
})
