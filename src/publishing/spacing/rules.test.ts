// Spacing in cases and properties.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fallbackHalfLifeMinutes, type PlannedPost, spacingFor, tooNear } from './rules.ts'

const begin = Date.parse('2026-03-02T09:00Z')
const at = (postId: string, minutes: number, halfLifeMinutes = 60, accountId = 'a'): PlannedPost => ({
  ...{ postId, accountId, halfLifeMinutes },
  at: new Date(begin + minutes * 60_000),
})

const planned = fc
  .array(
    fc.record({
      account: fc.constantFrom('a', 'b'),
      minutes: fc.integer({ min: 0, max: 600 }),
      life: fc.integer({ min: 1, max: 240 }),
    }),
    { maxLength: 30 },
  )
  .map((some) => some.map(({ account, minutes, life }, index) => at(`p${index}`, minutes, life, account)))

describe('spacing', () => {
  test('names the nearest neighbour', () => {
    const [one, two, three] = [at('1', 0), at('2', 50), at('3', 70)]
    const found = tooNear([one, three, two])
    expect(found.get(one)).toEqual({ neighbour: two, apartMinutes: 50, wantedMinutes: 60 })
    expect(found.get(two)).toEqual({ neighbour: three, apartMinutes: 20, wantedMinutes: 60 })
    expect(found.get(three)?.neighbour).toBe(two)
  })

  test('exactly one half-life apart is far enough', () => {
    expect(tooNear([at('1', 0), at('2', 60)]).size).toBe(0)
    expect(tooNear([at('1', 0), at('2', 59)]).size).toBe(2)
  })

  test('a post that lives longer keeps its distance from one that does not', () => {
    expect(tooNear([at('1', 0, 1440), at('2', 700, 20)]).size).toBe(2)
  })

  test('falls back where a network says nothing, and where posts live for months', () => {
    expect(spacingFor(2 * 365 * 1440)).toBe(fallbackHalfLifeMinutes)
    expect(spacingFor(null)).toBe(fallbackHalfLifeMinutes)
    expect(spacingFor(1440)).toBe(1440)
  })

  test('alone there is nothing to be near to, and other accounts do not count', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 20 }),
        fc.integer({ min: 0, max: 600 }),
        (accounts, minutes) => {
          expect(tooNear(accounts.map((account, index) => at(`p${index}`, minutes, 240, account))).size).toBe(0)
        },
      ),
    )
  })

  test('agrees with looking at every pair, and is symmetric', () => {
    fc.assert(
      fc.property(planned, (some) => {
        const found = tooNear(some)
        for (const one of some) {
          const near = some.filter(
            (other) =>
              other !== one &&
              other.accountId === one.accountId &&
              Math.abs(other.at.getTime() - one.at.getTime()) <
                Math.max(one.halfLifeMinutes, other.halfLifeMinutes) * 60_000,
          )
          expect(found.has(one)).toBe(near.length > 0)
          for (const other of near) expect(found.has(other)).toBe(true)
          const apart = near.map((other) => Math.abs(other.at.getTime() - one.at.getTime()) / 60_000)
          if (near.length > 0) expect(found.get(one)!.apartMinutes).toBe(Math.min(...apart))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is monotone: more distance never brings a conflict, a longer life or another post never takes one away', () => {
    fc.assert(
      fc.property(planned, fc.integer({ min: 1, max: 5 }), (some, factor) => {
        const keys = (found: ReturnType<typeof tooNear>) => new Set([...found.keys()].map(({ postId }) => postId))
        const before = keys(tooNear(some))
        const spread = some.map((one) => ({ ...one, at: new Date(begin + (one.at.getTime() - begin) * factor) }))
        expect(keys(tooNear(spread)).difference(before).size).toBe(0)
        const longer = some.map((one) => ({ ...one, halfLifeMinutes: one.halfLifeMinutes * factor }))
        expect(before.difference(keys(tooNear(longer))).size).toBe(0)
        expect(before.difference(keys(tooNear([...some, at('more', 300)]))).size).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})
