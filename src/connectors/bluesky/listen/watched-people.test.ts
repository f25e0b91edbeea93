// What certain people say: only they are heard, with their names, and a stream of nobody is never one of everybody.

import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { type FaultServer, startFaultServer } from '../../testing/fault-server.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../../testing/listening-suite.ts'
import { type JetstreamDouble, startJetstreamDouble } from '../double/jetstream.ts'
import { watchedPeopleKind } from './watched-people.ts'

const hare = { did: 'did:plc:hare', handle: 'hare.example', displayName: 'The Hare', followersCount: 7 }
const appView = await startFaultServer((request, response) => {
  const actors = new URL(request.url ?? '/', 'http://x').searchParams.getAll('actors')
  const profiles = actors.includes(hare.handle) || actors.includes(hare.did) ? [hare] : []
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ profiles }))
})
afterAll(() => appView.stop())
const kind = watchedPeopleKind(appView.url)

const sourceOf = (double: JetstreamDouble, front: FaultServer | null, people = 'hare.example'): SourceUnderTest => ({
  values: { people, server: front?.url ?? double.url },
  allowPrivate: [double.host, appView.host],
  say(text) {
    double.post('somebody else says this')
    const { did, commit } = double.post(text, { did: hare.did })
    return `at://${did}/app.bsky.feed.post/${commit!.rkey}`
  },
  cut: () => double.cut(),
  garbage: () => double.send('{'),
  refuse: (status, headers) => double.refuse(status, { headers }),
  forget: () => double.forgetBefore(double.log.at(-1)!.seq + 1),
  stop: () => double.stop(),
})

listeningSuite('Bluesky (people)', kind, async () => sourceOf(await startJetstreamDouble(), null), {
  gap: 'cursor-too-old',
})

let double: JetstreamDouble
let listener: Listener | null
beforeEach(async () => {
  listener = null
  double = await startJetstreamDouble()
})
afterEach(async () => {
  await listener?.stop()
  await double.stop()
})

test.each([true, false])('only they are heard, and by name (second version: %s)', async (v2) => {
  double.v2 = v2
  const started = listenTo(kind, sourceOf(double, null, '@Hare.Example https://bsky.app/profile/nobody.example'), null)
  listener = started
  await expect.poll(() => started.batches, { timeout: 10_000 }).toBeGreaterThan(0)
  double.post('somebody else')
  double.post('mine', { did: hare.did, rkey: 'a' })
  expect((await started.hears('at://did:plc:hare/app.bsky.feed.post/a')).author).toEqual({
    id: hare.did,
    handle: 'hare.example',
    name: 'The Hare',
    url: 'https://bsky.app/profile/did:plc:hare',
    followers: 7,
  })
  expect(started.events).toHaveLength(1)
  expect(double.asked.at(-1)?.searchParams.getAll(v2 ? 'dids' : 'wantedDids')).toEqual([hare.did])
})

test('people whom nobody knows are told, and nobody else is listened to in their place', async () => {
  const started = listenTo(kind, sourceOf(double, null, 'nobody.example'), null)
  listener = started
  await expect.poll(() => started.failure, { timeout: 10_000 }).toMatchObject({ kind: 'gone', code: 'people-unknown' })
  expect(double.asked).toEqual([])
})

test.each([
  ['@B.example, a.example\nb.example', ['a.example', 'b.example']],
  ['did:plc:hare https://bsky.app/profile/hare.example/', ['did:plc:hare', 'hare.example']],
])('%j has one form', (people, expected) => {
  expect(kind.normalise({ people, server: '' })).toMatchObject({ settings: { people: expected } })
})

test.each(['', 'hare', 'a.example not_a_handle', Array.from({ length: 101 }, (_, at) => `a${at}.example`).join(' ')])(
  '%j is refused',
  (people) => {
    expect(kind.normalise({ people })).toEqual({ field: 'people', code: 'people-invalid' })
  },
)
