// Writes what mentions add to the counts of topics, and takes away what they added.

import { type RawBuilder, sql } from 'kysely'
import { instants, integers, texts, uuids } from '../../db/arrays.ts'
import type { Tx } from '../../db/tx.ts'
import { type Counted, countTopics, type Unit, units } from './counts.ts'

/** Rows that other writers also add to are taken in one order, here and wherever labels change. */
export async function addCounts(tx: Tx, counted: readonly Counted[]): Promise<void> {
  for (const statement of countStatements(counted)) await statement.execute(tx)
}

/** To be carried out in this order. */
export const countStatements = (counted: readonly Counted[]): RawBuilder<unknown>[] =>
  (Object.keys(units) as Unit[]).flatMap((unit) => countStatement(counted, unit))

function countStatement(counted: readonly Counted[], unit: Unit): RawBuilder<unknown>[] {
  const counts = countTopics(counted, unit)
  if (counts.length === 0) return []
  const added = (name: 'total' | 'negative' | 'positive' | 'judged') => integers(counts.map((each) => each[name]))
  const statement = sql`
    insert into ${sql.table(`topic_${unit}s`)} as t (org_id, topic, network, at, total, negative, positive, judged)
    select unnest(${uuids(counts.map(({ orgId }) => orgId))}), unnest(${integers(counts.map(({ topic }) => topic))}),
      unnest(${texts(counts.map(({ network }) => network))}), unnest(${instants(counts.map(({ at }) => at))}),
      unnest(${added('total')}), unnest(${added('negative')}), unnest(${added('positive')}), unnest(${added('judged')})
    on conflict (org_id, topic, network, at) do update set total = t.total + excluded.total, negative = t.negative + excluded.negative,
      positive = t.positive + excluded.positive, judged = t.judged + excluded.judged`
  return [statement]
}
