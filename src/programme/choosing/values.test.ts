// Values of lines: pooled, forgotten by and by, with ranges that hold what they say.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawsFrom } from '../../lib/stats/draws.ts'
import { drawPerMinute, type MeasuredItem, valuesOf, weightAt } from './values.ts'

const items = (line: string, values: number[], weeksAgo = 0): MeasuredItem[] =>
  values.map((value) => ({ line, value, weeksAgo }))

describe('values', () => {
  test('half of an item is forgotten after thirteen weeks', () => {
    expect(weightAt(13)).toBe(0.5)
    expect(weightAt(26)).toBe(0.25)
    expect(weightAt(-1)).toBe(1)
  })

  test('of few items are drawn further towards the others than those of many', () => {
    const some = [
      ...items('few', [100, 120]),
      ...items('many', Array(40).fill(10)),
      ...items('mid', [9, 11, 30, 4, 16, 8]),
    ]
    const [few, many] = valuesOf(some, ['few', 'many', 'mid'])
    expect(few!.trust).toBeLessThan(many!.trust)
    expect(few!.likely).toBeLessThan(109)
    expect(few!.likely).toBeGreaterThan(10)
    expect(many!.likely).toBeCloseTo(10, 0)
  })

  test('of a line that is new are those of a usual line, with a wide range', () => {
    const [a, , unknown] = valuesOf([...items('a', [5, 6, 9, 12]), ...items('b', [7, 8, 10])], ['a', 'b', 'new'])
    expect(unknown).toMatchObject({ items: 0, weight: 0, trust: 0 })
    expect(unknown!.likely).toBeGreaterThan(5)
    expect(unknown!.likely).toBeLessThan(12)
    expect(unknown!.log.deviation).toBeGreaterThan(0)
    expect(a!.items).toBe(4)
    expect(valuesOf([], ['a'])).toEqual([])
  })

  test('follow what changed: a line that became worse lately is worth less than its mean', () => {
    const was = [...items('a', Array(12).fill(30), 40), ...items('a', Array(12).fill(5), 1)]
    const around = ['b', 'c', 'd'].flatMap((line, at) => items(line, [8 + at, 12 + at, 10, 14], 1))
    const [a] = valuesOf([...was, ...around], ['a', 'b', 'c', 'd'])
    expect(a!.likely).toBeLessThan(Math.expm1((Math.log1p(30) + Math.log1p(5)) / 2))
    expect(a!.weight).toBeLessThan(14)
  })

  test('lie in their range in 80 % of cases', () => {
    const draws = drawsFrom(9)
    let [inside, all] = [0, 0]
    for (let programme = 0; programme < 60; programme++) {
      const truth = Array.from({ length: 8 }, () => 2.5 + 0.45 * draws.normal())
      const ids = truth.map((_, at) => String(at))
      const seen = truth.flatMap((level, at) =>
        items(
          String(at),
          Array.from({ length: 6 }, () => Math.expm1(Math.max(0, level + 0.8 * draws.normal()))),
        ),
      )
      for (const [at, { low, high }] of valuesOf(seen, ids).entries()) {
        all++
        if (low <= Math.expm1(truth[at]!) && Math.expm1(truth[at]!) <= high) inside++
      }
    }
    expect(inside / all).toBeGreaterThan(0.73)
    expect(inside / all).toBeLessThan(0.87)
  })

  test('are never below nothing, and keep their order of range', () => {
    const some = fc.array(
      fc.record({
        line: fc.constantFrom('a', 'b', 'c'),
        value: fc.double({ min: 0, max: 1e6, noNaN: true }),
        weeksAgo: fc.integer({ min: 0, max: 200 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(some, (measured) => {
        for (const { low, likely, high, trust } of valuesOf(measured, ['a', 'b', 'c'])) {
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(likely)
          expect(likely).toBeLessThanOrEqual(high)
          expect(trust).toBeGreaterThanOrEqual(0)
          expect(trust).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  test('are drawn the same for the same seed', () => {
    const believed = [{ log: { mean: 2, deviation: 0.3 }, minutes: 20 }]
    const drawn = drawPerMinute(believed, { draws: 4000, seed: 2 }).map(([value]) => value! * 20)
    expect(drawn).toEqual(drawPerMinute(believed, { draws: 4000, seed: 2 }).map(([value]) => value! * 20))
    expect(drawn.filter((value) => value < Math.expm1(2)).length / 4000).toBeCloseTo(0.5, 1)
  })
})
