// At the edge: text of every script exactly at a network's limit and one more, and times that clocks skip or strike twice.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anAccount } from '../world/practice.ts'
import {
  expectWell,
  newPost,
  type Person,
  type Running,
  refusal,
  startRunning,
  textOf,
  there,
  untilState,
} from './world.ts'

let running: Running
let owner: Person
const accounts: Record<string, { id: string; max: number }> = {}

beforeAll(async () => {
  running = await startRunning()
  // The times below lie ahead of this day, whenever the test runs.
  running.moved.ms = Date.parse('2026-12-01T00:00:00Z') - Date.now()
  owner = await running.as('owner')
  running.network.setLimits({ text: 50 })
  accounts.practice = { id: (await running.connect(owner)).id, max: 50 }
  const caller = { ...owner, role: 'owner', actor: { kind: 'member', id: owner.memberId }, scopes: null } as const
  const connected = (connector: string, instance: Record<string, number | string>) =>
    anAccount(running.app.services, caller, connector, {
      credentials: null,
      expiresAt: null,
      scopes: [],
      profile: {
        ...{ remoteId: connector, handle: `@${connector}`, displayName: connector, avatarUrl: null, instance },
        ...{ url: 'https://example.org', server: 'https://example.org' },
      },
    })
  accounts.bluesky = { id: await connected('bluesky', {}), max: 300 }
  accounts.mastodon = { id: await connected('mastodon', { software: 'mastodon', maxCharacters: 777 }), max: 777 }
})
afterEach(() => expectWell(running))
afterAll(() => running.close())

const errorsOf = async (accountId: string, text: string) => {
  const variants = [{ accountId }]
  const { body } = await owner.call('POST', '/orgs/{org}/posts/check', { content: textOf(text), variants })
  return body[0].issues.filter(({ level }: { level: string }) => level === 'error')
}

const scripts: [string, string][] = [
  ['emoji families', '👨‍👩‍👧'],
  ['flags', '🇩🇪'],
  ['skin tones', '👍🏽'],
  ['Hebrew with points', 'שָׁ'],
  ['Arabic', 'م'],
  ['Devanagari', 'क्षि'],
  ['Korean in parts', '한'],
  ['accents on their own', 'e\u0301'],
  ['letters beyond the first plane', '𝐀'],
]

describe('right at the limit', () => {
  describe.each(['practice', 'bluesky', 'mastodon'])('of %s', (network) => {
    test.each(scripts)('%s fit, and one more does not', async (_, grapheme) => {
      const { id, max } = accounts[network]!
      const codes = (issues: { code: string }[]) => issues.map(({ code }) => code)
      // Where bytes are counted besides graphemes, only short ones can fill the limit; a text that mixes both fills it too.
      const filled = network === 'bluesky' ? grapheme.repeat(100) + 'x'.repeat(max - 100) : grapheme.repeat(max)
      expect(codes(await errorsOf(id, filled))).toEqual([])
      const [issue] = await errorsOf(id, `${filled}x`)
      expect(issue).toMatchObject({ code: 'text.too-long', field: 'segments.0.text', params: { max, count: max + 1 } })
    })
  })

  test('a text of 300 families is too many bytes for Bluesky', async () => {
    const issues = await errorsOf(accounts.bluesky!.id, '👨‍👩‍👧‍👦'.repeat(300))
    expect(issues).toMatchObject([{ code: 'text.too-many-bytes', field: 'segments.0.text' }])
  })

  test('addresses weigh what the server says', async () => {
    const { id, max } = accounts.mastodon!
    const address = `https://example.org/${'x'.repeat(300)}`
    expect(await errorsOf(id, `${'x'.repeat(max - 24)} ${address}`)).toEqual([])
    expect(await errorsOf(id, `${'x'.repeat(max - 23)} ${address}`)).toMatchObject([{ code: 'text.too-long' }])
  })

  test('a text at the limit goes out as it was written, one beyond is not scheduled', async () => {
    const { id, max } = accounts.practice!
    const text = `‮שלום ${'👨‍👩‍👧'.repeat(max - 6)}`
    const post = await newPost(owner, [id], textOf(text))
    const now = { when: { kind: 'now' } }
    expect((await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, now)).status).toBe(200)
    running.work()
    await untilState(owner, post.id, 'published')
    await running.stopWork()
    expect(there(running, text)).toHaveLength(1)
    const longer = await newPost(owner, [id], textOf(`${text}x`))
    const refused = await owner.call('POST', `/orgs/{org}/posts/${longer.id}/schedule`, now)
    expect(refusal(refused)).toEqual([422, 'text.too-long', 'segments.0.text'])
    expect((await owner.call('GET', `/orgs/{org}/posts/${longer.id}`)).body.state).toBe('draft')
  })
})

describe('a wall time', () => {
  const at = async (wall: string, zone: string) => {
    const post = await newPost(owner, [accounts.practice!.id], textOf('at a time'))
    const answer = await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, {
      when: { kind: 'at', wall, zone },
    })
    await owner.call('POST', `/orgs/{org}/posts/${post.id}/cancel`)
    return answer
  }

  test.each([
    ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T03:30'],
    ['2027-03-28T02:00', 'Europe/Berlin', '2027-03-28T03:00'],
    ['2027-03-14T02:30', 'America/New_York', '2027-03-14T03:30'],
    ['2027-10-03T02:15', 'Australia/Lord_Howe', '2027-10-03T02:45'],
  ])('%s in %s does not exist, and the next one is named', async (wall, zone, suggested) => {
    const answer = await at(wall, zone)
    expect(refusal(answer)).toEqual([422, 'time-does-not-exist', 'when.wall'])
    expect(answer.body.data.params).toEqual({ suggested })
  })

  test.each([
    ['2027-03-28T01:59', 'Europe/Berlin', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28T03:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    ['2027-11-07T01:30', 'America/New_York', '2027-11-07T05:30:00.000Z'],
    ['2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
    ['2028-02-29T12:00', 'Asia/Kathmandu', '2028-02-29T06:15:00.000Z'],
    ['9999-12-31T23:59', 'UTC', '9999-12-31T23:59:00.000Z'],
  ])('%s in %s is %s: of two the first', async (wall, zone, dueAt) => {
    expect((await at(wall, zone)).body).toMatchObject({ state: 'scheduled', dueAt, dueWall: wall, dueZone: zone })
  })

  test.each([
    ['0000-01-01T00:00', 'UTC', 'time-has-passed', 'when.wall'],
    ['1999-12-31T23:59', 'UTC', 'time-has-passed', 'when.wall'],
    ['2027-02-30T10:00', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-13-01T10:00', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-01-01T24:00', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-01-01T10:00:60', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-01-01', 'UTC', 'invalid-input', 'when.wall'],
    ['+012027-01-01T10:00', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-01-01T10:00Z', 'UTC', 'invalid-input', 'when.wall'],
    ['2027-01-01T10:00', 'Europe/Atlantis', 'invalid-input', 'when.zone'],
    ['2027-01-01T10:00', '', 'invalid-input', 'when.zone'],
    ['2027-01-01T10:00', 'PST', 'invalid-input', 'when.zone'],
    ['2027-01-01T10:00', '../../etc/passwd', 'invalid-input', 'when.zone'],
    ['2027-01-01T10:00', 'x'.repeat(65), 'invalid-input', 'when.zone'],
  ])('%s in %s is refused: %s', async (wall, zone, code, field) => {
    expect(refusal(await at(wall, zone))).toEqual([422, code, field])
  })

  test('an offset and a zone in small letters are understood', async () => {
    expect((await at('2027-01-01T10:00', '+02:00')).body.dueAt).toBe('2027-01-01T08:00:00.000Z')
    expect((await at('2027-01-01T10:00', 'europe/berlin')).body.dueAt).toBe('2027-01-01T09:00:00.000Z')
  })

  test('a zone nobody knows is refused for accounts and organisations too', async () => {
    const change = { timeZone: 'PST' }
    expect(refusal(await owner.call('PATCH', `/orgs/{org}/accounts/${accounts.practice!.id}`, change))).toEqual([
      422,
      'invalid-input',
      'timeZone',
    ])
    expect(refusal(await owner.call('PATCH', '/orgs/{org}', change))).toEqual([422, 'invalid-input', 'timeZone'])
  })
})

test('a calendar of more than a hundred days, backwards or of no time is refused', async () => {
  const range = (from: string, to: string) => owner.call('GET', `/orgs/{org}/calendar?from=${from}&to=${to}`)
  expect(refusal(await range('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'))).toEqual([422, 'range-too-long', 'to'])
  expect(refusal(await range('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'))).toEqual([422, 'range-backwards', 'to'])
  expect(refusal(await range('2026-02-30T00:00:00Z', '2026-03-01T00:00:00Z'))).toEqual([422, 'invalid-input', 'from'])
  expect((await range('0000-01-01T00:00:00Z', '0000-02-01T00:00:00Z')).body).toEqual({ posts: [], cells: [] })
  expect((await range('9999-12-01T00:00:00Z', '9999-12-31T00:00:00Z')).body).toEqual({ posts: [], cells: [] })
})
