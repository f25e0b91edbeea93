// Whatever fails while Longrun stops, everything that was started is stopped.

import { expect, test } from 'vitest'
import { stopping } from './stopping.ts'

const failing = (message: string) => () => Promise.reject(new Error(message))

test('every stop is tried, the last one started first, and the first trouble is told', async () => {
  const stopped: string[] = []
  const done = stopping(async (stops) => {
    stops.push(async () => stopped.push('database'))
    stops.push(failing('the queue cannot be stopped'))
    stops.push(async () => stopped.push('web'), failing('the worker cannot be stopped'))
  })
  await expect(done).rejects.toThrow('the worker cannot be stopped')
  expect(stopped).toEqual(['web', 'database'])
})

test('what failed at the start is told, not what failed while going back', async () => {
  const stopped: string[] = []
  const done = stopping(async (stops) => {
    stops.push(async () => stopped.push('database'), failing('the queue cannot be stopped'))
    throw new Error('the port is in use')
  })
  await expect(done).rejects.toThrow('the port is in use')
  expect(stopped).toEqual(['database'])
})
