// Of many, one that fails is told to the log, and the others have their turn.

import { expect, test } from 'vitest'
import type { Log } from './log.ts'
import { oneByOne } from './one-by-one.ts'

test('what fails with one keeps none of the others waiting', async () => {
  const told: [string, unknown][] = []
  const log: Log = { info() {}, warn() {}, error: (message, facts) => void told.push([message, facts]) }
  const error = new Error('not this one')
  const sum = await oneByOne(log, 'It failed', [1, 2, 3], async (each) => {
    if (each === 2) throw error
    return each
  })
  expect(sum).toBe(4)
  expect(told).toEqual([['It failed', { of: 2, error }]])
})
