// Hostile words: too long, broken, unstorable, too deep. Each has its clear answer, and nothing is broken afterwards.

import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countRows, expectWell, newPost, type Person, type Running, refusal, startRunning, textOf } from './world.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

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
const create = (content: unknown) => owner.call('POST', posts, { content, variants: [] })

async function leavesNothing(work: () => Promise<void>): Promise<void> {
  const before = await countRows(running, 'posts')
  await work()
  expect(await countRows(running, 'posts')).toBe(before)
}

describe('25 MB of text', () => {
  test('in a post is answered at once, and memory stays where it was', () =>
    leavesNothing(async () => {
      const body = JSON.stringify({ content: textOf('x'.repeat(25_000_000)), variants: [] })
      const before = process.memoryUsage.rss()
      const start = performance.now()
      for (let round = 0; round < 5; round++) {
        const answer = await owner
          .fetch(`/api/v1${posts.replace('{org}', owner.orgId)}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
          .then(async (response) => ({ status: response.status, body: await response.json() }))
        expect(answer).toMatchObject({
          status: 413,
          body: { data: { code: 'too-large', params: { maxBytes: 2_000_000 } } },
        })
      }
      expect(performance.now() - start).toBeLessThan(hangs)
      expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
    }))

  test('sent in chunks without a length is cut off at the limit', () =>
    leavesNothing(async () => {
      const chunk = Buffer.alloc(100_000, 'x')
      let sent = 0
      const status = await new Promise<number>((resolve, reject) => {
        const sending = request(`${running.url}/api/v1${posts.replace('{org}', owner.orgId)}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
        })
        const pour = () => {
          while (sent < 25_000_000 && !sending.destroyed) {
            sent += chunk.length
            if (!sending.write(chunk)) return void sending.once('drain', pour)
          }
          sending.end('"')
        }
        sending.on('response', (response) => {
          resolve(response.statusCode!)
          sending.destroy()
        })
        sending.on('error', reject)
        sending.write('{"content":{"segments":[{"media":[],"text":"')
        pour()
      })
      expect(status).toBe(413)
      expect(sent).toBeLessThan(25_000_000)
    }))
})

test('a thread of 10,000 parts is refused by its field in less than two seconds', () =>
  leavesNothing(async () => {
    const segments = Array.from({ length: 10_000 }, (_, index) => ({ text: `Part ${index}`, media: [] }))
    const start = performance.now()
    for (const path of [posts, `${posts}/check`]) {
      const answer = await owner.call('POST', path, { content: { segments }, variants: [{ accountId }] })
      expect(refusal(answer)).toEqual([422, 'invalid-input', 'content.segments'])
    }
    expect(performance.now() - start).toBeLessThan(hangs)
  }))

test('as long a thread as a draft may hold is checked and saved in less than two seconds, and not scheduled', async () => {
  const segments = Array.from({ length: 200 }, (_, index) => ({ text: `${index} ${'é'.repeat(4000)}`, media: [] }))
  const start = performance.now()
  const post = await newPost(owner, [accountId], { segments })
  const schedule = await owner.call('POST', `${posts}/${post.id}/schedule`, { when: { kind: 'now' } })
  expect(refusal(schedule)).toEqual([422, 'thread.too-long', 'segments'])
  expect(performance.now() - start).toBeLessThan(hangs)
})

describe('a broken body', () => {
  const raw = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const path = `/api/v1${posts.replace('{org}', owner.orgId)}`
    const response = await owner.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    return { status: response.status, body: await response.json() }
  }
  const json = (text: string) => `{"content":{"segments":[{"text":"${text}","media":[]}]},"variants":[]}`
  const withBytes = (...bytes: number[]) => {
    const [before, after] = json('|').split('|') as [string, string]
    return new Uint8Array(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]))
  }

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['broken UTF-8', withBytes(0xc3, 0x28)],
    ['an overlong NUL', withBytes(0xc0, 0x80)],
    ['UTF-8 of half a pair', withBytes(0xed, 0xa0, 0xbd)],
    ['a cut-off character', withBytes(0xf0, 0x9f)],
    ['a raw NUL', json('a\0b')],
    ['half a document', json('a').slice(0, 20)],
    ['nothing at all, but words', 'hello'],
  ])('%s is told to be malformed', (_, body) =>
    leavesNothing(async () => {
      expect(await raw(body)).toMatchObject({ status: 400, body: { data: { code: 'malformed-request' } } })
    }),
  )

  test.each<[string, string, string]>([
    ['a list instead of an object', '[]', ''],
    ['null', 'null', ''],
    ['an empty body', '', 'content'],
  ])('%s is refused as input', (_, body) =>
    leavesNothing(async () => {
      const answer = await raw(body)
      expect([400, 422]).toContain(answer.status)
      expect(answer.body.data.code).toMatch(/invalid-input|malformed-request/)
    }),
  )

  test('another kind of body is refused too', () =>
    leavesNothing(async () => {
      for (const type of [
        'text/plain',
        'application/xml',
        'application/octet-stream',
        'multipart/form-data; boundary=x',
      ]) {
        const answer = await raw(json('a'), { 'content-type': type })
        expect([400, 415, 422]).toContain(answer.status)
      }
    }))
})

describe('characters that no table can hold', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['a NUL in a post', posts, { content: textOf('a\0b') }, 'content.segments.0.text'],
    ['half an emoji in a post', posts, { content: textOf('a\ud83d') }, 'content.segments.0.text'],
    ['a NUL in a title', posts, { content: { ...textOf('a'), title: '\0' } }, 'content.title'],
    ['a NUL in a tag', posts, { content: { ...textOf('a'), tags: ['x', '\0'] } }, 'content.tags.1'],
    ['a NUL in an option', posts, { content: { ...textOf('a'), options: { a: ['\0'] } } }, 'content.options.a.0'],
    [
      'a NUL in the name of an option',
      posts,
      { content: { ...textOf('a'), options: { 'a\0': 1 } } },
      'content.options',
    ],
    [
      'a NUL in own words',
      posts,
      { content: textOf('a'), variants: [{ accountId: '', content: textOf('\0') }] },
      'variants.0.content.segments.0.text',
    ],
    ['a NUL in the name of a department', '/orgs/{org}/departments', { name: 'a\0' }, 'name'],
    [
      'a NUL in a value of the connect form',
      '/orgs/{org}/accounts',
      { connector: 'fake', method: 'token', values: { url: '\0' } },
      'values.url',
    ],
    ['a NUL in an address', '/orgs/{org}/webhooks', { url: 'http://a.example/\0', verbs: [] }, 'url'],
  ])('%s is refused by its field', (_, path, body, field) =>
    leavesNothing(async () => {
      expect(refusal(await owner.call('POST', path, body))).toEqual([422, 'not-storable', field])
    }),
  )

  test('in a query, too', async () => {
    expect(refusal(await owner.call('GET', `${posts}?q=%00`))).toEqual([422, 'not-storable', 'q'])
    expect(refusal(await owner.call('GET', '/orgs/{org}/media?q=a%00b'))).toEqual([422, 'not-storable', 'q'])
  })

  test('a reason for holding a post, too', async () => {
    const post = await newPost(owner, [], textOf('held'))
    const answer = await owner.call('POST', `${posts}/${post.id}/hold`, { reason: '\0' })
    expect(refusal(answer)).toEqual([422, 'not-storable', 'reason'])
  })

  test('on the way in to Longrun, too', async () => {
    for (const [path, body] of [
      ['sign-in/email', { email: 'a\0b@example.org', password: 'x' }],
      ['sign-in/email', { email: 'a@example.org', password: '\0\ud83d' }],
      ['request-password-reset', { email: '\0@example.org' }],
    ] as const) {
      const answer = await owner.fetch(`/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: running.app.services.publicUrl },
        body: JSON.stringify(body),
      })
      expect([path, answer.status < 500]).toEqual([path, true])
    }
  })

  test('every other character survives the way to the database and back', async () => {
    const text =
      '\u0001\u0007\u001f\u007f\u2028\u2029\ufffe\uffff\u{1f468}\u200d\u{1f469}\u200d\u{1f467} ‮שלום عربى e\u0301 \u{10ffff}'
    const post = await newPost(owner, [], textOf(text))
    expect((await owner.call('GET', `${posts}/${post.id}`)).body.content.segments[0].text).toBe(text)
  })
})

test('nobody who has not signed in is told more than that', async () => {
  const body = { content: textOf('\0'), variants: [] }
  expect(refusal(await running.call('POST', `/orgs/${owner.orgId}/posts`, body))[0]).toBe(401)
  expect(await create(textOf('fine'))).toMatchObject({ status: 201 })
})
