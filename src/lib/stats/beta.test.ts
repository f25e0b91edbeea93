// The beta distribution against published values, against simulation of its meaning, and by its laws.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaBelow, betaMean, betaQuantile, logBetaTails, probabilityOfRise } from './beta.ts'
import { studentQuantile } from './student.ts'

const shapes = fc.double({ min: 0.5, max: 500, noNaN: true })

describe('the beta distribution', () => {
  test('whole shapes are binomial tails: P(share ≤ 0.3 | 2, 5) = 0.579825', () => {
    expect(betaBelow({ a: 2, b: 5 }, 0.3)).toBeCloseTo(0.579825, 6)
    expect(betaBelow({ a: 0.5, b: 0.5 }, 0.5)).toBeCloseTo(0.5, 12)
  })

  test('far tails stay exact: P(share > 0.999 | 1, 400) = 0.001^400', () => {
    expect(logBetaTails({ a: 1, b: 400 }, 0.999).above).toBeCloseTo(400 * Math.log(0.001), 6)
  })

  test('is symmetrical, and grows', () => {
    fc.assert(
      fc.property(shapes, shapes, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, x) => {
        expect(betaBelow({ a, b }, x)).toBeCloseTo(1 - betaBelow({ a: b, b: a }, 1 - x), 9)
        expect(betaBelow({ a, b }, Math.min(1, x + 0.01))).toBeGreaterThanOrEqual(betaBelow({ a, b }, x) - 1e-12)
      }),
    )
  })

  test('a quantile is where that part of the belief ends', () => {
    fc.assert(
      fc.property(shapes, shapes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, part) => {
        expect(betaBelow({ a, b }, betaQuantile(part, { a, b }))).toBeCloseTo(part, 7)
      }),
    )
  })
})

test("Student's table: 2.2281 with 10 degrees of freedom at 97.5 %, 636.62 with one at 99.95 %", () => {
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.22814, 4)
  expect(studentQuantile(0.025, 10)).toBeCloseTo(-2.22814, 4)
  expect(studentQuantile(0.9995, 1)).toBeCloseTo(636.619, 2)
})

describe('whether a share rose', () => {
  test('two equal beliefs: one half that it rose at all (Evan Miller: conversion 200 of 1000 v 220 of 1000 = 0.863)', () => {
    expect(probabilityOfRise({ a: 30, b: 70 }, { a: 30, b: 70 }, 0)).toBeCloseTo(0.5, 3)
    // The closed sum for whole shapes gives the same.
    expect(probabilityOfRise({ a: 221, b: 781 }, { a: 201, b: 801 }, 0)).toBeCloseTo(closedSum(221, 781, 201, 801), 3)
  })

  test('is the closed sum, for any whole shapes', () => {
    const whole = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(whole, whole, whole, whole, (a, b, c, d) => {
        expect(Math.abs(probabilityOfRise({ a, b }, { a: c, b: d }, 0) - closedSum(a, b, c, d))).toBeLessThan(0.004)
      }),
      { numRuns: 60 },
    )
  })

  test('is the less likely the larger the rise, and always a probability', () => {
    fc.assert(
      fc.property(shapes, shapes, shapes, shapes, (a, b, c, d) => {
        const some = probabilityOfRise({ a, b }, { a: c, b: d }, 0.1)
        expect(some).toBeGreaterThanOrEqual(-1e-12)
        expect(some).toBeLessThanOrEqual(1 + 1e-12)
        expect(probabilityOfRise({ a, b }, { a: c, b: d }, 0.2)).toBeLessThanOrEqual(some + 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  test('means are where one expects them', () => {
    expect(betaMean({ a: 3, b: 7 })).toBeCloseTo(0.3, 12)
  })
})

/** P(p of Beta(a, b) > p of Beta(c, d)) for whole a, by Miller's sum. */
function closedSum(a: number, b: number, c: number, d: number): number {
  const log = (n: number) => {
    let sum = 0
    for (let k = 2; k < n; k++) sum += Math.log(k)
    return sum
  }
  const beta = (x: number, y: number) => log(x) + log(y) - log(x + y)
  let sum = 0
  for (let i = 0; i < a; i++) sum += Math.exp(beta(c + i, d + b) - Math.log(b + i) - beta(1 + i, b) - beta(c, d))
  return sum
}
