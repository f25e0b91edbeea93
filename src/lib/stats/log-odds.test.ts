// Log-odds with a prior, against the formula worked out by hand and against what must hold of it.

import { expect, test } from 'vitest'
import { logOdds, type WordCounts } from './log-odds.ts'

const counts = new Map<string, WordCounts>([
  ['job', { one: 30, other: 2, background: 40 }],
  ['the', { one: 100, other: 98, background: 800 }],
  ['boots', { one: 1, other: 30, background: 60 }],
  ['rare', { one: 1, other: 0, background: 1 }],
])

test('the value of a word is that of the formula', () => {
  // prior of job = 500 × 40 / 901; groups of 132 and 130 words.
  const prior = (500 * 40) / 901
  const delta = Math.log((30 + prior) / (632 - 30 - prior)) - Math.log((2 + prior) / (630 - 2 - prior))
  const variance = 1 / (30 + prior) + 1 / (2 + prior)
  const job = logOdds(counts).find(({ word }) => word === 'job')!
  expect(job.delta).toBeCloseTo(delta, 12)
  expect(job.z).toBeCloseTo(delta / Math.sqrt(variance), 12)
  expect(job.z).toBeGreaterThan(1.96)
})

test('common words and single chances do not stand out', () => {
  const found = logOdds(counts)
  expect(found.map(({ word }) => word)).toEqual(['job', 'rare', 'the', 'boots'])
  for (const word of ['the', 'rare']) expect(Math.abs(found.find((each) => each.word === word)!.z)).toBeLessThan(1.96)
})

test('groups changed over change the sign alone', () => {
  const turned = new Map([...counts].map(([word, each]) => [word, { ...each, one: each.other, other: each.one }]))
  const before = new Map(logOdds(counts).map(({ word, z }) => [word, z]))
  for (const { word, z } of logOdds(turned)) expect(z).toBeCloseTo(-before.get(word)!, 12)
})
