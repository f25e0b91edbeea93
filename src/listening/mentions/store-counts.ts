// Writes what mentions add to the counts of topics, and takes away what they added.

import { type RawBuilder, sql } from 'kysely'
import { instants, integers, texts, uuids } from '../../db/arrays.ts'
import { locks } from '../../db/locks.ts'
import type { Tx } from '../../db/tx.ts'
import { type Counted, countTopics, type TopicCount } from './counts.ts'

/** Rows that other writers also add to are taken in one order, here and wherever labels change. */
export async function addCounts(tx: Tx, counted: readonly Counted[]): Promise<void> {
  for (const statement of countStatements(counted)) await statement.execute(tx)
}

/** To be carried out in this order. */
export function countStatements(counted: readonly Counted[]): RawBuilder<unknown>[] {
  const minutes = rowsOf(countTopics(counted, 'minute'))
  const hours = rowsOf(countTopics(counted, 'hour'))
  return [
    ...minutes.map(
      (rows) =>
        sql`insert into topic_minutes as t (${columns}) ${rows} on conflict (org_id, topic, network, at) ${added}`,
    ),
    ...hours.flatMap((rows) => [
      sql`insert into topic_hours as t (${columns}) ${rows} on conflict (org_id, topic, network, at) ${added}`,
      // A statement of its own: the next must see in which zone an organisation is once it is certain.
      sql`select pg_advisory_xact_lock_shared(${locks.days})`,
      sql`insert into topic_days as t (org_id, topic, at, ${numbers})
        select c.org_id, c.topic, date_trunc('day', c.at, coalesce(o.time_zone, 'UTC')), sum(c.total), sum(c.negative), sum(c.positive), sum(c.judged)
          from (${rows}) c left join organisations o on o.id = c.org_id group by 1, 2, 3 order by 1, 2, 3
        on conflict (org_id, topic, at) ${added}`,
    ]),
  ]
}

const numbers = sql.raw('total, negative, positive, judged')
const columns = sql`org_id, topic, network, at, ${numbers}`

const added = sql.raw(`
  do update set total = t.total + excluded.total, negative = t.negative + excluded.negative,
    positive = t.positive + excluded.positive, judged = t.judged + excluded.judged`)

/** Nothing where there is none. */
function rowsOf(counts: readonly TopicCount[]): RawBuilder<unknown>[] {
  if (counts.length === 0) return []
  const all = (name: 'total' | 'negative' | 'positive' | 'judged') => integers(counts.map((each) => each[name]))
  const rows = sql`
    select unnest(${uuids(counts.map(({ orgId }) => orgId))}) as org_id, unnest(${integers(counts.map(({ topic }) => topic))}) as topic,
      unnest(${texts(counts.map(({ network }) => network))}) as network, unnest(${instants(counts.map(({ at }) => at))}) as at,
      unnest(${all('total')}) as total, unnest(${all('negative')}) as negative, unnest(${all('positive')}) as positive,
      unnest(${all('judged')}) as judged`
  return [rows]
}
