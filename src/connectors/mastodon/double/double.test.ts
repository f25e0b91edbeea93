// The double as a server: what it refuses, what its headers say, and that the OpenAPI description really judges it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findDescription } from './openapi.ts'
import { type MastodonDouble, startMastodonDouble } from './server.ts'

let double: MastodonDouble
beforeEach(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'you'] })
})
afterEach(() => double.stop())

function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${double.tokenFor('me')}`
  const form = body instanceof FormData || body instanceof URLSearchParams
  return fetch(double.url + path, {
    method,
    headers: { authorization, ...(body && !form ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body === undefined ? null : form ? body : JSON.stringify(body),
  })
}
const post = (body: unknown) => ask('POST', '/api/v1/statuses', body)
const errorOf = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as { error: string }) })

describe('a post is refused', () => {
  const poll = { options: ['a', 'b'], expires_in: 600 }
  test.each<[string, unknown, number, RegExp]>([
    ['empty', { status: '  ' }, 422, /can't be blank/],
    ['one character too long', { status: 'x'.repeat(501) }, 422, /character limit of 500 exceeded/],
    ['too long with its warning', { status: 'x'.repeat(499), spoiler_text: 'ab' }, 422, /character limit/],
    ['with five files', { status: 'x', media_ids: ['1', '2', '3', '4', '5'] }, 422, /more than 4 files/],
    ['with an unknown file', { status: 'x', media_ids: ['1'] }, 422, /not found/],
    ['with a poll and a file', { status: 'x', media_ids: ['1'], poll }, 422, /more than 4 files/],
    ['with one choice', { status: 'x', poll: { ...poll, options: ['a'] } }, 422, /more than one item/],
    ['with a poll of a minute', { status: 'x', poll: { ...poll, expires_in: 60 } }, 422, /too short/],
    ['as an answer to nothing', { status: 'x', in_reply_to_id: '1' }, 404, /does not appear to exist/],
  ])('%s', async (_, body, status, error) => {
    expect(await errorOf(await post(body))).toEqual({ status, error: expect.stringMatching(error) })
    expect(double.state.statuses).toEqual([])
  })
})

test('forms are read as Rails reads them', async () => {
  const form = new URLSearchParams({ status: 'Form', 'poll[expires_in]': '600', 'poll[multiple]': 'true' })
  form.append('poll[options][]', 'a')
  form.append('poll[options][]', 'b')
  expect((await post(form)).status).toBe(200)
  expect(double.state.statuses[0]!.poll).toMatchObject({ options: ['a', 'b'], multiple: true })
})

test('uploads are checked by kind, size and length of the description', async () => {
  double.settings.imageBytes = 10
  const upload = async (bytes: number, type: string, description: string) => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(bytes)], { type }), 'file')
    form.set('description', description)
    return (await ask('POST', '/api/v2/media', form)).status
  }
  expect(await upload(10, 'image/png', 'x'.repeat(1500))).toBe(200)
  expect(await upload(11, 'image/png', '')).toBe(422)
  expect(await upload(10, 'text/html', '')).toBe(422)
  expect(await upload(10, 'image/png', 'x'.repeat(1501))).toBe(422)
})

test('tokens count: unknown, revoked, and without the permission', async () => {
  const as = async (token: string) => {
    const answer = await ask('POST', '/api/v1/statuses', { status: 'x' }, { authorization: `Bearer ${token}` })
    return (await errorOf(answer)).error
  }
  expect(await as('nonsense')).toBe('The access token is invalid')
  expect(await as(double.tokenFor('me', ['read']))).toBe('This action is outside the authorized scopes')
  const revoked = double.tokenFor('me')
  double.state.tokens.find(({ value }) => value === revoked)!.revoked = true
  expect(await as(revoked)).toBe('The access token was revoked')
})

test('direct posts are seen by their people alone', async () => {
  const { id } = (await (await post({ status: 'Psst', visibility: 'direct' })).json()) as { id: string }
  expect((await ask('GET', `/api/v1/statuses/${id}`)).status).toBe(200)
  const authorization = `Bearer ${double.tokenFor('you')}`
  expect((await ask('GET', `/api/v1/statuses/${id}`, undefined, { authorization })).status).toBe(404)
})

test('who asks too often is told until when, as an ISO time', async () => {
  double.settings.rateLimits.requests = 2
  const authorization = `Bearer ${double.tokenFor('me')}`
  const left: (string | null)[] = []
  for (let i = 0; i < 3; i++) {
    const answer = await ask('GET', '/api/v2/instance', undefined, { authorization })
    left.push(`${answer.status} ${answer.headers.get('x-ratelimit-remaining')}`)
    expect(answer.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/)
  }
  expect(left).toEqual(['200 1', '200 0', '429 0'])
})

test('the OpenAPI description is found where the environment says, else beside the checkout or further up, else nowhere', () => {
  const root = mkdtempSync(join(tmpdir(), 'longrun-specs-'))
  const beside = join(root, 'shared', 'data', 'specs')
  const checkout = join(root, 'some', 'checkout', 'src')
  for (const folder of [beside, checkout]) mkdirSync(folder, { recursive: true })
  expect(findDescription('', checkout)).toBeNull()
  const file = join(beside, 'mastodon-openapi.json')
  writeFileSync(file, '{}')
  expect(findDescription('', checkout)).toBe(file)
  expect(findDescription(checkout, checkout)).toBeNull()
  expect(findDescription(beside, '/')).toBe(file)
  rmSync(root, { recursive: true })
})

// Where there is no description, these are not there either; the end of a test run says so by name.
if (findDescription()) describe('the OpenAPI description judges', judging)

function judging() {
  const departures = async (asking: Promise<Response>) => {
    await (await asking).text()
    return double.violations!.splice(0)
  }

  test('a good exchange as good', async () => {
    expect(await departures(post({ status: 'x', poll: { options: ['a', 'b'], expires_in: 600 } }))).toEqual([])
    expect(await departures(ask('GET', '/api/v1/timelines/public?limit=2'))).toEqual([])
  })

  test('a misspelt property of a body', async () => {
    expect(await departures(post({ status: 'x', spoilerText: 'y' }))).toContainEqual(
      expect.stringContaining('spoilerText'),
    )
  })

  test('a wrong type in a body', async () => {
    expect(await departures(post({ status: 'x', sensitive: 'yes' }))).toContainEqual(
      expect.stringContaining('/sensitive must be boolean'),
    )
  })

  test('parameters that are unknown, missing, or of another type', async () => {
    expect(await departures(ask('GET', '/api/v1/timelines/public?limt=2'))).toEqual([
      'GET /api/v1/timelines/public: query parameter limt is not described',
    ])
    expect(await departures(ask('GET', '/api/v1/timelines/public?limit=two'))).toEqual([
      'GET /api/v1/timelines/public: query parameter limit is no integer',
    ])
  })

  test('an answer that lacks something, and one of a wrong type', async () => {
    double.settings.domain = undefined as unknown as string
    expect(await departures(ask('GET', '/api/v2/instance'))).toContainEqual(
      expect.stringContaining("must have required property 'domain'"),
    )
    double.settings.domain = 7 as unknown as string
    expect(await departures(ask('GET', '/api/v2/instance'))).toContainEqual(
      expect.stringContaining('/domain must be string'),
    )
  })

  test('an address that is not described', async () => {
    expect(await departures(ask('GET', '/api/v1/nothing'))).toEqual(['GET /api/v1/nothing: not described'])
  })
}
