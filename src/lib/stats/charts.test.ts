// Control charts and outliers against the published examples.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cusumStep, ewmaChart } from './charts.ts'
import { findOutliers } from './outliers.ts'

describe('EWMA chart', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4.
  const values = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
    52.1,
  ]
  const chart = ewmaChart(values, { mean: 50, deviation: 2.0539, lambda: 0.3 })

  test('has the limits and averages of the NIST example', () => {
    expect(chart.upper).toBeCloseTo(52.5884, 4)
    expect(chart.lower).toBeCloseTo(47.4116, 3)
    expect(chart.values.map((value) => value.toFixed(2)).slice(0, 10)).toEqual([
      '50.60',
      '49.52',
      '50.56',
      '50.18',
      '50.16',
      '49.21',
      '49.75',
      '49.85',
      '50.26',
      '50.33',
    ])
    expect(chart.values.at(-1)).toBeCloseTo(51.99, 2)
    expect(chart.outside).toEqual([])
  })

  test('a lasting shift leaves the limits, and stays outside', () => {
    const shifted = ewmaChart([...values, 56, 56, 56, 56], { mean: 50, deviation: 2.0539, lambda: 0.3 })
    expect(shifted.outside).toEqual([20, 21, 22, 23])
  })
})

describe('CUSUM', () => {
  test('NIST example of deviations from a target: the upper sum signals at the group where the handbook does', () => {
    // NIST/SEMATECH 6.3.2.3: target 325, k = 0.3175, h = 4.1959; the increase is signalled at group 14.
    const means = [
      324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6, 324.625, 325.15, 328.325,
      327.25, 327.825, 328.5, 326.675, 327.775, 326.875, 328.35,
    ]
    let sum = 0
    const sums = means.map((mean) => (sum = cusumStep(sum, mean - 325, 0.3175)))
    expect(sums.findIndex((each) => each > 4.1959) + 1).toBe(14)
    expect(sums[12]).toBeCloseTo(3.01, 2)
  })

  test('never lies below 0, and forgets what lies below', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true })), (residuals) => {
        const end = residuals.reduce((sum, z) => cusumStep(sum, z), 0)
        expect(end).toBeGreaterThanOrEqual(0)
        expect(cusumStep(cusumStep(end, -1e6), 3)).toBeCloseTo(2.5, 12)
      }),
    )
  })
})

describe('generalised ESD', () => {
  // Rosner (1983), as in the NIST/SEMATECH e-Handbook 1.3.5.17.3.
  const rosner = [
    -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7, 1.76,
    1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4, 2.47, 2.54,
    2.62, 2.64, 2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01,
  ]

  test('finds three outliers in the values of Rosner, with the published distances and limits', () => {
    const { found, steps } = findOutliers(rosner, 10)
    expect(steps.slice(0, 5).map(({ distance }) => distance.toFixed(3))).toEqual([
      '3.119',
      '2.943',
      '3.179',
      '2.810',
      '2.816',
    ])
    expect(steps.slice(0, 5).map(({ limit }) => limit.toFixed(3))).toEqual([
      '3.159',
      '3.151',
      '3.144',
      '3.136',
      '3.128',
    ])
    expect(found.map((index) => rosner[index])).toEqual([6.01, 5.42, 5.34])
  })

  test('equal values have no outlier, and one far value is one', () => {
    expect(findOutliers([4, 4, 4, 4, 4], 2).found).toEqual([])
    expect(findOutliers([1, 2, 1, 2, 1, 2, 1, 2, 900], 3).found).toEqual([8])
  })

  test('never finds more than asked for, and only positions that are there, each once', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 40 })
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 10 }), (some, most) => {
        const { found } = findOutliers(some, most)
        expect(found.length).toBeLessThanOrEqual(most)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every((index) => index >= 0 && index < some.length)).toBe(true)
      }),
    )
  })
})
