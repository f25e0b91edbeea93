// What people type as an activity, and what they may choose.

import { expect, test } from 'vitest'
import { activityId } from '../time/types.ts'
import { activityFrom, activityOptions } from './activity-words.ts'

test.each([
  ['Podcast episode', 'podcast-episode'],
  ['Café über Ärger', 'cafe-uber-arger'],
  ['  -- Q&A! ', 'q-a'],
  [`${'a'.repeat(59)} tail`, 'a'.repeat(59)],
  ['подкаст', ''],
  ['…', ''],
])('%s is %s', (typed, id) => {
  expect(activityFrom(typed)).toBe(id)
  if (id) expect(activityId.parse(id)).toBe(id)
})

test('own activities are offered once, after the known ones', () => {
  const values = activityOptions(['podcast', 'short-post', 'podcast']).map(({ value }) => value)
  expect(new Set(values).size).toBe(values.length)
  expect(values.at(-1)).toBe('podcast')
})
