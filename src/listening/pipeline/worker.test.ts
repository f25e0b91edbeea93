// Reading on the real database: everything wanted is stored once, whoever dies, freezes, or comes in between.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type TestApp, testApp } from '../../../test/world/app.ts'
import { startFakeNetwork } from '../../connectors/fake/server.ts'
import type { StreamBatch } from '../../connectors/listen.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { heardOf } from '../mentions/test-mentions.ts'
import { insertSource, readerFor, wakeReader } from '../sources/store.ts'
import { keepCatalogue } from './catalogue.ts'
import { claimReaders, type Lease, prolongLeases, release } from './leases.ts'
import { understand } from './understand.ts'
import { type Hearing, type Listener, startListener } from './worker.ts'

let app: TestApp
const clock = () => new Date()
const minuteAhead = () => new Date(Date.now() + 60_000)
beforeAll(async () => {
  app = await testApp({ clock, config: { allowPrivate: ['127.0.0.1', 'localhost'] } })
})
afterAll(() => app?.close())

/** Posts 1 to `count`; every third names the kettle. */
const count = 600
const atOf = (index: number) => new Date(Date.UTC(2026, 10, 29, 10, 0, index))
const postOf = (index: number) =>
  heardOf({ id: `${index}`, at: atOf(index), text: index % 3 === 0 ? `Kettle ${index} leaks` : `Nothing ${index}` })

let reader: string
let source: string
beforeEach(async () => {
  const manager = await app.as('manager')
  source = await asSystem(app.services.db, async (tx) => {
    const now = clock()
    reader = await readerFor(
      tx,
      { connector: 'practice', kind: 'scripted', settings: { run: newId() }, only: null },
      now,
    )
    const facts = { name: newId(), keepsAll: false, costPerThousand: null, currency: null }
    const made = await insertSource(tx, app.ours, {
      ...facts,
      connector: 'practice',
      kind: 'scripted',
      settings: {},
      accountId: null,
      readerId: reader,
      at: now,
      by: manager.memberId,
    })
    await wakeReader(tx, reader, now)
    return made
  })
})

let topic: string
beforeAll(async () => {
  const manager = await app.as('manager')
  const added = await manager.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle' })
  expect(added.status).toBe(201)
  topic = added.body.id
})

const listeners: Listener[] = []
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((each) => each.stop()))
})
/** What keeps a listener from reading on. */
interface Gate {
  at: number
  open: Promise<void>
}

function listen({ gate, taken, at = clock }: { gate?: Gate; taken?: number[]; at?: () => Date } = {}): Listener {
  const catalogue = keepCatalogue(app.services.db)
  const hearing: Hearing = {
    services: { ...app.services, clock: at },
    async *open(lease: Lease, signal) {
      await catalogue.refresh()
      const from = typeof lease.cursor === 'number' ? lease.cursor : 0
      if (lease.readerId === reader) taken?.push(from)
      for (let index = from + 1; index <= count && !signal.aborted; index += 10) {
        if (gate && index > gate.at) await Promise.race([gate.open, aborted(signal)])
        yield batchOf(index, Math.min(index + 9, count))
      }
      await aborted(signal)
    },
    everySeconds: () => null,
    understand: (lease, batch, heardAt) =>
      understand(catalogue.current, batch, {
        network: lease.connector,
        readerId: lease.readerId,
        heardAt,
        ownPosts: async () => new Map(),
      }),
  }
  const listener = startListener(hearing, { pollMs: 20, prolongEveryMs: 200 })
  listeners.push(listener)
  return listener
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

const batchOf = (from: number, to: number): StreamBatch => ({
  events: Array.from({ length: to - from + 1 }, (_, index) => ({ type: 'heard', heard: postOf(from + index) })),
  cursor: to,
  reachedAt: atOf(to),
  gaps: [],
  unreadable: 0,
  cut: 0,
  bytes: 100,
})

const readerRow = () =>
  asSystem(app.services.db, (tx) =>
    tx.selectFrom('readers').selectAll().where('id', '=', reader).executeTakeFirstOrThrow(),
  )

const cursorIs = (cursor: number) =>
  vi.waitFor(async () => expect((await readerRow()).cursor).toBe(cursor), { timeout: 15_000, interval: 50 })

async function storedIds(): Promise<number[]> {
  const rows = await inOrg(app.services.db, app.ours, (tx) =>
    tx.selectFrom('mentions').select('remote_id').where('source_id', '=', source).execute(),
  )
  return rows.map(({ remote_id }) => Number(remote_id)).sort((a, b) => a - b)
}

async function heardUnder(): Promise<number> {
  const manager = await app.as('manager')
  const series = await manager.call(
    'GET',
    `/orgs/{org}/listening/series?topics=${topic}&from=2026-11-29T00:00:00Z&to=2026-11-30T00:00:00Z`,
  )
  return series.body.topics[0].total
}

test('what matches is stored once and counted; the rest is not', async () => {
  const listener = listen()
  await cursorIs(count)
  await listener.stop()
  const expected = Array.from({ length: count / 3 }, (_, index) => 3 * (index + 1))
  expect(await storedIds()).toEqual(expected)
  expect(await heardUnder()).toBe(count / 3)
  expect(await readerRow()).toMatchObject({ lease_until: null, failures: 0 })
})

test('a worker that froze past its lease stores nothing once another has taken over, and nothing is lost or doubled', async () => {
  // The first test stored the same posts already: that they come again changes no count.
  const before = await heardUnder()
  const gate = Promise.withResolvers<void>()
  const frozen = listen({ gate: { at: 200, open: gate.promise } })
  await cursorIs(200)
  const taken: number[] = []
  const second = listen({ taken, at: minuteAhead })
  await cursorIs(count)
  expect(taken).toEqual([200])
  gate.resolve()
  await frozen.stop()
  await second.stop()
  expect(await heardUnder()).toBe(before)
  expect((await readerRow()).cursor).toBe(count)
})

test('whoever stops gives the reader back at once, where it was', async () => {
  const gate = Promise.withResolvers<void>()
  const first = listen({ gate: { at: 300, open: gate.promise } })
  await cursorIs(300)
  const stopping = first.stop()
  gate.resolve()
  await stopping
  const taken: number[] = []
  const second = listen({ taken })
  await cursorIs(count)
  await second.stop()
  expect(taken[0]).toBeGreaterThanOrEqual(300)
})

test('a source that nobody wants any more is let go of', async () => {
  const listener = listen()
  await cursorIs(count)
  const manager = await app.as('manager')
  await manager.call('POST', `/orgs/{org}/listening/sources/${source}/pause`)
  await vi.waitFor(async () => expect(await readerRow()).toMatchObject({ lease_until: null, due_at: null }), {
    timeout: 5_000,
  })
  const resumed = await manager.call('POST', `/orgs/{org}/listening/sources/${source}/resume`)
  expect(resumed.body.pausedAt).toBeNull()
  await vi.waitFor(async () => expect((await readerRow()).lease_until).not.toBeNull(), { timeout: 5_000 })
  await listener.stop()
})

test('a source that is a year behind is read like any other', async () => {
  const listener = listen({ at: () => new Date('2028-01-01T00:00:00Z') })
  await cursorIs(count)
  await listener.stop()
  const minutes = await asSystem(app.services.db, (tx) =>
    tx.selectFrom('reader_minutes').select('lag_ms').where('reader_id', '=', reader).execute(),
  )
  expect(minutes.map(({ lag_ms }) => lag_ms)).toEqual([2 ** 31 - 1])
})

test('an account that is connected, or let go of, is known as our own by the next refresh', async () => {
  const catalogue = keepCatalogue(app.services.db)
  await catalogue.refresh()
  const owner = await app.as('owner')
  const network = await startFakeNetwork()
  try {
    const { handle, token } = network.createAccount()
    const values = { url: network.url, handle, token }
    const made = await owner.call('POST', '/orgs/{org}/accounts', { connector: 'fake', method: 'token', values })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    await catalogue.refresh()
    const own = () => catalogue.current.ownAuthors.get(`fake ${app.ours}`)?.size ?? 0
    expect(own()).toBe(1)
    expect((await owner.call('DELETE', `/orgs/{org}/accounts/${made.body.id}`)).status).toBeLessThan(300)
    await catalogue.refresh()
    expect(own()).toBe(0)
  } finally {
    await network.stop()
  }
})

test('a sign of life that comes after the giving back takes nothing again', async () => {
  const now = clock()
  const [lease] = (await asSystem(app.services.db, (tx) => claimReaders(tx, now, 100))).filter(
    ({ readerId }) => readerId === reader,
  )
  const prolonged = () => asSystem(app.services.db, (tx) => prolongLeases(tx, [lease!], now))
  expect([...(await prolonged())]).toEqual([reader])
  await asSystem(app.services.db, (tx) => release(tx, lease!, { now, dueAt: now, failure: null }))
  expect([...(await prolonged())]).toEqual([])
  expect((await readerRow()).lease_until).toBe(null)
})
