// Capturing by hand over HTTP on the real database: matched, counted and told as what is heard, stored once, and taken back without a trace.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { watchSpikes } from '../alerts/watch-spikes.ts'
import { oneAtATime } from './store.ts'

let app: TestApp
let owner: TestSession
let stranger: TestSession
let kettles: string
const now = new Date('2026-11-29T12:00:00Z')
beforeAll(async () => {
  app = await testApp({ clock: () => now })
  owner = await app.as('owner')
  stranger = await app.as('owner', app.theirs)
  kettles = (await owner.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle*' }))
    .body.id
  await owner.call('POST', '/orgs/{org}/topics', { name: 'Tea', kind: 'industry', query: 'tea AND source:shop' })
})
afterAll(() => app?.close())

const said = (more: object = {}) => ({
  id: crypto.randomUUID(),
  channel: 'shop',
  text: 'My kettle leaks, this is terrible',
  at: '2026-11-28T15:30:00Z',
  place: 'Hamburg',
  author: 'Kim',
  note: 'Bought in May',
  ...more,
})
const capture = (facts: object, by = owner) => by.call('POST', '/orgs/{org}/listening/captures', facts)
const mentions = async (by = owner, query = '') => (await by.call('GET', `/orgs/{org}/mentions${query}`)).body.items

/** Everything that is counted, as far as it is not zero. */
const counts = () =>
  inOrg(app.services.db, app.ours, async (tx) => {
    const rows = await Promise.all(
      (['topic_minutes', 'topic_hours', 'topic_days'] as const).map((table) =>
        tx.selectFrom(table).select(['topic', 'total', 'negative', 'judged']).where('total', '<>', 0).execute(),
      ),
    )
    const under = await tx.selectFrom('topic_mentions').select('mention_id').execute()
    return { rows: rows.flat(), under }
  })

test('what was said in a shop comes under its topics with who, where and when, is counted once, and leaves no trace when it is taken back', async () => {
  const facts = said()
  const matched = await owner.call('POST', '/orgs/{org}/listening/captures/match', { text: facts.text })
  expect(matched.body).toEqual({ topicIds: [kettles] })
  const made = await capture(facts)
  expect([made.status, made.body]).toMatchObject([
    201,
    {
      channel: 'shop',
      author: 'Kim',
      place: 'Hamburg',
      note: 'Bought in May',
      at: '2026-11-28T15:30:00.000Z',
      topicIds: [kettles],
    },
  ])
  expect((await capture(facts)).body.id).toBe(made.body.id)
  const [mention, ...others] = await mentions()
  expect(others).toEqual([])
  expect(mention).toMatchObject({
    network: 'by-hand',
    text: facts.text,
    topicIds: [kettles],
    sentiment: -1,
    initiator: 'customer',
  })
  expect(mention.author.name).toBe('Kim')
  expect((await counts()).rows).toEqual(Array(3).fill({ topic: 1, total: 1, negative: 1, judged: 1 }))
  const [source] = (await owner.call('GET', '/orgs/{org}/listening/sources')).body
  expect(source).toMatchObject({ name: 'Shops', state: 'by-hand', keptToday: 1 })
  expect(await mentions(stranger)).toEqual([])
  expect((await stranger.call('DELETE', `/orgs/{org}/listening/captures/${made.body.id}`)).status).toBe(404)

  expect((await owner.call('DELETE', `/orgs/{org}/listening/captures/${made.body.id}`)).status).toBe(204)
  expect(await mentions()).toEqual([])
  expect(await counts()).toEqual({ rows: [], under: [] })
  expect((await owner.call('GET', '/orgs/{org}/listening/captures')).body.items).toEqual([])
})

test('what is written down twice at the same moment is one thing, and taking it back is told as such', async () => {
  const facts = said({ text: 'The kettle is heavy' })
  // Somebody else is just bringing something: both wait for their turn.
  const { both } = await asSystem(app.services.db, async (tx) => {
    await oneAtATime(tx, app.ours)
    const begun = { both: Promise.all([capture(facts), capture(facts)]) }
    const waiting = `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`
    await expect.poll(async () => (await app.database.owner.query(waiting)).rowCount, { timeout: 10_000 }).toBe(2)
    return begun
  })
  const [one, other] = await both
  expect([one.status, other.status, other.body.id]).toEqual([201, 201, one.body.id])
  expect((await mentions()).length).toBe(1)
  expect((await counts()).rows.map(({ total }) => total)).toEqual([1, 1, 1])
  await owner.call('DELETE', `/orgs/{org}/listening/captures/${one.body.id}`)
  const { items } = (await owner.call('GET', '/orgs/{org}/events?limit=1')).body
  expect(items[0]).toMatchObject({ verb: 'capture.taken-back', subject: { id: one.body.id } })
})

test('a person chooses other topics, nobody need be named, and a query can ask for the channel', async () => {
  const none = await capture(said({ topicIds: [], author: '', place: '' }))
  expect(none.body).toMatchObject({ topicIds: [], author: null })
  const tea = await capture(said({ text: 'Your tea is fine' }))
  const away = await capture(said({ text: 'Your tea is fine', channel: 'phone' }))
  expect([tea.body.topicIds.length, away.body.topicIds.length]).toEqual([1, 0])
  for (const { body } of [none, tea, away]) await owner.call('DELETE', `/orgs/{org}/listening/captures/${body.id}`)
})

test.each([
  ['a topic that is not there', { topicIds: [crypto.randomUUID()] }, 'topicIds'],
  ['a time to come', { at: '2026-12-01T00:00:00Z' }, 'at'],
])('%s is refused, and nothing is stored', async (_what, more, field) => {
  const answer = await capture(said(more))
  expect([answer.status, answer.body.data.field]).toEqual([422, field])
  expect(await mentions()).toEqual([])
})

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function form(text: string): FormData {
  const file = new FormData()
  file.set('file', new File([text], 'cards.csv', { type: 'text/csv' }))
  file.set('channel', 'event')
  file.set('zone', 'Europe/Berlin')
  return file
}
const imports = '/orgs/{org}/listening/captures/imports'

test('a file of thousands is looked at, stored but for its errors, not stored twice, and taken back', async () => {
  const rows = Array.from(
    { length: 3000 },
    (_, index) => `Kettle ${index} leaks,2026-11-${(index % 28) + 1},Kim ${index % 9}`,
  )
  const text = ['text,when,who', ...rows, 'No day,11/12/2026,Lee', ',2026-11-01,Lee', rows[0]].join('\n')
  const look = (await owner.call('POST', `${imports}/check`, form(text))).body
  expect(look).toMatchObject({ rows: 3003, good: 3000, known: 1, refused: 2, matched: 3000 })
  expect(look.problems).toEqual([
    { line: 3002, column: 'at', code: 'date-ambiguous', level: 'error' },
    { line: 3003, column: 'text', code: 'text-missing', level: 'error' },
  ])
  expect(look.previews[0]).toMatchObject({ line: 2, author: 'Kim 0', topicIds: [kettles], known: false })
  expect(await mentions()).toEqual([])

  const done = (await owner.call('POST', imports, form(text))).body
  expect(done).toMatchObject({ stored: 3000, known: 1, refused: 2, channel: 'event', undoneAt: null })
  const sum = async () => (await counts()).rows.reduce((all, { total }) => all + total, 0)
  expect(await sum()).toBe(9000)
  expect(await watchSpikes(app.services, app.ours)).toBeGreaterThan(0)

  expect((await owner.call('POST', `${imports}/check`, form(text))).body).toMatchObject({ good: 0, known: 3001 })
  expect((await owner.call('POST', imports, form(text))).body).toMatchObject({ stored: 0, known: 3001 })
  expect(await sum()).toBe(9000)

  const undone = (await owner.call('POST', `${imports}/${done.id}/undo`)).body
  expect(undone).toMatchObject({ removed: 3000 })
  expect(undone.undoneAt).not.toBeNull()
  expect(await counts()).toEqual({ rows: [], under: [] })
  expect((await owner.call('POST', `${imports}/${done.id}/undo`)).body.removed).toBe(3000)
  expect((await owner.call('POST', `${imports}/check`, form(text))).body.good).toBe(3000)
  expect((await owner.call('GET', imports)).body.items).toHaveLength(2)
})

test('rows without a day are the same tomorrow, and a table without words is refused', async () => {
  const text = 'text,who\nThe kettle is loud,Lee'
  expect((await owner.call('POST', imports, form(text))).body.stored).toBe(1)
  now.setTime(now.getTime() + 40 * 86_400_000)
  expect((await owner.call('POST', imports, form(text))).body).toMatchObject({ stored: 0, known: 1 })
  expect((await owner.call('POST', imports, form('who\nLee'))).body.data).toMatchObject({ code: 'import.no-good-rows' })
})

test('of somebody who objected nothing old is brought back, and what they say since has no name', async () => {
  const first = await capture(said({ author: 'Robin' }))
  // Counts stay, because it was said: this comes after those who look at them.
  const [mention] = await mentions(owner, '?q=terrible')
  const objected = await owner.call('POST', `/orgs/{org}/listening/people/${mention.author.id}/object`)
  expect([first.status, objected.body]).toEqual([201, { removed: 1 }])
  const left = (await owner.call('GET', '/orgs/{org}/listening/captures')).body.items
  expect(JSON.stringify(left)).not.toContain('Robin')
  expect((await capture(said({ author: 'Robin' }))).body.data).toMatchObject({ code: 'author-objected' })
  now.setTime(now.getTime() + 60_000)
  const since = await capture(said({ author: 'Robin', at: now.toISOString() }))
  expect([since.status, since.body.author]).toEqual([201, null])
  await owner.call('DELETE', `/orgs/{org}/listening/captures/${since.body.id}`)
})
