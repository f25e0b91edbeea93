// The dashboard of a topic over HTTP: words, links, places and people of its newest mentions, each with the mentions behind it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import { searchWords } from '../mentions/words.ts'

let app: TestApp
let viewer: TestSession
let topic: string
beforeAll(async () => {
  app = await testApp()
  viewer = await app.as('viewer')
  const manager = await app.as('manager')
  topic = (await manager.call('POST', '/orgs/{org}/topics', { name: 'Kettle', kind: 'product', query: 'kettle' })).body
    .id
  const now = Date.now()
  const said = (id: string, text: string, minutes: number, change: object = {}, topics = [1]) =>
    mentionOf(
      app.ours,
      { id, text, at: new Date(now - minutes * 60_000), ...change },
      { topics, words: searchWords(app.ours, text), heardAt: new Date() },
    )
  const bob = { id: 'bob', handle: 'bob.example', name: null, url: null, followers: null }
  await asSystem(app.database.db, (tx) =>
    storeMentions(tx, [
      ...Array.from({ length: 40 }, (_, at) =>
        said(`leak${at}`, 'My kettle has a leak', at + 1, {
          links: [`https://shop.example/kettle?utm_source=${at}`],
          place: at < 3 ? 'Bergen' : null,
          ...(at < 5 && { author: bob }),
        }),
      ),
      ...Array.from({ length: 40 }, (_, at) => said(`old${at}`, 'The kettle boils quickly', 90 * 60 + at)),
      ...Array.from({ length: 40 }, (_, at) => said(`other${at}`, 'My bicycle has a bell', at + 1, {}, [])),
    ]),
  )
})
afterAll(() => app?.close())

const span = () => {
  const to = new Date(Date.now() + 60_000)
  return { from: new Date(to.getTime() - 3 * 86_400_000).toISOString(), to: to.toISOString() }
}
const ask = (from: string, to: string) =>
  viewer.call('GET', `/orgs/{org}/topics/${topic}/dashboard?from=${from}&to=${to}`)

test('what goes with a topic, what is new in it, where it points and who speaks; each is found again', async () => {
  const { from, to } = span()
  const { status, body } = await ask(from, to)
  expect(status).toBe(200)
  expect(body.looked).toMatchObject({ count: 40, complete: true })
  expect(body.words.map(({ word }: { word: string }) => word)).toContain('leak')
  expect(body.words.map(({ word }: { word: string }) => word)).not.toContain('kettle')
  expect(body.newWords.map(({ word }: { word: string }) => word)).toContain('leak')
  expect(body.links).toEqual([{ name: 'https://shop.example/kettle', count: 40 }])
  expect(body.places).toEqual([{ name: 'Bergen', count: 3 }])
  expect(body.languages).toEqual([{ name: 'en', count: 40 }])
  expect(body.authors).toMatchObject([
    { name: 'Ann', count: 35 },
    { name: 'bob.example', count: 5 },
  ])
  const behind = async (filter: string) =>
    (await viewer.call('GET', `/orgs/{org}/mentions?limit=100&topic=${topic}&from=${from}&to=${to}&${filter}`)).body
      .items.length
  expect(await behind('q=leak')).toBe(40)
  expect(await behind(`link=${encodeURIComponent(body.links[0].name)}`)).toBe(40)
  expect(await behind('link=https://shop.example/other')).toBe(0)
  expect(await behind('place=Bergen')).toBe(3)
  expect(await behind(`author=${body.authors[1].id}`)).toBe(5)
})

test('a period in which nothing was said, one that ends before it begins, and a topic of others', async () => {
  const empty = await ask('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z')
  expect(empty.body).toMatchObject({ looked: { count: 0, complete: true, since: null }, newWords: null, places: null })
  expect((await ask('2020-01-02T00:00:00Z', '2020-01-01T00:00:00Z')).body.data.code).toBe('ends-before-it-begins')
  const { from, to } = span()
  const stranger = await app.as('owner', app.theirs)
  const theirs = await stranger.call('GET', `/orgs/{org}/topics/${topic}/dashboard?from=${from}&to=${to}`)
  expect(theirs.status).toBe(404)
})
