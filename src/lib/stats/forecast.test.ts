// Whether four of five values lie in the range that was forecast: for drawn series of several kinds, and for real ones where they are there.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drawsFrom } from './draws.ts'
import { fewestForForecast, forecastOf } from './forecast.ts'

test('a straight line goes on, and too few values say nothing', () => {
  const line = Array.from({ length: 10 }, (_, index) => 5 + 2 * index)
  const { at, drift } = forecastOf(line)!
  expect(drift).toBeCloseTo(2, 9)
  for (const step of [1, 7]) {
    const { mean, low, high } = at(step)
    for (const value of [mean, low, high]) expect(value).toBeCloseTo(5 + 2 * (9 + step), 6)
  }
  expect(forecastOf(line.slice(0, fewestForForecast - 1))).toBeNull()
  const { mean, low, high } = forecastOf([7, 7, 7, 7, 7, 7])!.at(20)
  expect([mean, low, high]).toEqual([7, 7, 7].map((value) => expect.closeTo(value, 6)))
})

test('the range grows with the distance, and does not depend on the unit', () => {
  const values = [10, 12, 9, 13, 15, 11, 16, 18]
  const [one, other] = [forecastOf(values)!, forecastOf(values.map((value) => value * 1000 - 400))!]
  const wide = (step: number) => one.at(step).high - one.at(step).low
  for (let step = 1; step < 20; step++) expect(wide(step + 1)).toBeGreaterThan(wide(step))
  for (const step of [1, 5]) expect(other.at(step).low).toBeCloseTo(one.at(step).low * 1000 - 400, 4)
})

/** The share of later values in their range, from so many values for so many steps. */
function covered(series: readonly (readonly number[])[], n: number, steps: number): { share: number; of: number } {
  let [inside, of] = [0, 0]
  for (const values of series) {
    const found = forecastOf(values.slice(0, n))!
    for (let step = 1; step <= steps && n + step <= values.length; step++) {
      const { low, high } = found.at(step)
      of++
      if (values[n + step - 1]! >= low && values[n + step - 1]! <= high) inside++
    }
  }
  return { share: inside / of, of }
}

describe('four of five', () => {
  const { normal } = drawsFrom(11)
  /** Each value from the one before. */
  const chain = (begin: number, next: (before: number) => number, length: number): number[] => {
    const values = [begin]
    while (values.length < length) values.push(next(values.at(-1)!))
    return values
  }
  const walk = (step: () => number, length: number) => chain(100, (before) => before + step(), length)
  const kinds: Record<string, (length: number) => number[]> = {
    'of a walk with drift': (length) => walk(() => 1 + 3 * normal(), length),
    'of a straight line with noise': (length) => Array.from({ length }, (_, index) => 50 + 2 * index + 5 * normal()),
    'of a level that wanders under noise': (length) =>
      walk(() => normal(), length).map((value) => value + 3 * normal()),
    'of what returns to its mean': (length) => chain(80, (before) => 80 + 0.5 * (before - 80) + 4 * normal(), length),
    'of what does not change': (length) => Array.from({ length }, () => 60 + 6 * normal()),
  }
  test.each(Object.keys(kinds))('%s lie in the range', (kind) => {
    const shares: number[] = []
    for (const [n, steps] of [
      [8, 4],
      [13, 13],
      [26, 13],
      [52, 26],
    ] as const) {
      const series = Array.from({ length: 400 }, () => kinds[kind]!(n + steps))
      const { share } = covered(series, n, steps)
      console.info(`${kind}, ${n} values, ${steps} steps: ${(share * 100).toFixed(1)} %`)
      shares.push(share)
      // A walk has no level to come back to: as far ahead as it was looked back it is the hardest, what never changes the easiest.
      expect(share, `${kind}, from ${n} for ${steps}`).toBeGreaterThan(0.62)
      expect(share, `${kind}, from ${n} for ${steps}`).toBeLessThan(0.97)
    }
    const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length
    expect(mean).toBeGreaterThan(0.68)
    expect(mean).toBeLessThan(0.95)
  })

  const data = join(import.meta.dirname, '../../../../shared/data')
  const tweets = join(data, 'spikes/realTweets')
  test.skipIf(!existsSync(tweets))('of mentions a day of ten companies lie in the range', () => {
    const series = readdirSync(tweets).map((file) => daily(readFileSync(join(tweets, file), 'utf8')))
    const found = [14, 21, 28, 35].map((n) => covered(series, n, 7))
    const share =
      found.reduce((sum, each) => sum + each.share * each.of, 0) / found.reduce((sum, { of }) => sum + of, 0)
    console.info(`mentions of ten companies: ${(share * 100).toFixed(1)} %`)
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.95)
  })
})

/** Counts of five minutes added up to whole days. */
function daily(text: string): number[] {
  const days = new Map<string, number>()
  for (const line of text.trim().split('\n').slice(1)) {
    const [at, count] = line.split(',') as [string, string]
    days.set(at.slice(0, 10), (days.get(at.slice(0, 10)) ?? 0) + Number(count))
  }
  return [...days.values()].slice(1, -1)
}
