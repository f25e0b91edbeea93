// Posting to the double, with every way in which an answer can be lost.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Json, RemoteRef, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import { status as answer, closeAfter, closeBefore, truncate } from '../testing/faults.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { publish } from './publish.ts'
import { fileOf, mediaOf, partOf, sessionFor } from './test-session.ts'

let double: MastodonDouble
let faults: FaultServer

beforeAll(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'you', 'bob@remote.example'] })
  faults = await startFaultServer(double.url)
})
afterAll(async () => {
  await faults.stop()
  await double.stop()
})
afterEach(() => {
  faults.reset()
  double.state.statuses = []
  Object.assign(double.settings, { idempotency: 'honoured', mediaProcessingMs: 0, mediaProcessingFails: false })
  double.settings.rateLimits = { requests: 10_000, uploads: 10_000, deletions: 10_000 }
  double.state.usage.clear()
  double.state.idempotency.clear()
  expect(double.violations?.splice(0) ?? []).toEqual([])
})

const isWrite = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/api/v1/statuses'

async function post(session: Session, part: ReturnType<typeof partOf>, key = 'key-1'): Promise<RemoteRef> {
  const done = await publish.submit(session, await publish.prepare!(session, part, key), key)
  if (done.state !== 'published') throw new Error(done.state)
  return done
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('was not refused'),
    (error: ConnectorError) => error,
  )

describe('a post', () => {
  test('carries text, warning, visibility and language, and comes back with its address', async () => {
    const options = { contentWarning: 'Running', visibility: 'unlisted', sensitive: true }
    const draft = { segments: [], language: 'en-GB', options }
    const done = await post(sessionFor(double), partOf('Hello @you', { draft }))
    const [written] = double.state.statuses
    expect(written).toMatchObject({ text: 'Hello @you', spoiler: 'Running', visibility: 'unlisted', language: 'en' })
    expect(done).toEqual({ state: 'published', id: written!.id, url: `${double.url}/@me/${written!.id}` })
  })

  test('leaves visibility to the account when the author chose none', async () => {
    const session = sessionFor(double)
    expect(await publish.prepare!(session, partOf('Plain'), 'k')).toMatchObject({ body: { status: 'Plain' } })
    expect(await publish.prepare!(session, partOf('Plain'), 'k')).not.toHaveProperty('body.visibility')
  })

  test('carries media with alternative text, after the server has processed them', async () => {
    double.settings.mediaProcessingMs = 3_600_000
    const files = [fileOf('a', 'A runner "at" the\r\nstart'), fileOf('b', '', { fileName: 'zürich "1".png' })]
    const session = sessionFor(double, { media: files, server: faults.url })
    const preparing = publish.prepare!(session, partOf('', { media: files.map(mediaOf) }), 'k')
    const looks = () => faults.requests.filter(({ path }) => path.startsWith('/api/v1/media/')).length
    await expect.poll(looks, { timeout: 10_000 }).toBeGreaterThan(1)
    double.settings.mediaProcessingMs = 0
    for (const media of double.state.media.values()) media.readyAt = 0
    const content = await preparing
    const sent = faults.requests.filter(({ path }) => path === '/api/v2/media')
    expect(sent.map(({ headers, body }) => Number(headers['content-length']) - body.length)).toEqual([0, 0])
    await publish.submit(session, content, 'k')
    const media = double.state.statuses[0]!.media
    expect(media.map(({ description }) => description)).toEqual(['A runner "at" the\r\nstart', null])
    expect(media.map(({ bytes }) => bytes.length)).toEqual([files[0]!.bytes, files[1]!.bytes])
  })

  test('uploads the old way where the new one is missing', async () => {
    faults.inject(answer(404, { body: '{"error":"Not found"}' }), { match: ({ path }) => path === '/api/v2/media' })
    const file = fileOf('a', 'A runner')
    const session = sessionFor(double, { media: [file], server: faults.url })
    await post(session, partOf('Old', { media: [mediaOf(file)] }))
    expect(double.state.statuses[0]!.media[0]!.description).toBe('A runner')
  })

  test('names the file that the server could not process', async () => {
    Object.assign(double.settings, { mediaProcessingMs: 50, mediaProcessingFails: true })
    const file = fileOf('a', 'A runner')
    const session = sessionFor(double, { media: [file] })
    const error = await refused(publish.prepare!(session, partOf('', { media: [mediaOf(file)] }), 'k'))
    expect(error).toMatchObject({ kind: 'rejected', code: 'media-processing-failed', field: 'segments.0.media.0' })
  })

  test('stops waiting for media when its time is over', async () => {
    double.settings.mediaProcessingMs = 60_000
    const file = fileOf('a', '')
    const session = sessionFor(double, { media: [file], signal: AbortSignal.timeout(600) })
    const error = await refused(publish.prepare!(session, partOf('', { media: [mediaOf(file)] }), 'k'))
    expect(error).toMatchObject({ kind: 'unavailable' })
    expect(double.state.statuses).toEqual([])
  })

  test('carries a poll', async () => {
    const poll = { options: ['Yes', 'No'], expiresIn: 3600, multiple: true, hideTotals: true }
    await post(sessionFor(double), partOf('Well?', { options: { poll } }))
    expect(double.state.statuses[0]!.poll).toMatchObject({ options: ['Yes', 'No'], multiple: true, hideTotals: true })
  })

  test('continues as a thread, and the first comment answers the post itself', async () => {
    const session = sessionFor(double)
    const root = await post(session, partOf('One'), 'k1')
    const second = await post(session, partOf('Two', { position: 1, role: 'segment', root, previous: root }), 'k2')
    const comment = { position: 2, role: 'comment' as const, root, previous: second }
    await post(session, partOf('Three', comment), 'k3')
    expect(double.state.statuses.map(({ replyTo }) => replyTo)).toEqual([null, root.id, root.id])
  })

  test('is taken away once, and a second time without complaint', async () => {
    const session = sessionFor(double)
    const done = await post(session, partOf('Soon gone'))
    await publish.remove!(session, done)
    expect(double.state.statuses).toEqual([])
    await publish.remove!(session, done)
  })
})

describe('a lost answer', () => {
  const software = { software: 'gotosocial', version: '0.20.0' }
  const servers = [
    { name: 'that honours the key', idempotency: 'honoured', instance: undefined },
    { name: 'that ignores the key', idempotency: 'ignored', instance: software },
  ] as const

  /** As the ledger does: never sent again before it was looked for. */
  async function deliver(session: Session, content: Json, key: string, since: Date): Promise<RemoteRef> {
    try {
      const done = await publish.submit(session, content, key)
      if (done.state === 'published') return done
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'unknown') throw error
    }
    const found = await publish.find!(session, content, key, since)
    if (found.state === 'published') return found
    if (found.state === 'absent') return deliver(session, content, key, since)
    throw new Error('unsure')
  }

  for (const { name, idempotency, instance } of servers) {
    for (const [loss, fault] of Object.entries({ closeAfter, closeBefore, truncate })) {
      test(`at a server ${name} leaves exactly one post: ${loss}`, async () => {
        double.settings.idempotency = idempotency
        faults.inject(fault, { match: isWrite })
        const session = sessionFor(double, { server: faults.url, instance })
        const since = new Date()
        const content = await publish.prepare!(session, partOf('Once & only <once> https://example.org/a?b=1&c=2'), 'k')
        const done = await deliver(session, content, 'k', since)
        expect(double.state.statuses.map(({ id }) => id)).toEqual([done.id])
      })
    }
  }

  test('sent again under the same key is the same post, for an hour', async () => {
    let hours = 0
    double.settings.now = () => new Date(Date.now() + hours * 3_600_000)
    const session = sessionFor(double)
    const first = await post(session, partOf('Again'), 'same')
    expect((await post(session, partOf('Again'), 'same')).id).toBe(first.id)
    hours = 2
    expect((await post(session, partOf('Again'), 'same')).id).not.toBe(first.id)
    double.settings.now = () => new Date()
  })

  test('the promise of the key is made for Mastodon alone', () => {
    const lifetime = (facts: { software: string | null; version: string }) =>
      publish.keyLifetimeFor!({ ...sessionFor(double, { instance: facts }).account })
    expect(publish.keyLifetime).toBeUndefined()
    expect(lifetime({ software: 'mastodon', version: '4.5.3' })).toBe(3600)
    expect(lifetime({ software: 'hometown', version: '4.0.2+hometown-1.1.1' })).toBe(3600)
    expect(lifetime({ software: 'gotosocial', version: '0.20.0' })).toBeNull()
    expect(lifetime({ software: 'pleroma', version: '2.7.2 (compatible; Pleroma 2.5.0)' })).toBeNull()
    expect(lifetime({ software: null, version: '' })).toBeNull()
  })
})

describe('a refusal', () => {
  const inject = (status: number, error: string, headers: Record<string, string> = {}) =>
    faults.inject(answer(status, { body: JSON.stringify({ error }), headers }), { match: isWrite })
  const table = [
    { status: 401, error: 'The access token was revoked', kind: 'auth-revoked', code: 'token-refused' },
    { status: 403, error: 'This action is outside the authorized scopes', kind: 'forbidden', code: 'missing-scope' },
    { status: 403, error: 'Your login is currently disabled', kind: 'forbidden', code: 'not-allowed' },
    { status: 422, error: 'Validierung fehlgeschlagen', kind: 'rejected', code: 'validation' },
    { status: 503, error: 'There was a temporary problem', kind: 'unknown', code: 'status-503' },
    { status: 500, error: '', kind: 'unknown', code: 'status-500' },
  ]
  test.each(table)('$status $error → $kind', async ({ status, error, kind, code }) => {
    inject(status, error)
    const session = sessionFor(double, { server: faults.url })
    expect(await refused(post(session, partOf('No')))).toMatchObject({ kind, code, status })
  })

  test('of a token that can be renewed asks for that', async () => {
    const renewal = { refreshToken: 'r', clientId: 'c', clientSecret: 's', tokenUrl: `${double.url}/oauth/token` }
    const credentials = { accessToken: 'ended', application: null, scopes: [], renewal }
    const session = sessionFor(double, { credentials })
    expect(await refused(post(session, partOf('No')))).toMatchObject({ kind: 'auth-expired' })
  })

  test('for a text that is too long points at the text', async () => {
    const error = await refused(post(sessionFor(double), partOf('x'.repeat(501))))
    expect(error).toMatchObject({ kind: 'rejected', code: 'text-too-long', field: 'segments.0.text' })
  })

  test('for media that are not ready is a reason to wait', async () => {
    const file = fileOf('a', '')
    const session = sessionFor(double, { media: [file] })
    const content = await publish.prepare!(session, partOf('Wait', { media: [mediaOf(file)] }), 'k')
    for (const media of double.state.media.values()) media.readyAt = Date.now() + 60_000
    expect(await refused(publish.submit(session, content, 'k'))).toMatchObject({
      kind: 'unavailable',
      code: 'media-not-ready',
    })
  })

  test('of a reply to a post that is gone says so', async () => {
    const root = { id: '1', url: '' }
    const error = await refused(
      post(sessionFor(double), partOf('Re', { position: 1, role: 'segment', root, previous: root })),
    )
    expect(error).toMatchObject({ kind: 'gone', code: 'reply-target-gone' })
  })

  test('for asking too often says until when, from the header of the server', async () => {
    double.settings.rateLimits = { requests: 0, uploads: 0, deletions: 0 }
    const error = await refused(post(sessionFor(double), partOf('Busy')))
    expect(error).toMatchObject({ kind: 'rate-limited' })
    const wait = error.retryAt!.getTime() - Date.now()
    expect(wait).toBeGreaterThan(290_000)
    expect(wait).toBeLessThanOrEqual(300_000)
  })

  test('for want of a permission names it', async () => {
    const session = sessionFor(double, { scopes: ['read'] })
    expect(await refused(post(session, partOf('No')))).toMatchObject({ kind: 'forbidden', scope: 'write:statuses' })
  })
})
