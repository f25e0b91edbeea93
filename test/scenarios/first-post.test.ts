// The first hour with Longrun, by HTTP alone: owner, account on a real PDS, a picture, a plan, the post, its proof; and a post in doubt.

import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from '../../src/media/testing/samples.ts'
import { describeServer } from '../servers/describe-server.ts'
import { type Pds, type PdsAccount, startPds } from '../servers/pds.ts'
import { type Answer, answerOf } from '../world/app.ts'
import { expectWell, type Running, refusal, startRunning, there } from './world.ts'

let running: Running
let token = ''
let org = ''

async function call(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const form = body instanceof FormData
  return answerOf(
    await fetch(`${running.url}/api/v1${path.replace('{org}', org)}`, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : form ? body : JSON.stringify(body),
    }),
  )
}

async function good(method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await call(method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

const inSeconds = (seconds: number) => ({
  when: {
    kind: 'at',
    wall: new Date(Date.now() + running.moved.ms + seconds * 1000).toISOString().slice(0, 19),
    zone: 'UTC',
  },
})
const stateOf = async (id: string) => (await good('GET', `/orgs/{org}/posts/${id}`)).state
const wayOf = async (id: string): Promise<{ code: string; url: string | null }[]> =>
  good('GET', `/orgs/{org}/posts/${id}/way`)

async function setUp(allow: string[] = []): Promise<void> {
  running = await startRunning({ empty: true, allow })
  token = ''
  expect((await call('GET', '/installation')).body).toMatchObject({ hasOwner: false })
  const owner = {
    name: 'Ada',
    email: 'ada@example.org',
    password: 'a long enough password',
    organisation: 'Striders',
    timeZone: 'Europe/Berlin',
  }
  const first = await call('POST', '/installation', owner)
  expect(first.status).toBe(201)
  token = first.body.token
  org = first.body.organisation.id
  expect(refusal(await call('POST', '/installation', owner, '')).slice(0, 2)).toEqual([409, 'already-set-up'])
  running.work()
}

describeServer('pds', () => {
  let pds: Pds
  let author: PdsAccount
  beforeAll(async () => {
    pds = await startPds()
    author = await pds.createAccount('strider')
    await setUp([new URL(pds.url).host])
  })
  afterAll(async () => {
    await running.close()
    await pds.stop()
  })

  test('from an empty installation to a post with a picture and its proof', async () => {
    const values = { service: pds.url, identifier: author.handle, password: author.appPassword }
    const wrong = {
      connector: 'bluesky',
      method: 'app-password',
      values: { ...values, password: 'aaaa-bbbb-cccc-dddd' },
    }
    expect(refusal(await call('POST', '/orgs/{org}/accounts', wrong)).slice(0, 2)).toEqual([422, 'network-refused'])
    const account = await good('POST', '/orgs/{org}/accounts', { ...wrong, values })
    expect(account).toMatchObject({ remoteId: author.did, state: 'connected', publishes: true })
    expect(JSON.stringify(account)).not.toContain(author.appPassword)

    const form = new FormData()
    form.append(
      'file',
      new File([new Uint8Array(await picture({ width: 300, height: 200 }).jpeg().toBuffer())], 'start.jpg'),
    )
    form.append('alt', 'Runners at the start line')
    const media = await good('POST', '/orgs/{org}/media', form)
    await good('POST', '/orgs/{org}/media/rights', { ids: [media.id], rights: { basis: 'own' } })

    const { id: mediaId, type, bytes, width, height, alt, kind } = media
    const crop = { x: 0.25, y: 0, width: 0.5, height: 1 }
    const item = { id: mediaId, kind, type, bytes, width, height, seconds: null, alt, crop }
    const content = { segments: [{ text: 'Off we go. 👟', media: [item] }], language: 'en' }
    const variants = [{ accountId: account.id }]
    expect(await good('POST', '/orgs/{org}/posts/check', { content, variants })).toEqual([
      { accountId: account.id, issues: [], links: [] },
    ])
    const post = await good('POST', '/orgs/{org}/posts', { content, variants })
    const planned = await good('POST', `/orgs/{org}/posts/${post.id}/schedule`, inSeconds(2))
    expect(planned).toMatchObject({ state: 'scheduled', dueZone: 'UTC' })
    await expect.poll(() => stateOf(post.id), { timeout: 20_000, interval: 100 }).toBe('published')

    const done = await good('GET', `/orgs/{org}/posts/${post.id}`)
    const [variant] = done.variants
    expect(new Date(variant.publishedAt).getTime()).toBeGreaterThanOrEqual(new Date(planned.dueAt).getTime())
    const way = await wayOf(post.id)
    expect(way.map(({ code }) => code)).toEqual([
      'post.created',
      'post.scheduled',
      'attempt.send',
      'attempt.sent',
      'part.accepted',
    ])
    expect(way.at(-1)!.url).toBe(variant.remoteUrl)

    const list = `${pds.url}/xrpc/com.atproto.repo.listRecords?repo=${author.did}&collection=app.bsky.feed.post`
    const { records } = (await (await fetch(list)).json()) as {
      records: { uri: string; value: Record<string, unknown> }[]
    }
    expect(records).toHaveLength(1)
    expect(records[0]!.value).toMatchObject({
      text: 'Off we go. 👟',
      langs: ['en'],
      embed: {
        $type: 'app.bsky.embed.images',
        images: [
          {
            alt: 'Runners at the start line',
            aspectRatio: { width: 150, height: 200 },
            image: { mimeType: 'image/jpeg' },
          },
        ],
      },
    })
    const { image } = (records[0]!.value.embed as { images: { image: { ref: { $link: string } } }[] }).images[0]!
    const blob = await fetch(`${pds.url}/xrpc/com.atproto.sync.getBlob?did=${author.did}&cid=${image.ref.$link}`)
    expect(await sharp(await blob.arrayBuffer()).metadata()).toMatchObject({ format: 'jpeg', width: 150, height: 200 })
    expect(variant.remoteUrl).toContain(records[0]!.uri.split('/').at(-1))

    const events = (await good('GET', `/orgs/{org}/events?subjectId=${post.id}`)).items.map(
      ({ verb }: { verb: string }) => verb,
    )
    expect(events).toEqual(['post.published', 'post.scheduled', 'post.created'])
    expect(await good('GET', '/orgs/{org}/events/verification')).toMatchObject({ ok: true })
    const withdrawn = await good('POST', `/orgs/{org}/posts/${post.id}/variants/${variant.id}/withdraw`)
    expect(withdrawn.state).toBe('removed')
    expect(((await (await fetch(list)).json()) as { records: unknown[] }).records).toEqual([])
    await expectWell(running)
  })

  test('a contributor writes and cannot let it go', async () => {
    const contributor = await running.app.as('contributor', org)
    const [account] = await good('GET', '/orgs/{org}/accounts')
    const content = { segments: [{ text: 'May I?', media: [] }] }
    const post = await call(
      'POST',
      '/orgs/{org}/posts',
      { content, variants: [{ accountId: account.id }] },
      contributor.token,
    )
    expect(post.status).toBe(201)
    for (const [action, body] of [
      ['schedule', inSeconds(1)],
      ['unschedule', undefined],
      ['cancel', undefined],
      ['hold', undefined],
      ['release', undefined],
    ] as const)
      expect(
        refusal(await call('POST', `/orgs/{org}/posts/${post.body.id}/${action}`, body, contributor.token)).slice(0, 2),
      ).toEqual([403, 'role-forbids'])
    expect(await stateOf(post.body.id)).toBe('draft')
  })
})

test('a post whose outcome nobody can find out waits for a person, whose word settles it', async () => {
  await setUp()
  const { handle, token: key } = running.network.createAccount()
  const values = { url: running.faults.url, handle, token: key }
  const account = await good('POST', '/orgs/{org}/accounts', { connector: 'fake', method: 'token', values })
  running.faults.inject(
    { kind: 'close-after' },
    { match: ({ method, path }) => method === 'POST' && path === '/api/posts' },
  )
  const down = { kind: 'answer', status: 500, headers: {}, body: '' } as const
  running.faults.inject(down, {
    match: ({ method, path }) => method === 'GET' && path.startsWith('/api/posts'),
    times: 100,
  })

  const text = 'Did it arrive?'
  const post = await good('POST', '/orgs/{org}/posts', {
    content: { segments: [{ text, media: [] }] },
    variants: [{ accountId: account.id }],
  })
  await good('POST', `/orgs/{org}/posts/${post.id}/schedule`, inSeconds(2))
  await expect
    .poll(
      async () => {
        // The look-ups wait for minutes; the test does not.
        running.moved.ms += 60_000
        return stateOf(post.id)
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe('unconfirmed')
  expect((await wayOf(post.id)).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['attempt.sent', 'attempt.look-up', 'outcome.unknown']),
  )
  expect(there(running, text)).toHaveLength(1)

  const resolve = (body: object) =>
    call('POST', `/orgs/{org}/posts/${post.id}/variants/${post.variants[0].id}/resolve`, body)
  expect(refusal(await resolve({ decision: 'published' }))).toEqual([422, 'address-needed', 'url'])
  expect(refusal(await resolve({ decision: 'published', url: 'javascript:alert(1)' }))).toEqual([
    422,
    'invalid-input',
    'url',
  ])
  const url = `${running.network.url}/@${handle}/${there(running, text)[0]!.id}`
  const settled = await resolve({ decision: 'published', url })
  expect(settled.body).toMatchObject({ state: 'published', variants: [{ remoteUrl: url }] })
  expect(refusal(await resolve({ decision: 'send' })).slice(0, 2)).toEqual([409, 'not-in-doubt'])
  expect((await wayOf(post.id)).at(-1)).toMatchObject({ code: 'post.resolved', by: 'Ada', url })
  expect(there(running, text)).toHaveLength(1)
  await expectWell(running)
  await running.close()
})
