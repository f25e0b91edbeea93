// What the dashboard reads of mentions: the newest of a topic, and what else was heard at the time. Both are bounded, however many there are.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { mentionAt } from '../mentions/mention-at.ts'

export interface LookedAt {
  at: Date
  id: string
  language: string
  text: string
  links: string[]
  place: string | null
  author_id: string | null
  author_name: string | null
}

export interface Span {
  from: Date
  to: Date
}

/** The beginning of a text says what it is about; a page of a megabyte must not be read for it. */
const said = sql.raw(`left(concat_ws(E'\\n', m.title, m.body), 500)`)

/** Newest first. The order comes from the index of the topic; only those few are looked up. */
export async function newestOfTopic(
  tx: Tx,
  orgId: string,
  { topic, from, to, limit }: Span & { topic: number; limit: number },
): Promise<LookedAt[]> {
  const found = await sql<LookedAt>`
    select m.at, m.id, m.language, ${said} as text, m.links, m.place, m.author_id, coalesce(m.author_name, m.author_handle) as author_name
      from (select at, mention_id from topic_mentions where org_id = ${orgId} and topic = ${topic} and at >= ${from} and at < ${to}
          order by at desc, mention_id desc limit ${limit}) f
        cross join ${mentionAt(orgId, sql`f.at`, sql`f.mention_id`)} m order by f.at desc, f.mention_id desc`.execute(
    tx,
  )
  return found.rows
}

/** Texts that are not of the topic, among the newest that were kept and the newest of the sample. */
export async function textsBeside(
  tx: Tx,
  orgId: string,
  { topic, from, to, limit }: Span & { topic: number; limit: number },
): Promise<string[]> {
  const kept = await sql<{ text: string }>`
    select text from (select ${said} as text, m.topics from mentions m where m.org_id = ${orgId} and m.at >= ${from} and m.at < ${to}
      order by m.at desc limit ${2 * limit}) f where not topics @> array[${topic}]::integer[] limit ${limit}`.execute(
    tx,
  )
  const left = limit - kept.rows.length
  if (left === 0) return kept.rows.map(({ text }) => text)
  // The walls let through what readers that serve this organisation brought.
  const sampled = await sql<{ text: string }>`
    select left(concat_ws(E'\n', s.heard ->> 'title', s.heard ->> 'text'), 500) as text
      from (select id, heard from reader_samples order by heard_at desc limit ${2 * limit}) s
      where not exists (select from mentions m where m.id = s.id and m.org_id = ${orgId}) limit ${left}`.execute(tx)
  return [...kept.rows, ...sampled.rows].map(({ text }) => text)
}
