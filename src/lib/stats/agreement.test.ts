// Agreement of coders and intervals of shares against the published examples.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreementOf, tableOf } from './agreement.ts'
import { wilsonInterval } from './proportion.ts'

describe("Cohen's kappa", () => {
  test('two dermatologists and 88 patients (SAS/STAT, PROC FREQ): 0.3449, error 0.0724, 0.2030 to 0.4868', () => {
    const { kappa, standardError, low, high, n } = agreementOf([
      [10, 4, 1, 0],
      [5, 10, 12, 2],
      [2, 4, 12, 5],
      [0, 2, 6, 13],
    ])
    expect(n).toBe(88)
    expect(kappa).toBeCloseTo(0.3449, 4)
    expect(standardError).toBeCloseTo(0.0724, 4)
    expect(low).toBeCloseTo(0.203, 3)
    expect(high).toBeCloseTo(0.4868, 4)
  })

  test('fifty proposals and two readers: 20, 5, 10, 15 give 0.4', () => {
    expect(
      agreementOf([
        [20, 5],
        [10, 15],
      ]).kappa,
    ).toBeCloseTo(0.4, 12)
  })

  test('always the same label on both sides: agreement, and no kappa, as chance explains it', () => {
    const { observed, kappa, low } = agreementOf([
      [30, 0],
      [0, 0],
    ])
    expect({ observed, kappa, low }).toEqual({ observed: 1, kappa: null, low: null })
    expect(agreementOf([]).kappa).toBeNull()
  })

  test('is 1 exactly where all agree, at most 1, and the same for both orders', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('good', 'bad', 'none'), fc.constantFrom('good', 'bad', 'none')))
    fc.assert(
      fc.property(pairs, (some) => {
        const own = agreementOf(tableOf(some).table)
        const turned = agreementOf(tableOf(some.map(([a, b]) => [b, a] as const)).table)
        if (own.kappa === null) return
        expect(own.kappa).toBeLessThanOrEqual(1 + 1e-12)
        expect(own.kappa).toBeCloseTo(turned.kappa!, 9)
        expect(own.standardError).toBeCloseTo(turned.standardError!, 9)
        expect(Math.abs(own.kappa - 1) < 1e-12).toBe(some.every(([a, b]) => a === b))
      }),
    )
  })

  test('the table counts each pair once', () => {
    const { labels, table } = tableOf([
      ['a', 'a'],
      ['a', 'b'],
      ['b', 'b'],
      ['b', 'b'],
    ])
    expect(labels).toEqual(['a', 'b'])
    expect(table).toEqual([
      [1, 1],
      [0, 2],
    ])
  })
})

describe("Wilson's interval", () => {
  test('the four examples of Newcombe (1998, Statistics in Medicine 17, table I, method 3)', () => {
    const rounded = (seen: number, of: number) => {
      const { low, high } = wilsonInterval(seen, of)
      return [low.toFixed(4), high.toFixed(4)]
    }
    expect(rounded(81, 263)).toEqual(['0.2553', '0.3662'])
    expect(rounded(15, 148)).toEqual(['0.0624', '0.1605'])
    expect(rounded(0, 20)).toEqual(['0.0000', '0.1611'])
    expect(rounded(1, 29)).toEqual(['0.0061', '0.1718'])
  })

  test('holds the share, within 0 and 1, and narrows with more cases', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (seen, more) => {
        const of = seen + more
        const { share, low, high } = wilsonInterval(seen, of)
        expect(low).toBeLessThanOrEqual(share)
        expect(high).toBeGreaterThanOrEqual(share)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        const ten = wilsonInterval(seen * 10, of * 10)
        expect(ten.high - ten.low).toBeLessThanOrEqual(high - low + 1e-12)
      }),
    )
  })
})
