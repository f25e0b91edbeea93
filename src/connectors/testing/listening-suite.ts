// The tests that every way of listening passes: `listeningSuite(name, kind, setUp)` joins one in a few lines.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountView, ErrorKind, Json } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { holdStream } from '../hold-stream.ts'
import type { Gap, GapReason, Heard, ListenSession, SourceKind, StreamBatch, StreamEvent } from '../listen.ts'
import { longestText } from '../listen.ts'
import { createTransport } from '../transport.ts'
import { createTestSession } from './session.ts'
import { mark } from './world.ts'

export interface SourceUnderTest {
  /** What a person fills in. */
  values: Record<string, string>
  credentials?: Json
  account?: AccountView
  /** `host:port` that may be reached. */
  allowPrivate: string[]
  /** Has somebody say it where the source hears it; answers its id. */
  say(text: string): Promise<string> | string
  /** Drops every open connection. Absent: nothing is held open. */
  cut?(): void
  /** Has the source bring something that cannot be read. Absent: one unreadable thing spoils the whole answer. */
  garbage?(): Promise<void> | void
  /** The next connection or request is answered with this status. Absent: it does not speak in these. */
  refuse?(status: number, headers?: Record<string, string>): void
  /** The server forgets all that was said up to now. Absent: it cannot. */
  forget?(): Promise<void> | void
  stop(): Promise<void>
}

interface SuiteOptions {
  /** How it says that something is missing after `forget`. */
  gap?: GapReason
  /** Kinds by which a source differs from the status codes, each with its reason beside it. */
  kinds?: Partial<Record<401 | 403 | 429 | 500, ErrorKind>>
  /** What is said between two readings comes as one thing. */
  together?: true
}

export function listeningSuite(
  name: string,
  kind: SourceKind,
  setUp: () => Promise<SourceUnderTest>,
  options: SuiteOptions = {},
): void {
  describe(`${name} listens as the contract says`, () => {
    let source: SourceUnderTest
    const open: Listener[] = []
    const listen = (cursor: Json = null) => {
      const listener = listenTo(kind, source, cursor)
      open.push(listener)
      return listener
    }
    beforeAll(async () => {
      source = await setUp()
    })
    afterAll(async () => {
      for (const listener of open) await listener.stop()
      await source?.stop()
    })
    const when = (title: string, needs: boolean, run: () => Promise<void>) => {
      if (needs) test(title, { timeout: 60_000 }, run)
    }

    test('settings have one normal form, which is data', () => {
      const { settings } = settingsOf(kind, source)
      expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
    })

    test('what is said is heard, whole and storable', { timeout: 60_000 }, async () => {
      const listener = await begun(listen())
      const word = mark()
      const id = await source.say(`${word} Ünï\u0000cödé \ud83d 🎉`)
      const heard = await listener.hears(id)
      expect(heard.text).toContain(word)
      expect(heard.text.isWellFormed() && !heard.text.includes('\0')).toBe(true)
      expect(heard.at.getTime()).toBeLessThanOrEqual(Date.now())
      expect(heard.at.getTime()).toBeGreaterThan(Date.now() - 120_000)
      await listener.stop()
    })

    test('what was said meanwhile is heard after a pause, from a cursor that is JSON', {
      timeout: 60_000,
    }, async () => {
      const first = await begun(listen())
      const before = await source.say(`${mark()} before`)
      await first.hears(before)
      await first.stop()
      const away = [await source.say(`${mark()} away 1`)]
      if (!options.together) away.push(await source.say(`${mark()} away 2`))
      const second = listen(JSON.parse(JSON.stringify(first.cursor)) as Json)
      for (const id of away) await second.hears(id)
      expect(second.gaps).toEqual([])
      await second.stop()
    })

    when('a connection that drops loses nothing', kind.way === 'stream', async () => {
      const listener = await begun(listen())
      const said = []
      for (let turn = 0; turn < 3; turn++) {
        said.push(await source.say(`${mark()} turn ${turn}`))
        if (turn > 0) await listener.hears(said.at(-1)!)
        source.cut?.()
        said.push(await source.say(`${mark()} just after`))
      }
      for (const id of said) await listener.hears(id)
      expect(listener.lost.length).toBeGreaterThan(0)
      expect(listener.gaps).toEqual([])
      await listener.stop()
    })

    when('a stormy day loses nothing and leaves no gap unsaid', kind.way === 'stream', async () => {
      const storm = stormOf(7)
      let listener = await begun(listen())
      const said: string[] = []
      const heard = new Set<string>()
      const keep = async () => {
        await listener.stop()
        for (const event of listener.events) if (event.type === 'heard') heard.add(event.heard.id)
        expect([listener.failure, listener.gaps]).toEqual([null, []])
      }
      for (let step = 0; step < 40; step++) {
        const wind = storm()
        if (wind < 0.6) said.push(await source.say(`${mark()} step ${step}`))
        else if (wind < 0.8) source.cut?.()
        else if (wind < 0.85) await source.garbage?.()
        else if (wind < 0.92) source.refuse?.(500)
        else {
          // The reader dies, and another one goes on from what was stored.
          await keep()
          listener = listen(JSON.parse(JSON.stringify(listener.cursor)) as Json)
        }
      }
      await listener.hears(said.at(-1)!)
      await keep()
      expect(said.filter((id) => !heard.has(id))).toEqual([])
    })

    test('what cannot be read is counted and costs nothing else', { timeout: 60_000 }, async () => {
      if (!source.garbage) return
      const listener = await begun(listen())
      await source.garbage()
      const id = await source.say(`${mark()} after garbage`)
      await listener.hears(id)
      await expect.poll(() => listener.unreadable, { timeout: 15_000 }).toBeGreaterThan(0)
      expect(listener.lost).toEqual([])
      await listener.stop()
    })

    const statuses = { 401: 'auth-expired', 403: 'forbidden', 429: 'rate-limited', 500: 'unavailable' } as const
    for (const [status, usual] of Object.entries(statuses)) {
      const code = Number(status) as keyof typeof statuses
      const expected = options.kinds?.[code] ?? usual
      test(`${status} is ${expected}`, { timeout: 60_000 }, async () => {
        const before = Date.now()
        if (!source.refuse) return
        source.refuse(code, code === 429 ? { 'retry-after': '60' } : {})
        const error = await onceRefused(kind, source)
        expect(error.kind).toBe(expected)
        if (code === 429) expect(error.retryAt?.getTime()).toBeGreaterThanOrEqual(before + 59_000)
      })
    }

    test('abort ends it without an error, long before anything else would', { timeout: 30_000 }, async () => {
      const listener = await begun(listen())
      await listener.stop()
      expect(listener.failure).toBeNull()
    })

    test('what the server has forgotten is stated as a gap', { timeout: 60_000 }, async () => {
      if (!source.forget) return
      const first = await begun(listen())
      await first.hears(await source.say(`${mark()} known`))
      await first.stop()
      await source.say(`${mark()} never heard`)
      await source.forget()
      const second = listen(first.cursor)
      const id = await source.say(`${mark()} after the gap`)
      await second.hears(id)
      await expect.poll(() => second.gaps.map(({ reason }) => reason), { timeout: 15_000 }).toEqual([options.gap])
      await second.stop()
    })
  })
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function stormOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

// ── Listening ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Listener {
  events: StreamEvent[]
  gaps: Gap[]
  lost: ConnectorError[]
  unreadable: number
  cut: number
  batches: number
  cursor: Json
  failure: unknown
  /** Waits for the thing with this id. */
  hears(id: string): Promise<Heard>
  stop(): Promise<void>
}

export function settingsOf(kind: SourceKind, source: Pick<SourceUnderTest, 'values'>): { settings: Json } {
  const normal = kind.normalise(source.values)
  if (!('settings' in normal)) throw new Error(`settings refused: ${normal.field} ${normal.code}`)
  return normal
}

export function listenSession(kind: SourceKind, source: SourceUnderTest, signal: AbortSignal): ListenSession {
  const { allowPrivate, credentials = null, account } = source
  const session = createTestSession({ allowPrivate, credentials, signal })
  return {
    ...session,
    ...(account ? { account } : {}),
    ...settingsOf(kind, source),
    transport: createTransport({ signal, allowPrivate }),
  }
}

/** Listens in the background until `stop`; a poll is asked again and again. */
export function listenTo(kind: SourceKind, source: SourceUnderTest, cursor: Json): Listener {
  const stop = new AbortController()
  const session = listenSession(kind, source, stop.signal)
  const listener: Listener = {
    ...{ events: [], gaps: [], lost: [], unreadable: 0, cut: 0, batches: 0, cursor, failure: null },
    async hears(id) {
      const find = () => listener.events.findLast((event) => 'heard' in event && event.heard.id === id)
      await expect.poll(() => listener.failure ?? find() ?? null, { timeout: 20_000, interval: 10 }).not.toBeNull()
      const found = find()
      if (!found || !('heard' in found)) throw listener.failure
      return found.heard
    },
    async stop() {
      stop.abort()
      await running
    },
  }
  const running = run(kind, session, listener).catch((error: unknown) => {
    if (!stop.signal.aborted) listener.failure = error
  })
  return listener
}

async function run(kind: SourceKind, session: ListenSession, listener: Listener): Promise<void> {
  const take = (batch: StreamBatch) => {
    expect(batch.events.every((event) => !('heard' in event) || event.heard.text.length <= longestText)).toBe(true)
    expect(JSON.parse(JSON.stringify(batch.cursor))).toEqual(batch.cursor)
    listener.events.push(...batch.events)
    listener.gaps.push(...batch.gaps)
    listener.unreadable += batch.unreadable
    listener.cut += batch.cut
    listener.batches++
    listener.cursor = batch.cursor
  }
  if (kind.stream) {
    const lost = (error: ConnectorError) => void listener.lost.push(error)
    for await (const batch of holdStream(kind, session, listener.cursor, { lost, firstWaitMs: 20 })) take(batch)
    return
  }
  while (!session.signal.aborted) {
    take(await kind.poll!(session, listener.cursor))
    await wait(20)
  }
}

/** Until it has a place of its own: from then on nothing that is said may be missed. */
async function begun(listener: Listener): Promise<Listener> {
  await expect.poll(() => listener.failure ?? listener.batches, { timeout: 20_000, interval: 10 }).not.toBe(0)
  if (listener.failure) throw listener.failure
  return listener
}

async function onceRefused(kind: SourceKind, source: SourceUnderTest): Promise<ConnectorError> {
  const stop = new AbortController()
  const session = listenSession(kind, source, stop.signal)
  try {
    if (kind.stream) for await (const _ of kind.stream(session, null)) break
    else await kind.poll!(session, null)
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  } finally {
    stop.abort()
  }
  throw new Error('the server was asked, and did not refuse')
}
