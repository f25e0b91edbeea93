// A lost stream is opened again where it was, later each time, and not where waiting cannot help.

import { expect, test } from 'vitest'
import type { Json } from './contract.ts'
import { ConnectorError, type ConnectorErrorFacts } from './errors.ts'
import { newGathering } from './heard.ts'
import { type Holding, holdStream } from './hold-stream.ts'
import type { ListenSession, SourceKind, StreamBatch } from './listen.ts'

const stop = new AbortController()

const now = new Date('2026-11-20T12:00:00Z')
const session = { signal: stop.signal, now: () => now } as ListenSession

/** Each connection yields so many batches, counting on from its cursor, and ends with an error. */
function kindOf(connections: { yields: number; error: ConnectorErrorFacts }[]): SourceKind & { from: Json[] } {
  const from: Json[] = []
  return {
    from,
    label: 'Scripted',
    help: 'For tests.',
    key: 'test',
    way: 'stream',
    shared: true,
    needsAccount: false,
    fields: [],
    normalise: () => ({ settings: null }),
    async *stream(_session, cursor): AsyncGenerator<StreamBatch> {
      from.push(cursor)
      const { yields, error } = connections[from.length - 1]!
      for (let at = Number(cursor) + 1; at <= Number(cursor) + yields; at++) {
        yield { ...newGathering(), events: [{ type: 'removed', id: String(at) }], cursor: at }
      }
      throw new ConnectorError(error)
    },
  }
}

async function hold(kind: SourceKind, holding: Holding = {}) {
  const waits: number[] = []
  const ids: string[] = []
  const lost: Holding['lost'] = (_error, until) => void waits.push(until.getTime() - now.getTime())
  try {
    for await (const { events } of holdStream(kind, session, 0, {
      firstWaitMs: 2,
      random: () => 1,
      lost,
      ...holding,
    })) {
      for (const event of events) if (event.type === 'removed') ids.push(event.id)
    }
  } catch (error) {
    return { waits, ids, error }
  }
  return { waits, ids, error: null }
}

const away: ConnectorErrorFacts = { kind: 'unavailable', code: 'connection-lost' }
const over: ConnectorErrorFacts = { kind: 'forbidden', code: 'over' }

test('each connection goes on where the one before it ended', async () => {
  const kind = kindOf([
    { yields: 2, error: away },
    { yields: 1, error: away },
    { yields: 1, error: over },
  ])
  const { ids } = await hold(kind)
  expect([kind.from, ids]).toEqual([
    [0, 2, 3],
    ['1', '2', '3', '4'],
  ])
})

test('waits double, are spread, and begin anew once something came', async () => {
  const silent = { yields: 0, error: away }
  const connections = [silent, silent, silent, { yields: 1, error: away }, { yields: 0, error: over }]
  expect((await hold(kindOf(connections))).waits).toEqual([2, 4, 8, 2])
  expect((await hold(kindOf(connections), { random: () => 0 })).waits).toEqual([1, 2, 4, 1])
})

test('a server that names a time is not asked before it', async () => {
  const retryAt = new Date(now.getTime() + 30)
  const kind = kindOf([
    { yields: 0, error: { kind: 'rate-limited', code: 'slow-down', retryAt } },
    { yields: 0, error: over },
  ])
  expect((await hold(kind)).waits).toEqual([30])
})

test.each(['rejected', 'auth-expired', 'auth-revoked', 'forbidden', 'gone'] as const)(
  '%s is told at once',
  async (kind) => {
    const { waits, error } = await hold(kindOf([{ yields: 0, error: { kind, code: 'no' } }]))
    expect([waits, (error as ConnectorError).kind]).toEqual([[], kind])
  },
)
