// What is heard finds the topics that ask for its language, whether somebody stated it or the words alone tell it.

import { expect, test } from 'vitest'
import { newGathering } from '../../connectors/heard.ts'
import { heardOf } from '../mentions/test-mentions.ts'
import { makeTopicIndex } from '../topics/language/index/topic-index.ts'
import { readQuery } from '../topics/language/rules.ts'
import { understand } from './understand.ts'

const german = 'Der Wasserkocher ist nach drei Wochen kaputt und niemand antwortet mir.'
const english = 'The Wasserkocher broke after three weeks and nobody answers me.'

async function topicsOf(text: string, languages: string[], queries: string[]): Promise<number[]> {
  const index = makeTopicIndex()
  const topics = new Map(queries.map((_, number) => [`topic-${number}`, { orgId: 'org', number }]))
  for (const [number, query] of queries.entries()) {
    const reading = readQuery(query)
    if (!reading.ok) throw new Error(query)
    index.put(`topic-${number}`, reading.query)
  }
  const served = { byOrg: new Map([['org', { orgId: 'org', sourceId: 'source', keepsAll: false }]]), names: [] }
  const understood = await understand(
    {
      ...{ index, topics, kept: new Map(), lessons: new Map(), ownAuthors: new Map() },
      readers: new Map([['reader', served]]),
    },
    { ...newGathering(), events: [{ type: 'heard', heard: heardOf({ id: '1', text, languages }) }], cursor: null },
    { network: 'feed', readerId: 'reader', heardAt: new Date(), ownPosts: async () => new Map() },
  )
  return understood.mentions.flatMap((mention) => mention.topics)
}

const queries = ['wasserkocher lang:de', 'wasserkocher lang:en', 'wasserkocher']

test.each<[string, string, string[], number[]]>([
  ['stated by nobody, German by its words', german, [], [0, 2]],
  ['stated by nobody, English by its words', english, [], [1, 2]],
  ['what the author states counts, whatever the words seem to be', german, ['en'], [1, 2]],
])('%s', async (_, text, languages, wanted) => {
  expect(await topicsOf(text, languages, queries)).toEqual(wanted)
})

test('where no topic asks for a language, nothing changes', async () => {
  expect(await topicsOf(german, [], ['wasserkocher', 'kettle'])).toEqual([0])
})
