// The tests that every connector passes: `connectorSuite(connector, setUp)` joins a network in about twenty lines.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connector } from '../contract.ts'
import * as faults from './faults.ts'
import { historyCases } from './history-cases.ts'
import { publishCases } from './publish-cases.ts'
import { publishFaultCases } from './publish-fault-cases.ts'
import { createTestSession } from './session.ts'
import {
  draftOf,
  errorOf,
  limitsOf,
  mark,
  type NetworkUnderTest,
  partOf,
  publishPart,
  type Stage,
  type SuiteOptions,
  sessionOf,
} from './world.ts'

export type { NetworkUnderTest, PublishedPost, SuiteOptions } from './world.ts'

/** A case exists only where the connector has the facet; `options.skip` names those that a network cannot show here. */
export type Case = (name: string, needs: boolean, run: () => Promise<void>) => void

export function connectorSuite(
  connector: Connector,
  setUp: () => Promise<NetworkUnderTest>,
  options: SuiteOptions = {},
): void {
  describe(`${connector.name} keeps the connector contract`, () => {
    const stage = { connector, options, seen: [] as string[] } as unknown as Stage
    const when: Case = (name, needs, run) => {
      if (needs && !options.skip?.includes(name)) test(name, { timeout: 120_000 }, run)
    }

    beforeAll(async () => {
      stage.network = await setUp()
      const { faults: front, allowPrivate = [] } = stage.network
      stage.connection = await stage.network.connect(createTestSession({ allowPrivate: [front.host, ...allowPrivate] }))
    })
    beforeEach(() => stage.network.faults.reset())
    afterAll(() => stage.network?.stop())

    connectCases(stage, when)
    publishCases(stage, when)
    publishFaultCases(stage, when)
    readCases(stage, when)
    historyCases(stage, when)
    when('no secret occurs in an error or a log line', true, async () => {
      const secrets = [...(stage.network.secrets ?? []), ...stringsIn(stage.connection.credentials)]
      expect(stage.seen.length).toBeGreaterThan(0)
      for (const secret of secrets) for (const line of stage.seen) expect(line.includes(secret)).toBe(false)
    })
  })
}

/** Long strings anywhere in the credentials; short ones (a handle, a kind) are no secrets. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 12 && !URL.canParse(value) ? [value] : []
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
}

// ── Connecting ──────────────────────────────────────────────────────────────────────────────────────────────────────

function connectCases(stage: Stage, when: Case): void {
  const { connector } = stage

  when('connecting says whose account it is', true, async () => {
    const { profile, credentials } = stage.connection
    expect(profile.remoteId).not.toBe('')
    expect(profile.handle).not.toBe('')
    expect(URL.canParse(profile.url)).toBe(true)
    expect(profile.server).toMatch(/^https?:\/\/.*[^/]$/)
    expect(JSON.parse(JSON.stringify({ profile, credentials }))).toEqual({ profile, credentials })
  })

  when('identify says the same', true, async () => {
    expect((await connector.identify(sessionOf(stage))).remoteId).toBe(stage.connection.profile.remoteId)
  })

  when('limits are data', true, async () => {
    const limits = limitsOf(stage)
    expect(JSON.parse(JSON.stringify(limits))).toEqual(limits)
    expect(limits.text.max).toBeGreaterThan(0)
  })

  const table = [
    ['401', faults.status(401), ['auth-expired', 'auth-revoked']],
    ['500', faults.status(500), ['unavailable']],
    ['429', faults.rateLimited(60), ['rate-limited']],
    ['a page', faults.htmlPage(), ['changed']],
    ['an endless answer', faults.hugeBody(), ['changed']],
    ['a closed connection', faults.closeBefore, ['unavailable']],
    ['an answer that breaks off', faults.truncate, ['unavailable']],
  ] as const
  for (const [name, fault, kinds] of table) {
    when(`reading: ${name} is ${kinds.join(' or ')}`, true, async () => {
      stage.network.faults.inject(fault, { times: Number.POSITIVE_INFINITY })
      const error = await errorOf(stage, connector.identify(sessionOf(stage)))
      expect(kinds).toContain(error.kind)
    })
  }

  when('reading stops within half a second', true, async () => {
    stage.network.faults.inject(faults.delay(5_000), { times: Number.POSITIVE_INFINITY })
    const stop = new AbortController()
    const call = errorOf(stage, connector.identify(sessionOf(stage, { signal: stop.signal })))
    await expect.poll(() => stage.network.faults.requests.length).toBeGreaterThan(0)
    const start = performance.now()
    stop.abort()
    expect((await call).kind).toBe('unavailable')
    expect(performance.now() - start).toBeLessThan(2_500)
  })

  when('refreshing gives credentials that work', connector.refresh !== undefined, async () => {
    Object.assign(stage.connection, await connector.refresh!(sessionOf(stage)))
    expect((await connector.identify(sessionOf(stage))).remoteId).toBe(stage.connection.profile.remoteId)
  })
}

// ── Numbers and listening ───────────────────────────────────────────────────────────────────────────────────────────

function readCases(stage: Stage, when: Case): void {
  const { metrics, listen, publish } = stage.connector

  when(
    'numbers are null or counted, and of posts that exist',
    metrics !== undefined && publish !== undefined,
    async () => {
      const ref = await publishPart(stage, partOf(draftOf(stage, `${mark()} numbers`)))
      const numbers = await metrics!.posts(sessionOf(stage), [ref.id])
      expect([...numbers.keys()]).toEqual([ref.id])
      for (const value of Object.values(numbers.get(ref.id)!)) {
        expect(value === null || (Number.isInteger(value) && value >= 0)).toBe(true)
      }
      if (!publish!.remove) return
      await publish!.remove(sessionOf(stage), ref)
      expect((await metrics!.posts(sessionOf(stage), [ref.id])).size).toBe(0)
    },
  )

  when('listening goes on where it stopped', listen !== undefined, async () => {
    const first = await listen!.pull(sessionOf(stage), null)
    for (const item of first.items) {
      expect(item.id).not.toBe('')
      expect(item.publishedAt === null || !Number.isNaN(item.publishedAt.getTime())).toBe(true)
    }
    const cursor = JSON.parse(JSON.stringify(first.cursor))
    const second = await listen!.pull(sessionOf(stage), cursor)
    const known = new Set(first.items.map(({ id }) => id))
    if (cursor !== null) expect(second.items.filter(({ id }) => known.has(id))).toEqual([])
  })
}
