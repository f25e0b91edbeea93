// Hostile requests: shapes that are too deep or reach for the prototype, headers, cursors and ids that are garbage.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countRows, expectWell, newPost, type Person, type Running, refusal, startRunning, textOf } from './world.ts'

let running: Running
let owner: Person
let accountId: string
beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
  accountId = (await running.connect(owner)).id
})
afterEach(() => expectWell(running))
afterAll(() => running.close())

const posts = '/orgs/{org}/posts'

async function leavesNothing(work: () => Promise<void>): Promise<void> {
  const before = await countRows(running, 'posts')
  await work()
  expect(await countRows(running, 'posts')).toBe(before)
}

describe('shapes', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const withOptions = (options: string) =>
    `{"content":{"segments":[{"text":"a","media":[]}],"options":${options}},"variants":[]}`
  const send = async (body: string) => {
    const response = await owner.fetch(`/api/v1${posts.replace('{org}', owner.orgId)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body,
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }

  test.each([100, 10_000, 300_000])('options %i levels deep are refused', (levels) =>
    leavesNothing(async () => {
      const answer = await send(withOptions(deep(levels)))
      expect(answer).toMatchObject({
        status: 422,
        body: { data: { code: 'not-storable', params: { reason: 'nested-too-deeply' } } },
      })
      expect(answer.body.data.field).toMatch(/^content\.options(\.a)*$/)
    }),
  )

  test('keys that reach for the prototype change nothing', async () => {
    const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}'
    const answer = await send(withOptions(hostile))
    expect(answer.status).toBe(201)
    for (const query of ['__proto__[polluted]=1', 'constructor[prototype][polluted]=1', '__proto__.polluted=1'])
      expect((await owner.call('GET', `${posts}?${query}`)).status).toBe(200)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(
      (await owner.call('POST', `${posts}/check`, { content: answer.body.content, variants: [{ accountId }] })).status,
    ).toBe(200)
  })

  test('a settled network takes no options it does not know', async () => {
    const post = await newPost(owner, [accountId], {
      ...textOf('with options'),
      options: { 'no such': [1, { two: null }] },
    })
    expect((await owner.call('POST', `${posts}/${post.id}/schedule`, { when: { kind: 'now' } })).status).toBe(200)
    expect((await owner.call('POST', `${posts}/${post.id}/cancel`)).status).toBe(200)
  })
})

describe('headers, cursors and ids', () => {
  test('a key of 201 characters is refused, one of 200 is taken', async () => {
    const begin = (key: string) =>
      owner.call('POST', posts, { content: textOf('keyed'), variants: [] }, { 'idempotency-key': key })
    expect(refusal(await begin('k'.repeat(201)))).toEqual([400, 'idempotency-key-unusable', 'Idempotency-Key'])
    const first = await begin('k'.repeat(200))
    expect(first.status).toBe(201)
    expect((await begin('k'.repeat(200))).body).toEqual(first.body)
  })

  test('a header larger than a server reads is refused by the server itself', async () => {
    const answer = await owner.fetch('/healthz', { headers: { 'x-large': 'x'.repeat(100_000) } })
    expect(answer.status).toBe(431)
  })

  const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
  const garbage = [
    'nonsense',
    '%F0%9F%92%A9',
    'x'.repeat(500),
    cursor(null),
    cursor({}),
    cursor(['2026-01-01T00:00:00Z', "'; drop table posts --"]),
    cursor([Number.MAX_VALUE]),
    cursor([['a']]),
  ]
  const lists = ['posts', 'media', 'source-items', 'events', 'notifications']

  test.each(lists)('a cursor of %s that is garbage is named', async (list) => {
    for (const each of garbage)
      expect(refusal(await owner.call('GET', `/orgs/{org}/${list}?cursor=${each}`))).toEqual([
        422,
        'cursor-not-known',
        'cursor',
      ])
    expect(refusal(await owner.call('GET', `/orgs/{org}/${list}?cursor=${'x'.repeat(501)}`))).toEqual([
      422,
      'invalid-input',
      'cursor',
    ])
  })

  test('a cursor before the beginning of time and after its end is simply a place', async () => {
    for (const year of ['0000', '0001', '9999']) {
      const at = cursor([`${year}-01-01T00:00:00.000Z`, crypto.randomUUID()])
      for (const list of ['posts?', 'posts?order=due&', 'source-items?'])
        expect((await owner.call('GET', `/orgs/{org}/${list}cursor=${at}`)).status).toBe(200)
    }
  })

  test('ids that are none are refused by their field', async () => {
    for (const id of ['1', 'null', '..%2f..%2fetc', "' or 1=1 --", '00000000-0000-0000-0000-00000000000g'])
      expect(refusal(await owner.call('GET', `${posts}/${encodeURIComponent(id)}`))).toEqual([
        422,
        'invalid-input',
        'id',
      ])
    expect((await owner.call('GET', `${posts}/%E0%A4%A`)).status).toBeOneOf([400, 404, 422])
  })
})
