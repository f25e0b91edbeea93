// Writes what mentions add to the counts of topics, and takes away what they added.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { type Counted, countFacets, countTopics, type Unit, units } from './counts.ts'

/** Rows that other writers also add to are taken in one order, here and wherever labels change. */
export async function addCounts(tx: Tx, counted: readonly Counted[]): Promise<void> {
  for (const unit of Object.keys(units) as Unit[]) await addTopicCounts(tx, counted, unit)
  const facets = countFacets(counted)
  if (facets.length === 0) return
  await sql`
    insert into topic_day_facets as t (org_id, topic, day, facet, value, total)
    select * from unnest(${facets.map((each) => each.orgId)}::uuid[], ${facets.map((each) => each.topic)}::integer[],
      ${facets.map((each) => each.day)}::date[], ${facets.map((each) => each.facet)}::text[], ${facets.map((each) => each.value)}::text[],
      ${facets.map((each) => each.total)}::integer[])
    on conflict (org_id, topic, day, facet, value) do update set total = t.total + excluded.total`.execute(tx)
}

async function addTopicCounts(tx: Tx, counted: readonly Counted[], unit: Unit): Promise<void> {
  const counts = countTopics(counted, unit)
  if (counts.length === 0) return
  await sql`
    insert into ${sql.table(`topic_${unit}s`)} as t (org_id, topic, network, at, total, negative, positive, judged)
    select * from unnest(${counts.map((each) => each.orgId)}::uuid[], ${counts.map((each) => each.topic)}::integer[],
      ${counts.map((each) => each.network)}::text[], ${counts.map((each) => each.at)}::timestamptz[], ${counts.map((each) => each.total)}::integer[],
      ${counts.map((each) => each.negative)}::integer[], ${counts.map((each) => each.positive)}::integer[], ${counts.map((each) => each.judged)}::integer[])
    on conflict (org_id, topic, network, at) do update set total = t.total + excluded.total, negative = t.negative + excluded.negative,
      positive = t.positive + excluded.positive, judged = t.judged + excluded.judged`.execute(tx)
}
