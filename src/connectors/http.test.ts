// One request, no repeats, and one meaning for each way it can fail, against a real server with faults.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { HttpRequest } from './contract.ts'
import { ConnectorError } from './errors.ts'
import { createHttp } from './http.ts'
import { type FaultServer, startFaultServer } from './testing/fault-server.ts'
import * as faults from './testing/faults.ts'

const secret = 'token-7f3a-do-not-print'
const now = new Date('2026-03-29T00:30:00Z')
const shape = z.object({ id: z.string() })
let server: FaultServer

beforeAll(async () => {
  server = await startFaultServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"1"}'))
  })
})
afterEach(() => server.reset())
afterAll(() => server.stop())

function client(signal = new AbortController().signal) {
  return createHttp({ signal, allowPrivate: [server.host], now: () => now })
}

async function failure(request: Partial<HttpRequest<unknown>>, signal?: AbortSignal): Promise<ConnectorError> {
  const headers = { authorization: `Bearer ${secret}` }
  try {
    await client(signal)({ url: `${server.url}/posts?key=${secret}`, headers, ...request })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    expect(`${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(secret)
    return error
  }
  throw new Error('the request succeeded')
}

const write = { method: 'POST', write: true, body: { text: secret }, schema: shape } as const

describe('bodies', () => {
  const sent = async (body: unknown, headers?: Record<string, string>) => {
    await client()({ method: 'POST', url: server.url, body, headers })
    const { headers: seen, body: bytes } = server.requests.at(-1)!
    return { type: seen['content-type'], text: bytes.toString(), length: seen['content-length'] }
  }

  test('objects and arrays are sent as JSON', async () => {
    expect(await sent({ a: [1, null] })).toMatchObject({ type: 'application/json', text: '{"a":[1,null]}' })
    expect(await sent({ a: 1 }, { 'Content-Type': 'application/ld+json' })).toMatchObject({
      type: 'application/ld+json',
    })
  })

  test('forms, text, bytes and streams are sent as they are', async () => {
    expect(await sent(new URLSearchParams({ a: 'b c' }))).toMatchObject({ text: 'a=b+c' })
    expect(await sent('plain')).toMatchObject({ text: 'plain' })
    expect(await sent(new Uint8Array([104, 105]))).toMatchObject({ text: 'hi', length: '2' })
    expect(await sent(new Blob(['blob']).stream())).toMatchObject({ text: 'blob' })
    expect(await sent(undefined)).toMatchObject({ text: '' })
  })

  test('a form with a file is sent as multipart', async () => {
    const form = new FormData()
    form.set('alt', 'a road')
    form.set('file', new File(['bytes'], 'road.png', { type: 'image/png' }))
    const { type, text } = await sent(form)
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    expect(text).toContain('name="alt"\r\n\r\na road')
    expect(text).toContain('filename="road.png"\r\nContent-Type: image/png\r\n\r\nbytes')
  })

  test('says who asks', async () => {
    await client()({ url: server.url })
    expect(server.requests[0]?.headers['user-agent']).toBe('Longrun/0.1')
  })
})

describe('answers', () => {
  test('are parsed by the schema, or returned as text', async () => {
    expect((await client()({ url: server.url, schema: shape })).body.id).toBe('1')
    const answer = await client()({ url: server.url })
    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([
      200,
      '{"id":"1"}',
      'application/json',
    ])
  })

  test.each([
    ['of another shape', faults.status(200, { body: '{"id":7}' }), 'answer-shape'],
    ['that are a page', faults.htmlPage(), 'answer-not-json'],
    ['that are empty', faults.emptyBody(), 'answer-shape'],
    ['that are far too long', faults.hugeBody(), 'answer-too-large'],
    ['that are not there', faults.status(304), 'status-304'],
  ])('%s are `changed`', async (_, fault, code) => {
    for (const request of [write, { schema: shape }]) {
      server.inject(fault)
      expect(await failure(request)).toMatchObject({ kind: 'changed', code })
    }
  })
})

describe('statuses', () => {
  test.each([
    [400, 'rejected', 'rejected'],
    [401, 'auth-expired', 'auth-expired'],
    [403, 'forbidden', 'forbidden'],
    [404, 'gone', 'gone'],
    [408, 'unknown', 'unavailable'],
    [410, 'gone', 'gone'],
    [413, 'rejected', 'rejected'],
    [422, 'rejected', 'rejected'],
    [429, 'rate-limited', 'rate-limited'],
    [500, 'unknown', 'unavailable'],
    [502, 'unknown', 'unavailable'],
    [503, 'unknown', 'unavailable'],
  ] as const)('%i is %s for a write, %s for a read', async (status, ofWrite, ofRead) => {
    server.inject(faults.status(status), { times: 2 })
    expect(await failure(write)).toMatchObject({ kind: ofWrite, status })
    expect(await failure({})).toMatchObject({ kind: ofRead, status })
    expect(server.requests.length).toBe(2)
  })

  test.each<[string, Record<string, string>, string | undefined]>([
    ['seconds', { 'retry-after': '120' }, '2026-03-29T00:32:00.000Z'],
    ['a date', { 'retry-after': 'Sun, 29 Mar 2026 03:00:00 GMT' }, '2026-03-29T03:00:00.000Z'],
    ['a date that is over', { 'retry-after': 'Sun, 29 Mar 2020 03:00:00 GMT' }, '2026-03-29T00:30:00.000Z'],
    ['an epoch', { 'x-ratelimit-reset': '1774746000' }, '2026-03-29T01:00:00.000Z'],
    ['an epoch in milliseconds', { 'x-ratelimit-reset': '1774746000000' }, '2026-03-29T01:00:00.000Z'],
    ['an ISO date', { 'x-ratelimit-reset': '2026-03-29T01:00:00.000Z' }, '2026-03-29T01:00:00.000Z'],
    ['seconds in the draft standard', { 'ratelimit-reset': '60' }, '2026-03-29T00:31:00.000Z'],
    ['Retry-After before the others', { 'retry-after': '5', 'x-ratelimit-reset': '60' }, '2026-03-29T00:30:05.000Z'],
    ['nonsense', { 'retry-after': 'soon', 'x-ratelimit-reset': 'later' }, undefined],
    ['nothing', {}, undefined],
  ])('a rate limit with %s', async (_, headers, at) => {
    server.inject(faults.status(429, { headers }))
    expect((await failure(write)).retryAt?.toISOString()).toBe(at)
  })

  test('the network may explain a refusal in its own terms', async () => {
    const explain: HttpRequest<unknown>['explain'] = ({ status, body, headers }) => {
      expect([status, headers.get('x-kind')]).toEqual([400, 'a'])
      expect(body).toEqual({ error: 'TextTooLong' })
      return { kind: 'rejected', code: 'too-long', field: 'segments.0.text' }
    }
    server.inject(faults.status(400, { body: '{"error":"TextTooLong"}', headers: { 'x-kind': 'a' } }))
    expect(await failure({ ...write, explain })).toMatchObject({
      code: 'too-long',
      field: 'segments.0.text',
      status: 400,
    })
  })

  test('an explanation that fails or says nothing leaves the status', async () => {
    server.inject(faults.htmlPage({ status: 403 }), { times: 2 })
    const failing = ({ body }: { body: unknown }) => (body as { error: { code: never } }).error.code
    expect((await failure({ ...write, explain: failing })).kind).toBe('forbidden')
    expect((await failure({ ...write, explain: () => null })).kind).toBe('forbidden')
  })

  test('a huge refusal is still a refusal', async () => {
    server.inject(faults.hugeBody(10_000_000, { status: 422 }))
    expect(await failure({ ...write, explain: () => null })).toMatchObject({ kind: 'rejected', status: 422 })
  })
})

describe('the way there and back', () => {
  test.each([
    ['closed before the network heard', faults.closeBefore],
    ['closed after the network acted', faults.closeAfter],
    ['broken in the middle of the answer', faults.truncate],
  ])('a connection %s: a write is unknown, a read unavailable, neither is repeated', async (_, fault) => {
    server.inject(fault, { times: 2 })
    expect(await failure(write)).toMatchObject({ kind: 'unknown', code: 'connection-lost' })
    expect(await failure({ schema: shape })).toMatchObject({ kind: 'unavailable', code: 'connection-lost' })
    expect(server.requests.length).toBe(2)
  })

  test('nobody there: a write is only unavailable', async () => {
    const dead = await startFaultServer(() => undefined)
    await dead.stop()
    const request = { ...write, url: dead.url }
    const http = createHttp({ signal: new AbortController().signal, allowPrivate: [dead.host] })
    await expect(http(request)).rejects.toMatchObject({ kind: 'unavailable', code: 'connection-refused' })
  })

  test('a private address is rejected', async () => {
    const http = createHttp({ signal: new AbortController().signal })
    await expect(http({ ...write, url: server.url })).rejects.toMatchObject({
      kind: 'rejected',
      code: 'address-refused',
    })
    expect(server.requests.length).toBe(0)
  })

  test('too slow: a write is unknown, a read unavailable', async () => {
    server.inject(faults.delay(2_000), { times: 2 })
    expect(await failure({ ...write, timeoutMs: 100 })).toMatchObject({ kind: 'unknown', code: 'timeout' })
    expect(await failure({ timeoutMs: 100 })).toMatchObject({ kind: 'unavailable', code: 'timeout' })
  })

  test('stopped on the way: a write is unknown, at once', async () => {
    const stop = new AbortController()
    server.inject({ ...faults.delay(2_000) })
    const start = performance.now()
    setTimeout(() => stop.abort(new Error(secret)), 50)
    expect(await failure(write, stop.signal)).toMatchObject({ kind: 'unknown', code: 'aborted' })
    expect(performance.now() - start).toBeLessThan(1_900)
  })

  test('stopped before the start: nothing is sent', async () => {
    expect(await failure(write, AbortSignal.abort())).toMatchObject({ kind: 'unavailable', code: 'aborted' })
    expect(server.requests.length).toBe(0)
  })

  test('a write that is answered by a way into a private network is unknown', async () => {
    server.inject(faults.status(303, { headers: { location: 'http://169.254.169.254/' } }))
    expect(await failure(write)).toMatchObject({ kind: 'unknown', code: 'address-refused' })
  })

  test('a write that is sent elsewhere is not carried there as a read', async () => {
    server.inject(faults.status(302, { headers: { location: '/login' } }))
    expect(await failure(write)).toMatchObject({ kind: 'changed', code: 'redirect-refused' })
    expect(server.requests.length).toBe(1)
  })
})
