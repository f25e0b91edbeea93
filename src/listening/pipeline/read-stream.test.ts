// Order, bounds and failures of reading a stream while it is stored.

import { expect, test } from 'vitest'
import type { StreamBatch } from '../../connectors/listen.ts'
import type { Understood } from './keep-batch.ts'
import { readStream } from './read-stream.ts'

const batchOf = (cursor: number, events = 1): StreamBatch => ({
  events: Array.from({ length: events }, (_, index) => ({ type: 'removed', id: `${cursor}.${index}` })),
  cursor,
  reachedAt: new Date(cursor),
  gaps: [],
  unreadable: 1,
  cut: 0,
  bytes: 10,
})

const understand = (batch: StreamBatch): Understood => ({ batch, mentions: [], heard: batch.events.length })
const idsOf = (lots: Understood[]) =>
  lots.flatMap(({ batch }) => batch.events.map((event) => 'id' in event && event.id))

async function* streamOf(count: number, taken?: (cursor: number) => void): AsyncGenerator<StreamBatch> {
  for (let cursor = 1; cursor <= count; cursor++) {
    taken?.(cursor)
    yield batchOf(cursor, 2)
  }
}

test('what comes while a lot is written is written in one, in its order, and nothing is left out at the end', async () => {
  const lots: Understood[] = []
  await readStream(streamOf(50), {
    understand,
    async keep(lot) {
      await new Promise((resolve) => setImmediate(resolve))
      lots.push(lot)
    },
  })
  expect(lots.length).toBeLessThan(50)
  expect(idsOf(lots)).toEqual(Array.from({ length: 100 }, (_, index) => `${1 + Math.floor(index / 2)}.${index % 2}`))
  expect(lots.at(-1)!.batch.cursor).toBe(50)
  expect(lots.reduce((all, { batch, heard }) => all + batch.unreadable + heard, 0)).toBe(150)
})

test('no more is taken than is allowed to wait', async () => {
  const open = Promise.withResolvers<void>()
  let taken = 0
  const reading = readStream(
    streamOf(1000, (cursor) => (taken = cursor)),
    { understand, keep: () => open.promise, most: 20 },
  )
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(taken).toBeLessThanOrEqual(12)
  open.resolve()
  await reading
  expect(taken).toBe(1000)
})

test('a lot that could not be written ends the reading with its error, and no later lot is written', async () => {
  const cursors: unknown[] = []
  const reading = readStream(streamOf(1000), {
    understand,
    async keep({ batch }) {
      cursors.push(batch.cursor)
      if (cursors.length === 3) throw new Error('the database is away')
    },
  })
  await expect(reading).rejects.toThrow('the database is away')
  expect(cursors).toHaveLength(3)
})

test('a stream that breaks has what came before stored first', async () => {
  const lots: Understood[] = []
  async function* breaking() {
    yield* streamOf(3)
    throw new Error('connection lost')
  }
  const reading = readStream(breaking(), { understand, keep: async (lot) => void lots.push(lot) })
  await expect(reading).rejects.toThrow('connection lost')
  expect(lots.at(-1)!.batch.cursor).toBe(3)
})
