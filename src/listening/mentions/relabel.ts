// Changes how mentions are understood, with their entries under topics and all counts, in the transaction of whoever asks for it.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Counted } from './counts.ts'
import { addCounts } from './store-counts.ts'
import type { Initiator, Labels } from './types.ts'

export interface MentionKey {
  orgId: string
  id: string
  at: Date
}

export interface Held extends MentionKey {
  network: string
  kind: string
  initiator: Initiator
  topics: number[]
  labels: Labels
  labelledAt: Date | null
}

interface HeldRow {
  org_id: string
  id: string
  at: Date
  network: string
  kind: string
  initiator: Initiator
  topics: number[]
  language: string
  sentiment: Labels['sentiment']
  sentiment_certainty: number | null
  emotion: string | null
  intent: string | null
  offensive: number | null
  crisis: number | null
  labelled_at: Date | null
}

/** Those that are still there. Nobody else changes them until the transaction ends; in one order, so that two never wait in a circle. */
export async function holdMentions(tx: Tx, keys: readonly MentionKey[]): Promise<Held[]> {
  if (keys.length === 0) return []
  const found = await sql<HeldRow>`
    select m.org_id, m.id, m.at, m.network, m.kind, m.initiator, m.topics, m.language, m.sentiment, m.sentiment_certainty, m.emotion, m.intent,
        m.offensive, m.crisis, m.labelled_at
      from unnest(${keys.map(({ orgId }) => orgId)}::uuid[], ${keys.map(({ at }) => at)}::timestamptz[], ${keys.map(({ id }) => id)}::uuid[])
        k (org_id, at, id) join mentions m on m.org_id = k.org_id and m.at = k.at and m.id = k.id
      order by m.org_id, m.id for update of m`.execute(tx)
  return found.rows.map((row) => ({
    orgId: row.org_id,
    id: row.id,
    at: row.at,
    network: row.network,
    kind: row.kind,
    initiator: row.initiator,
    topics: row.topics,
    labelledAt: row.labelled_at,
    labels: {
      language: row.language,
      sentiment: row.sentiment,
      sentimentCertainty: row.sentiment_certainty,
      emotion: row.emotion,
      intent: row.intent,
      offensive: row.offensive,
      crisis: row.crisis,
    },
  }))
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
    changes.flatMap(({ held, labels }) => [countedOf(held, held.labels, -1), countedOf(held, labels, 1)]),
  )
}

const countedOf = ({ orgId, network, at, topics, kind, initiator }: Held, labels: Labels, times: 1 | -1): Counted => ({
  orgId,
  network,
  at,
  topics,
  kind,
  initiator,
  labels,
  times,
})

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
