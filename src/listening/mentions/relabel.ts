// Changes how mentions are understood, with their entries under topics and all counts, in the transaction of whoever asks for it.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { countedHeld, type Held, type HeldRow, heldColumns, heldOf, type MentionKey } from './held.ts'
import { addCounts } from './store-counts.ts'
import type { Labels } from './types.ts'

/** Those that are still there. Nobody else changes them until the transaction ends; in one order, so that two never wait in a circle. */
export async function holdMentions(tx: Tx, keys: readonly MentionKey[]): Promise<Held[]> {
  if (keys.length === 0) return []
  const found = await sql<HeldRow>`
    select ${heldColumns}
      from unnest(${keys.map(({ orgId }) => orgId)}::uuid[], ${keys.map(({ at }) => at)}::timestamptz[], ${keys.map(({ id }) => id)}::uuid[])
        k (org_id, at, id) join mentions m on m.org_id = k.org_id and m.at = k.at and m.id = k.id
      order by m.org_id, m.id for update of m`.execute(tx)
  return found.rows.map(heldOf)
}

export interface Relabelled {
  held: Held
  labels: Labels
  /** When people last set any of them; null: all are the machine's. */
  labelledAt: Date | null
}

/** `changes` are of mentions that `holdMentions` holds in this transaction. */
export async function relabel(tx: Tx, changes: readonly Relabelled[]): Promise<void> {
  if (changes.length === 0) return
  await writeLabels(tx, changes)
  await writeUnderTopics(tx, changes)
  await addCounts(
    tx,
    changes.flatMap(({ held, labels }) => [countedHeld(held, -1), countedHeld(held, 1, labels)]),
  )
}

async function writeLabels(tx: Tx, changes: readonly Relabelled[]): Promise<void> {
  const of = <Value>(read: (change: Relabelled) => Value) => changes.map(read)
  await sql`
    update mentions m set language = c.language, sentiment = c.sentiment, sentiment_certainty = c.certainty, emotion = c.emotion, intent = c.intent,
        offensive = c.offensive, crisis = c.crisis, labelled_at = c.labelled_at
      from unnest(${of(({ held }) => held.orgId)}::uuid[], ${of(({ held }) => held.at)}::timestamptz[], ${of(({ held }) => held.id)}::uuid[],
        ${of(({ labels }) => labels.language)}::text[], ${of(({ labels }) => labels.sentiment)}::smallint[],
        ${of(({ labels }) => labels.sentimentCertainty)}::smallint[], ${of(({ labels }) => labels.emotion)}::text[],
        ${of(({ labels }) => labels.intent)}::text[], ${of(({ labels }) => labels.offensive)}::smallint[],
        ${of(({ labels }) => labels.crisis)}::smallint[], ${of(({ labelledAt }) => labelledAt)}::timestamptz[])
        c (org_id, at, id, language, sentiment, certainty, emotion, intent, offensive, crisis, labelled_at)
      where m.org_id = c.org_id and m.at = c.at and m.id = c.id`.execute(tx)
}

async function writeUnderTopics(tx: Tx, changes: readonly Relabelled[]): Promise<void> {
  const rows = changes.flatMap(({ held, labels }) => held.topics.map((topic) => ({ held, labels, topic })))
  if (rows.length === 0) return
  await sql`
    update topic_mentions t set language = c.language, sentiment = c.sentiment, emotion = c.emotion, intent = c.intent
      from unnest(${rows.map(({ held }) => held.orgId)}::uuid[], ${rows.map(({ topic }) => topic)}::integer[],
        ${rows.map(({ held }) => held.at)}::timestamptz[], ${rows.map(({ held }) => held.id)}::uuid[],
        ${rows.map(({ labels }) => labels.language)}::text[], ${rows.map(({ labels }) => labels.sentiment)}::smallint[],
        ${rows.map(({ labels }) => labels.emotion)}::text[], ${rows.map(({ labels }) => labels.intent)}::text[])
        c (org_id, topic, at, mention_id, language, sentiment, emotion, intent)
      where t.org_id = c.org_id and t.topic = c.topic and t.at = c.at and t.mention_id = c.mention_id`.execute(tx)
}
