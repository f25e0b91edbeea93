// Searching the inbox over HTTP on the real database: what it finds is what a plain look at each conversation finds, however common the words.

import { beforeAll, describe, expect, test } from 'vitest'
import { inOrg, seenBy } from '../../db/tx.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'
import { findIds } from './find-page.ts'
import { forgetWordsOf, readStaleWords } from './keep-words.ts'

/** More than are walked through one by one, and more than are rare. */
const many = 3_400
const begin = Date.UTC(2026, 6, 1)
const hour = 60 * minute
const names = ['Ann', 'Béla', '山田', 'Olu']

/** "always" everywhere, "often" in a tenth, "former" in nearly half, "lately" only at the end, "once" and "early" long ago. */
function textOf(index: number): string {
  const words = ['always', `number${index}`]
  if (index % 10 === 0) words.push('often', index % 20 === 0 ? 'is here' : 'here it is')
  if (index > many - 50) words.push('lately')
  if (index === 7) words.push('once 東京タワー')
  if (index < 200) words.push('early')
  if (index < 1_500) words.push('former')
  // Said by many, and by ever fewer.
  if (index < 1_700 || index % 40 === 0) words.push('fading')
  return words.join(' ')
}

const personOf = (index: number) => ({
  ...{ id: `person${index}`, handle: `handle${index}`, name: `${names[index % 4]} Person${index}` },
  ...{ url: null, followers: null },
})

useInbox(async () => {
  for (let from = 0; from < many; from += 425)
    await keep(
      Array.from({ length: 425 }, (_, at) => {
        const index = from + at
        const said = { at: new Date(begin + index * hour), text: textOf(index), author: personOf(index) }
        return saying(saidOf(`m${index}`, said))
      }),
    )
}, 120_000)

const find = async (typed: string, query = '') =>
  (await owner.call('GET', `/orgs/{org}/conversations?q=${encodeURIComponent(typed)}${query}`)).body

/** Places of what was found, newest first, over some pages. */
async function found(typed: string, query = ''): Promise<number[]> {
  const places: number[] = []
  let cursor = ''
  for (let pages = 0; pages < 4; pages++) {
    const page = await find(typed, `&limit=60${query}${cursor}`)
    for (const { contact } of page.items) places.push(Number(/\d+$/.exec(contact.handle)![0]))
    if (!page.nextCursor) break
    cursor = `&cursor=${page.nextCursor}`
  }
  return places
}

const all = Array.from({ length: many }, (_, index) => index)

describe('finds page by page what looking at each finds', () => {
  test.each<[string, string, (index: number) => boolean]>([
    ['a word of all', 'always', () => true],
    ['a common word', 'often', (index) => index % 10 === 0],
    ['a word of the last days', 'lately', (index) => index > many - 50],
    ['a word of the first days', 'early', (index) => index < 200],
    ['a word of many, long ago', 'former', (index) => index < 1_500],
    ['a word of ever fewer', 'fading', (index) => index < 1_700 || index % 40 === 0],
    ['a word said once', 'once', (index) => index === 7],
    ['no such word', 'never', () => false],
    ['two words', 'often early', (index) => index % 10 === 0 && index < 200],
    ['one without another', 'early -often', (index) => index < 200 && index % 10 !== 0],
    ['a phrase', '"here it"', (index) => index % 20 === 10],
    ['a word without a phrase', 'early -"is here"', (index) => index < 200 && index % 20 !== 0],
    ['a rare phrase', '"early"  "is here"', (index) => index < 200 && index % 20 === 0],
    ['a script without spaces', '東京', (index) => index === 7],
    ['a name with a word', 'person40 often', (index) => index === 40],
    ['a name without its accents', 'bela early', (index) => index < 200 && index % 4 === 1],
    ['a handle', '@handle12', (index) => index === 12],
  ])('%s', async (_, typed, fits) => {
    const expected = all.filter(fits).reverse().slice(0, 240)
    expect(await found(typed)).toEqual(expected)
  })
})

/** All places that a search finds, however many pages that takes. */
async function foundToTheEnd(typed: string, query = ''): Promise<{ places: number[]; pages: number }> {
  const places: number[] = []
  let [cursor, pages] = ['', 0]
  do {
    const page = await find(typed, `&limit=200${query}${cursor}`)
    for (const { contact } of page.items) places.push(Number(/\d+$/.exec(contact.handle)![0]))
    cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
    pages++
  } while (cursor && pages < 50)
  return { places, pages }
}

describe('what only excludes is looked for to the end of the list', () => {
  test.each<[string, string, string, (index: number) => boolean]>([
    ['what few do not have, far down', '-fading', '', (index) => index >= 1_700 && index % 40 !== 0],
    ['what only the oldest have not', '-lately', '', (index) => index <= many - 50],
    ['several words', '-former -often', '', (index) => index >= 1_500 && index % 10 !== 0],
    ['those who wait longest first', '-former', '&order=waiting', (index) => index >= 1_500],
    ['a phrase', '-"is here" -early', '', (index) => index >= 200 && index % 20 !== 0],
    ['a phrase alone', '-"here it"', '', (index) => index % 20 !== 10],
  ])('%s', async (_, typed, query, fits) => {
    const expected = query ? all.filter(fits) : all.filter(fits).reverse()
    const { places } = await foundToTheEnd(typed, query)
    expect(places).toEqual(expected)
  })

  test('what all of them have leaves nothing, and says so at the end', async () => {
    expect(await foundToTheEnd('-always')).toMatchObject({ places: [] })
  })

  test('all of it is named for whatever is done to all of a list', async () => {
    const ids = await inOrg(seenBy(world.services.db, { memberId: owner.memberId }), world.ours, (tx) =>
      findIds(tx, world.ours, {
        ...{ state: 'all', holder: 'anybody', memberId: owner.memberId, order: 'newest', after: null, limit: 5_000 },
        typed: '-lately',
      }),
    )
    expect(ids).toHaveLength(many - 49)
  })
})

test('narrows and orders as lists do', async () => {
  expect(await found('early', '&holder=me')).toEqual([])
  expect((await found('early', '&order=waiting')).slice(0, 3)).toEqual([0, 1, 2])
  expect(await found('early', '&state=closed')).toEqual([])
})

test('shows where the words stand', async () => {
  const { items } = await find('once')
  const [{ text, spans, messageId }] = items.map((each: { found: object }) => each.found)
  expect(spans.map(([start, end]: [number, number]) => text.slice(start, end))).toEqual(['once'])
  const said = await owner.call('GET', `/orgs/{org}/conversations/${items[0].id}/messages`)
  expect(said.body.items[0].id).toBe(messageId)
  // Its person has the word, and no message of it.
  expect((await find('person8')).items).toMatchObject([{ found: null }])
})

test('follows what is changed, added and taken back', async () => {
  const at = new Date(begin + 9 * hour)
  await keep([saying(saidOf('m9', { at, text: 'quite different words', author: personOf(9) }))])
  expect(await found('number9')).toEqual([])
  expect(await found('different')).toEqual([9])
  await keep([
    saying(
      saidOf('m9b', { at: new Date(at.getTime() + minute), text: 'moreover', replyTo: 'm9', author: personOf(9) }),
    ),
  ])
  expect(await found('different moreover')).toEqual([9])
  await keep([{ type: 'removed', id: 'm9' }])
  expect(await found('different')).toEqual([])
})

describe('of another organisation', () => {
  beforeAll(async () => {
    await keep([saying(saidOf('secret', { text: 'zanzibar', author: personOf(4_000) }))])
  })
  test('nothing is found', async () => {
    expect((await find('zanzibar')).items).toHaveLength(1)
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', '/orgs/{org}/conversations?state=all&q=zanzibar')).body.items).toEqual([])
    // Also whoever speaks for one organisation and asks with the words of another.
    const rows = await inOrg(world.services.db, world.theirs, (tx) =>
      tx.selectFrom('conversation_words').select('conversation_id').execute(),
    )
    expect(rows).toEqual([])
  })
})

test('a person with another name is found by it once their conversations are read again', async () => {
  const { id } = (await find('person20')).items[0].contact
  await inOrg(world.services.db, world.ours, async (tx) => {
    await tx.updateTable('contacts').set({ name: 'Renamed Quokka' }).where('id', '=', id).execute()
    await forgetWordsOf(tx, world.ours, [id], currentTime())
  })
  expect(await found('quokka')).toEqual([])
  await readStaleWords(world.services)
  expect(await found('quokka')).toEqual([20])
})
