// What is asked of mentions: each request of the pages of listening, and the statement behind it as the reference.

import type { Tx } from '../../src/db/tx.ts'
import { mostLooked, mostRead } from '../../src/listening/dashboard/read-dashboard.ts'
import { newestOfTopic, textsBeside } from '../../src/listening/dashboard/store.ts'
import { facetsOfMentions, mostCounted, pageOfMentions } from '../../src/listening/mentions/search.ts'
import type { StoredFilter } from '../../src/listening/mentions/store-read.ts'
import { readSearch } from '../../src/listening/mentions/words.ts'
import { readPoints } from '../../src/listening/overview/points.ts'
import { topicIdsAndZone } from '../../src/listening/topics/store.ts'
import type { Question } from '../asking.ts'
import { topicCount, words } from './filling.ts'

const searchMs = 250
export const dashboardMs = 150
const day = 86_400_000

export function questionsOf(orgId: string, topics: string[], now: Date): Question[] {
  const base = `/api/v1/orgs/${orgId}`
  const list = (query: string, filter: StoredFilter) => ({
    path: `${base}/mentions?limit=30${query}`,
    statements: (tx: Tx) => pageOfMentions(tx, orgId, filter, { after: null, limit: 31 }),
    limitMs: searchMs,
  })
  const facets = (query: string, filter: StoredFilter) => ({
    path: `${base}/mentions/facets?${query.slice(1)}`,
    statements: (tx: Tx) => facetsOfMentions(tx, orgId, filter, mostCounted(filter)),
    limitMs: searchMs,
  })
  const both = (name: string, query: string, filter: StoredFilter): Question[] => [
    { name: `${name}, first page`, ...list(query, filter) },
    { name: `${name}, facets`, ...facets(query, filter) },
  ]
  const search = (q: string) => readSearch(orgId, q)
  const month = new Date(now.getTime() - 30 * day)
  const series = seriesAsker({ orgId, topics, now })
  return [
    ...both('everything', '', {}),
    ...both('the largest topic', `&topic=${topics[0]}`, { topic: 1 }),
    ...both('its negative ones in German', `&topic=${topics[0]}&sentiment=negative&language=de`, {
      topic: 1,
      sentiment: -1,
      language: 'de',
    }),
    ...both('a small topic', `&topic=${topics[topicCount - 1]}`, { topic: topicCount }),
    ...both('a common word', `&q=${words.common}`, search(words.common)),
    ...both('a common word in the last month', `&q=${words.common}&from=${month.toISOString()}`, {
      ...search(words.common),
      from: month,
    }),
    ...both('a rare word', `&q=${words.rare}`, search(words.rare)),
    ...both('no such word', `&q=${words.absent}`, search(words.absent)),
    ...both('a common word in a topic', `&q=${words.common}&topic=${topics[2]}`, { ...search(words.common), topic: 3 }),
    series('one topic, 30 days', { unit: 'day', length: 30 * day, some: 1 }),
    series('one topic, two days by minutes', { unit: 'minute', length: 2 * day, some: 1 }),
    series('all topics, 30 days', { unit: 'day', length: 30 * day, some: topicCount }),
    series('all topics, a year', { unit: 'day', length: 365 * day, some: topicCount }),
    companions({ orgId, topic: topics[0]!, now }),
  ]
}

/** What goes with the largest topic, by its newest mentions of a month. */
function companions({ orgId, topic, now }: { orgId: string; topic: string; now: Date }): Question {
  const [from, to] = [new Date(now.getTime() - 30 * day), now]
  return {
    name: 'dashboard, what goes with the largest topic, 30 days',
    path: `/api/v1/orgs/${orgId}/topics/${topic}/dashboard?from=${from.toISOString()}&to=${to.toISOString()}`,
    statements: async (tx) => {
      await newestOfTopic(tx, orgId, { topic: 1, from, to, limit: mostLooked + 1 })
      const before = { from: new Date(from.getTime() - 30 * day), to: from }
      await newestOfTopic(tx, orgId, { topic: 1, ...before, limit: mostRead })
      await textsBeside(tx, orgId, { topic: 1, from, to, limit: mostRead })
    },
    limitMs: dashboardMs,
  }
}

/** Makes the questions of the dashboard: points over time for some of the topics. */
function seriesAsker({ orgId, topics, now }: { orgId: string; topics: string[]; now: Date }) {
  const base = `/api/v1/orgs/${orgId}`
  return (
    name: string,
    { unit, length, some }: { unit: 'minute' | 'hour' | 'day'; length: number; some: number },
  ): Question => {
    const [from, to] = [new Date(now.getTime() - length), now]
    const named = topics
      .slice(0, some)
      .map((id, index) => `topics[${index}]=${id}`)
      .join('&')
    return {
      name: `dashboard, ${name}`,
      path: `${base}/listening/series?from=${from.toISOString()}&to=${to.toISOString()}&unit=${unit}${some < topicCount ? `&${named}` : ''}`,
      // Which number a topic has, and where days begin, stand in the answer too.
      statements: async (tx) => {
        const { zone } = await topicIdsAndZone(tx, orgId)
        const numbers = Array.from({ length: some }, (_, index) => index + 1)
        await readPoints(tx, orgId, { numbers, from, to, unit, zone })
      },
      limitMs: dashboardMs,
    }
  }
}
