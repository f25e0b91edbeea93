// Ids of another organisation, wherever a request can name one: answered like ids that never were, by their field.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { picture } from '../../src/media/testing/samples.ts'
import { expectWell, newPost, type Person, type Running, refusal, startRunning, textOf } from './world.ts'

let running: Running
let ours: Person
let theirs: Person
let account: string
let own: { account: string; department: string }
let alien: { account: string; media: Record<string, unknown>; department: string; post: string; webhook: string }

async function mediaBy(person: Person) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(await picture({ width: 12, height: 12 }).png().toBuffer())], 'a.png'))
  const { body } = await person.call('POST', '/orgs/{org}/media', form)
  return {
    id: body.id,
    kind: 'image',
    type: body.type,
    bytes: body.bytes,
    width: 12,
    height: 12,
    seconds: null,
    alt: '',
  }
}
const departmentBy = async (person: Person) =>
  (await person.call('POST', '/orgs/{org}/departments', { name: 'Sales' })).body.id as string

beforeAll(async () => {
  running = await startRunning({ allow: ['example.org'] })
  ours = await running.as('owner', running.app.ours)
  theirs = await running.as('owner', running.app.theirs)
  account = (await running.connect(ours)).id
  own = { account, department: await departmentBy(ours) }
  const theirAccount = (await running.connect(theirs)).id
  const webhook = await theirs.call('POST', '/orgs/{org}/webhooks', { url: `${running.network.url}/hook`, verbs: [] })
  alien = {
    account: theirAccount,
    media: await mediaBy(theirs),
    department: await departmentBy(theirs),
    post: (await newPost(theirs, [theirAccount], textOf('Their secret plan'))).id,
    webhook: webhook.body.id,
  }
})
afterEach(() => expectWell(running))
afterAll(() => running.close())

describe('in a post', () => {
  const withMedia = () => ({ segments: [{ text: 'x', media: [alien.media] }] })
  const withCard = () => ({
    segments: [
      { text: 'x', media: [] },
      {
        text: 'y',
        media: [],
        link: { url: 'https://example.org', title: 'x', description: '', imageId: alien.media.id },
      },
    ],
  })

  test.each<[string, () => object, string, string]>([
    [
      'an account',
      () => ({ content: textOf('x'), variants: [{ accountId: account }, { accountId: alien.account }] }),
      'account-not-found',
      'variants.1.accountId',
    ],
    ['a picture', () => ({ content: withMedia(), variants: [] }), 'media-not-found', 'content.segments.0.media.0.id'],
    [
      'a feature image',
      () => ({ content: { ...textOf('x'), featured: alien.media }, variants: [] }),
      'media-not-found',
      'content.featured.id',
    ],
    [
      'the picture of a link',
      () => ({ content: withCard(), variants: [] }),
      'media-not-found',
      'content.segments.1.link.imageId',
    ],
    [
      'a picture in own words',
      () => ({ content: textOf('x'), variants: [{ accountId: account, content: withMedia() }] }),
      'media-not-found',
      'variants.0.content.segments.0.media.0.id',
    ],
  ])('%s cannot be taken, neither at first nor later', async (_, body, code, field) => {
    expect(refusal(await ours.call('POST', '/orgs/{org}/posts', body()))).toEqual([422, code, field])
    const post = await newPost(ours, [], textOf('first'))
    const saved = await ours.call('PATCH', `/orgs/{org}/posts/${post.id}`, { revision: post.revision, ...body() })
    expect(refusal(saved)).toEqual([422, code, field])
    expect((await ours.call('GET', `/orgs/{org}/posts/${post.id}`)).body).toEqual(post)
  })

  test('a check tells nothing of an account of others', async () => {
    const { body } = await ours.call('POST', '/orgs/{org}/posts/check', {
      content: textOf('x'),
      variants: [{ accountId: alien.account }],
    })
    expect(body).toEqual([
      {
        accountId: alien.account,
        issues: [{ level: 'error', code: 'account-not-found', field: 'accountId' }],
        links: [],
      },
    ])
  })
})

describe('in an account', () => {
  test.each(['ownerId', 'deputyId'])('%s', async (field) => {
    const change = await ours.call('PATCH', `/orgs/{org}/accounts/${account}`, { [field]: theirs.memberId })
    expect(refusal(change)).toEqual([422, 'member-not-found', field])
  })

  test('the account to reconnect is looked for before the network is asked', async () => {
    const asked = running.faults.requests.length
    for (const [path, connector, method, values] of [
      ['accounts', 'fake', 'token', { url: running.faults.url, handle: 'x', token: 'y' }],
      ['accounts/authorisations', 'mastodon', 'oauth', { server: running.faults.url }],
    ] as const) {
      const answer = await ours.call('POST', `/orgs/{org}/${path}`, {
        connector,
        method,
        values,
        accountId: alien.account,
      })
      expect(refusal(answer)).toEqual([422, 'account-not-found', 'accountId'])
    }
    expect(running.faults.requests).toHaveLength(asked)
  })

  test('the next slot', async () => {
    const answer = await ours.call('GET', `/orgs/{org}/next-slot?accountId=${alien.account}`)
    expect(refusal(answer)).toEqual([422, 'account-not-found', 'accountId'])
  })
})

test('in people: a department', async () => {
  const invite = { email: 'x@example.org', role: 'viewer', departmentId: alien.department }
  expect(refusal(await ours.call('POST', '/orgs/{org}/invitations', invite))).toEqual([
    422,
    'department-not-found',
    'departmentId',
  ])
  const member = await running.as('viewer')
  const change = { departmentId: alien.department }
  expect(refusal(await ours.call('PATCH', `/orgs/{org}/members/${member.memberId}`, change))).toEqual([
    422,
    'department-not-found',
    'departmentId',
  ])
  expect(
    (await ours.call('PATCH', `/orgs/{org}/members/${member.memberId}`, { departmentId: own.department })).status,
  ).toBe(200)
})

test('in a list of notifications to mark: they stay as they are', async () => {
  const answer = await ours.call('POST', '/orgs/{org}/notifications/read', { ids: [crypto.randomUUID()] })
  expect(answer).toMatchObject({ status: 200, body: { unread: 0 } })
})

test('in a filter: nothing is found', async () => {
  for (const path of [
    `posts?accountId=${alien.account}`,
    `source-items?accountId=${alien.account}`,
    `events?subjectId=${alien.post}`,
    `events?subjectId=${alien.account}`,
    `events?actorId=${theirs.memberId}`,
  ])
    expect((await ours.call('GET', `/orgs/{org}/${path}`)).body).toMatchObject({ items: [] })
  const range = 'from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z'
  expect((await ours.call('GET', `/orgs/{org}/calendar?${range}&accountId=${alien.account}`)).body).toEqual({
    posts: [],
    cells: [],
  })
})

test('in an address: not found, and nothing changed', async () => {
  const before = (await theirs.call('GET', `/orgs/{org}/posts/${alien.post}`)).body
  for (const [method, path, body] of [
    ['GET', `posts/${alien.post}`],
    ['PATCH', `posts/${alien.post}`, { revision: 1, content: textOf('x') }],
    ['POST', `posts/${alien.post}/schedule`, { when: { kind: 'now' } }],
    ['POST', `posts/${alien.post}/hold`, { reason: 'x' }],
    ['POST', `posts/${alien.post}/cancel`, {}],
    ['DELETE', `posts/${alien.post}`],
    ['POST', `posts/${alien.post}/restore`],
    ['GET', `posts/${alien.post}/way`],
    ['GET', `posts/${alien.post}/numbers`],
    ['POST', `posts/${alien.post}/variants/${before.variants[0].id}/withdraw`],
    ['POST', `posts/${alien.post}/variants/${before.variants[0].id}/resolve`, { decision: 'send' }],
    ['GET', `accounts/${alien.account}`],
    ['DELETE', `accounts/${alien.account}`],
    ['POST', `accounts/${alien.account}/check`],
    ['POST', `accounts/${alien.account}/pull`],
    ['GET', `media/${alien.media.id}`],
    ['PATCH', `media/${alien.media.id}`, { alt: 'x' }],
    ['DELETE', `media/${alien.media.id}`],
    ['DELETE', `departments/${alien.department}`],
    ['POST', `webhooks/${alien.webhook}/test`],
    ['GET', `webhooks/${alien.webhook}/deliveries`],
  ] as const) {
    const answer = await ours.call(method, `/orgs/{org}/${path}`, body)
    expect([path, answer.status, answer.body.data?.code]).toEqual([path, 404, 'not-found'])
  }
  expect((await theirs.call('GET', `/orgs/{org}/posts/${alien.post}`)).body).toEqual(before)
})

test('a variant of another post is not found', async () => {
  const [one, two] = [await newPost(ours, [account], textOf('one')), await newPost(ours, [account], textOf('two'))]
  for (const [action, body] of [
    ['withdraw', undefined],
    ['resolve', { decision: 'forget' }],
  ] as const) {
    const answer = await ours.call('POST', `/orgs/{org}/posts/${one.id}/variants/${two.variants[0].id}/${action}`, body)
    expect(refusal(answer).slice(0, 2)).toEqual([404, 'not-found'])
  }
})

test('files are behind the same wall', async () => {
  for (const path of [
    `/files/${theirs.orgId}/${alien.media.id}/original`,
    `/files/${ours.orgId}/${alien.media.id}/original`,
    `/files/${ours.orgId}/${alien.media.id}/thumbnail`,
  ])
    expect((await ours.fetch(path)).status).toBe(404)
  expect((await theirs.fetch(`/files/${theirs.orgId}/${alien.media.id}/original`)).status).toBe(200)
})
