// Reads the dashboard of a topic: what goes with it, what is new in it, where it points, who speaks.

import { readInOrg } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { speaks } from '../text/function-words.ts'
import { companions, type Items, itemsOf, topLinks, topNames } from '../topics/language/noise/rules.ts'
import { readQuery } from '../topics/language/rules.ts'
import type { Query } from '../topics/language/types.ts'
import { findTopic } from '../topics/store.ts'
import { type LookedAt, newestOfTopic, textsBeside } from './store.ts'

/** So many say where a topic points and who speaks. */
export const mostLooked = 500
/** So many of each side say which words go with it: counting all their pairs of words is what takes time. */
export const mostRead = 100
/** With fewer texts on the other side every word would seem to be special. */
const fewestBeside = 20
const mostWords = 20
const mostRows = 10

export async function readTopicDashboard(
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { id, from, to }: { id: string; from: string; to: string },
) {
  const [begins, ends] = [new Date(from), new Date(to)]
  const length = ends.getTime() - begins.getTime()
  if (length <= 0) throw new Refusal('ends-before-it-begins', { field: 'to' })
  const read = await readInOrg(db, orgId, async (tx) => {
    const row = await findTopic(tx, orgId, id)
    if (!row) throw notFound('topic')
    const topic = row.number
    const span = { topic, from: begins, to: ends }
    const before = { topic, from: new Date(begins.getTime() - length), to: begins }
    return {
      query: row.query,
      newest: await newestOfTopic(tx, orgId, { ...span, limit: mostLooked + 1 }),
      before: await newestOfTopic(tx, orgId, { ...before, limit: mostRead }),
      beside: await textsBeside(tx, orgId, { ...span, limit: mostRead }),
    }
  })
  const looked = read.newest.slice(0, mostLooked)
  const reading = readQuery(read.query)
  const query = reading.ok ? reading.query : null
  const items = looked.slice(0, mostRead).map(({ text }) => itemsOf(text))
  return {
    looked: {
      count: looked.length,
      complete: read.newest.length <= mostLooked,
      since: looked.at(-1)?.at.toISOString() ?? null,
    },
    words: wordsOf(query, items, read.beside),
    newWords: wordsOf(
      query,
      items,
      read.before.map(({ text }) => text),
    ),
    links: topLinks(looked, mostRows),
    languages: topNames(
      looked.map(({ language }) => language),
      mostRows,
    ),
    places: placesOf(looked),
    authors: authorsOf(looked),
  }
}

function wordsOf(query: Query | null, items: readonly Items[], beside: readonly string[]) {
  if (query === null || beside.length < fewestBeside) return null
  // The small words of a language are there or not by how people build sentences; they say nothing of the topic.
  const telling = companions(query, items, beside.map(itemsOf), 4 * mostWords).filter(
    ({ word }) => !word.split(' ').some(speaks),
  )
  return telling.slice(0, mostWords)
}

function placesOf(looked: LookedAt[]) {
  const places = looked.flatMap(({ place }) => place ?? [])
  return places.length === 0 ? null : topNames(places, mostRows)
}

function authorsOf(looked: LookedAt[]) {
  const names = new Map(looked.map(({ author_id, author_name }) => [author_id, author_name]))
  const ids = looked.flatMap(({ author_id }) => author_id ?? [])
  return topNames(ids, mostRows).map(({ name: id, count }) => ({ id, name: names.get(id) ?? '', count }))
}
