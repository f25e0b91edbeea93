// How much of a stream is kept to try queries on: everything of a slow one, an even part of a fast one.

import { expect, test } from 'vitest'
import type { StreamBatch } from '../../connectors/listen.ts'
import { newId } from '../../lib/ids.ts'
import { heardOf } from '../mentions/test-mentions.ts'
import { perMinute, sampleOf } from './sample.ts'

const batchOf = (count: number): StreamBatch => ({
  events: Array.from({ length: count }, (_, index) => ({ type: 'heard', heard: heardOf({ id: String(index) }) })),
  cursor: null,
  reachedAt: null,
  gaps: [],
  unreadable: 0,
  cut: 0,
  bytes: 0,
})

const minute = (index: number, second = 0) => new Date(Date.UTC(2026, 10, 29, 12, index, second))
const even = () => {
  let turn = 0
  return () => (turn++ % 1000) / 1000
}

test('a slow source is kept whole', () => {
  const reader = newId()
  for (let index = 0; index < 5; index++)
    expect(sampleOf(reader, batchOf(perMinute), { now: minute(index), random: () => 0.999 })).toHaveLength(perMinute)
})

test('of a fast one about twenty a minute are kept, from the first minute on', () => {
  const reader = newId()
  const random = even()
  const kept = [0, 1, 2].map((index) => {
    let count = 0
    for (let second = 0; second < 60; second++)
      count += sampleOf(reader, batchOf(100), { now: minute(index, second), random }).length
    return count
  })
  expect(kept[0]).toBeLessThan(200)
  for (const count of kept.slice(1)) {
    expect(count).toBeGreaterThanOrEqual(perMinute * 0.5)
    expect(count).toBeLessThanOrEqual(perMinute * 2)
  }
})

test('after a pause it begins with all again', () => {
  const reader = newId()
  sampleOf(reader, batchOf(6000), { now: minute(0), random: Math.random })
  expect(sampleOf(reader, batchOf(10), { now: minute(9), random: () => 0.999 })).toHaveLength(10)
})
