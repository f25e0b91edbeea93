// Recognising a post whose answer was lost, among others that look like it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../contract.ts'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import { status as answer } from '../testing/faults.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { write } from './double/statuses.ts'
import { placeInTime } from './find.ts'
import { publish } from './publish.ts'
import { fileOf, mediaOf, partOf, sessionFor } from './test-session.ts'

let double: MastodonDouble
let faults: FaultServer

beforeAll(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'you', 'bob@remote.example'] })
  double.settings.rateLimits = { requests: 10_000, uploads: 10_000, deletions: 10_000 }
  faults = await startFaultServer(double.url)
})
afterAll(async () => {
  await faults.stop()
  await double.stop()
})
afterEach(() => {
  faults.reset()
  double.state.statuses = []
  double.settings.software = 'mastodon'
  double.settings.now = () => new Date()
  expect(double.violations?.splice(0) ?? []).toEqual([])
})

const start = Date.now()
const minutes = (count: number) => new Date(start + count * 60_000)

/** Somebody writes at the server, `at` minutes from the start. */
function written(
  text: string,
  at: number,
  more: { acct?: string; application?: string } & Record<string, unknown> = {},
) {
  const { acct = 'me', application = 'Longrun', ...params } = more
  double.settings.now = () => minutes(at)
  double.tokenFor(acct, undefined, application)
  const by = double.state.applications.find(({ name }) => name === application) ?? null
  const status = write({ status: text, ...params }, double.account(acct), { application: by, state: double.state })
  double.settings.now = () => new Date()
  return status
}

async function look(
  text: string,
  since: Date,
  session: Session = sessionFor(double),
  more: Parameters<typeof partOf>[1] = {},
) {
  const content = await publish.prepare!(session, partOf(text, more), 'k')
  return publish.find!(session, content, 'k', since)
}

describe('after a lost answer', () => {
  test('nothing written is certainly absent', async () => {
    written('Something else', 0)
    expect(await look('Mine', minutes(0))).toEqual({ state: 'absent' })
  })

  test('the same text minutes before is another post', async () => {
    written('Good morning', -3)
    expect(await look('Good morning', minutes(0))).toEqual({ state: 'absent' })
  })

  test('of two posts of one text, each finds its own', async () => {
    const [first, second] = [written('Good morning', -3), written('Good morning', 0)]
    expect(await look('Good morning', minutes(-3))).toMatchObject({ state: 'published', id: first.id })
    expect(await look('Good morning', minutes(0))).toMatchObject({ state: 'published', id: second.id })
  })

  test('a post that is known as the result of another write is out', async () => {
    const other = written('Good morning', 0)
    expect(await look('Good morning', minutes(0), sessionFor(double, { taken: [other.id] }))).toEqual({
      state: 'absent',
    })
    const own = written('Good morning', 0.1)
    expect(await look('Good morning', minutes(0), sessionFor(double, { taken: [other.id] }))).toMatchObject({
      id: own.id,
    })
  })

  test('a post of the same text long afterwards leaves it to a person', async () => {
    written('Good morning', 30)
    expect(await look('Good morning', minutes(0))).toEqual({ state: 'unproven' })
  })

  test('a post that a person wrote by another application is not ours', async () => {
    written('Good morning', 0, { application: 'Web' })
    expect(await look('Good morning', minutes(0))).toEqual({ state: 'absent' })
  })

  test('an answer, a warning, a poll or an image that differ make another post', async () => {
    const root = written('Root', -1)
    written('Twice', 0, { in_reply_to_id: root.id })
    written('Twice', 0, { spoiler_text: 'Careful' })
    written('Twice', 0, { poll: { options: ['a', 'b'], expires_in: 600 } })
    expect(await look('Twice', minutes(0))).toEqual({ state: 'absent' })
    const ref = { id: root.id, url: '' }
    const reply = { position: 1, role: 'segment' as const, root: ref, previous: ref }
    expect(await look('Twice', minutes(0), undefined, reply)).toMatchObject({ state: 'published' })
    const options = { contentWarning: 'Careful' }
    expect(await look('Twice', minutes(0), undefined, { options })).toMatchObject({ state: 'published' })
    const poll = { options: ['a', 'b'], expiresIn: 600 }
    expect(await look('Twice', minutes(0), undefined, { options: { poll } })).toMatchObject({ state: 'published' })
    expect(await look('Twice', minutes(0), undefined, { options: { poll: { ...poll, options: ['a', 'c'] } } })).toEqual(
      {
        state: 'absent',
      },
    )
  })

  test('media are recognised by the ids of their upload', async () => {
    const file = fileOf('a', 'A runner')
    const session = sessionFor(double, { media: [file] })
    const part = partOf('', { media: [mediaOf(file)] })
    const [ours, other] = [await publish.prepare!(session, part, 'k'), await publish.prepare!(session, part, 'k2')]
    const since = new Date()
    const done = await publish.submit(session, ours, 'k')
    expect(await publish.find!(session, ours, 'k', since)).toEqual(done)
    // The same picture uploaded again for another post has other ids, but text and alternative text are the same.
    expect(await publish.find!(session, other, 'k2', since)).toMatchObject({ state: 'published' })
  })

  test('a busy account is read back until the write began', async () => {
    const mine = written('Mine', 0)
    for (let i = 1; i <= 90; i++) written(`Other ${i}`, i / 30)
    const session = sessionFor(double, { server: faults.url })
    expect(await look('Mine', minutes(0), session)).toMatchObject({ state: 'published', id: mine.id })
    expect(faults.requests.filter(({ path }) => path.includes('max_id='))).toHaveLength(3)
  })

  test('an account too busy to read back leaves it to a person', async () => {
    for (let i = 0; i < 420; i++) written(`Other ${i}`, i / 60)
    expect(await look('Mine', minutes(0))).toEqual({ state: 'unproven' })
  })

  test('a server whose clock is wrong is understood by the time it tells', async () => {
    const ahead = 20 * 60_000
    const mine = written('Mine', 20)
    written('Mine', 17)
    const session = sessionFor(double, { server: faults.url })
    const list = await fetch(`${double.url}/api/v1/accounts/${double.account('me').id}/statuses`)
    const headers = { 'content-type': 'application/json', date: new Date(Date.now() + ahead).toUTCString() }
    faults.inject(answer(200, { body: await list.text(), headers }), {
      match: ({ path }) => path.includes('/statuses?'),
    })
    expect(await look('Mine', minutes(0), session)).toMatchObject({ state: 'published', id: mine.id })
    double.violations?.splice(0)
  })

  test('a direct post that is not listed is certain only at Mastodon', async () => {
    const options = { visibility: 'direct' as const }
    const elsewhere = sessionFor(double, { instance: { software: 'pleroma', version: '2.7.2' } })
    expect(await look('@you hello', minutes(0), elsewhere, { options })).toEqual({ state: 'unproven' })
    expect(await look('@you hello', minutes(0), sessionFor(double), { options })).toEqual({ state: 'absent' })
  })

  test('a text that the server changed as Markdown is recognised by its source', async () => {
    double.settings.software = 'gotosocial'
    const mine = written('A *new* **record**', 0)
    written('A new *record*', 0)
    expect(await look('A *new* **record**', minutes(0))).toMatchObject({ state: 'published', id: mine.id })
  })

  for (const software of ['mastodon', 'gotosocial'] as const) {
    test.each([
      'Entities: <b> & "quotes" \'single\' &amp; ©',
      'Lines\nand\n\nparagraphs\n\n\nand more',
      'Mentions @you and @bob@remote.example and @nobody@elsewhere.example, @you@example.social.',
      'Tags #Running #ÜberMut, and https://www.example.org/a/very/long/path/that/is/cut?with=query&and=more#end.',
      'Family 👨‍👩‍👧‍👦 ☀️ and e\u0301',
      '  spaces around  ',
      'https://example.org/ä?x=%C3%A4 (https://example.org/b)',
      'a < b > c <3',
    ])(`the HTML of ${software} is recognised: %s`, async (text) => {
      double.settings.software = software
      const mine = written(text, 0)
      expect(await look(text, minutes(0))).toMatchObject({ state: 'published', id: mine.id })
    })
  }
})

describe('the place of a post in time', () => {
  const since = new Date('2026-11-23T12:00:00Z')
  const at = (seconds: number) => ({ created_at: new Date(since.getTime() + seconds * 1000).toISOString() })
  test.each([
    { seconds: 0, ahead: 0, place: 'within' },
    { seconds: -4, ahead: 0, place: 'within' },
    { seconds: -6, ahead: 0, place: 'before' },
    { seconds: 599, ahead: 0, place: 'within' },
    { seconds: 601, ahead: 0, place: 'doubtful' },
    { seconds: 3600, ahead: 3_600_000, place: 'within' },
    { seconds: 0, ahead: 3_600_000, place: 'before' },
    { seconds: -60, ahead: null, place: 'doubtful' },
    { seconds: -121, ahead: null, place: 'before' },
  ])('$seconds s after the write, clock ahead by $ahead: $place', ({ seconds, ahead, place }) => {
    expect(placeInTime(at(seconds), since, ahead)).toBe(place)
  })
  test('cannot be told without a time', () => {
    expect(placeInTime({ created_at: 'soon' }, since, 0)).toBe('doubtful')
  })
})
