// What was heard behind an alert: who speaks and which words they use, beside the same of the four weeks before. Bounded, however much there is.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { mentionAt } from '../mentions/mention-at.ts'
import { type Novelty, noveltyOf } from '../spikes/novelty.ts'
import { type Reach, reachOf, type Voice } from '../spikes/reach.ts'
import type { Why } from '../spikes/types.ts'

export interface Heard {
  reach: Reach | null
  novelty: Novelty | null
}

const minuteMs = 60_000
const dayMs = 1440 * minuteMs
const daysBefore = 28
const mostOfDay = 15
const mostNow = 300
/** A slow rise has no window: its last day is looked at. */
const riseMinutes = 1440

type Row = Voice & { text: string }

/** `at`: end of the window that showed it. */
export async function readHeard(
  tx: Tx,
  orgId: string,
  { topic, network }: { topic: number; network: string },
  { at, why }: { at: number; why: Why },
): Promise<Heard> {
  const minutes = why.code === 'slow-rise' ? riseMinutes : why.minutes
  const from = at - minutes * minuteMs
  const place = { topic, network }
  const now = await newestOf(tx, orgId, place, { from, to: at, length: at - from, most: mostNow })
  const days = { from: from - daysBefore * dayMs, to: from, length: dayMs, most: mostOfDay }
  const before = now.length === 0 ? [] : await newestOf(tx, orgId, place, days)
  const texts = (rows: Row[]) => rows.map(({ text }) => text)
  return { reach: reachOf(now, before, sizeOf(why, now.length)), novelty: noveltyOf(texts(now), texts(before)) }
}

/** How many mentions there were, and how many there usually are. Of a share alone the number is the usual one. */
function sizeOf(why: Why, looked: number): { counted: number; expected: number } {
  if (why.code === 'volume') return { counted: why.count, expected: why.band.expected }
  if (why.code === 'slow-rise') return { counted: looked, expected: looked / why.ratio }
  return { counted: why.judged, expected: why.judged }
}

/** The newest `most` of each stretch of so long. */
async function newestOf(
  tx: Tx,
  orgId: string,
  { topic, network }: { topic: number; network: string },
  { from, to, length, most }: { from: number; to: number; length: number; most: number },
): Promise<Row[]> {
  const found = await sql<Row>`
    select m.id, m.author_id as "authorId", m.author_followers as followers, m.double_of as "doubleOf",
        left(concat_ws(E'\\n', m.title, m.body), 500) as text
      from generate_series(${new Date(from)}::timestamptz, ${new Date(to - 1)}::timestamptz, ${length / 1000} * interval '1 second') s
        cross join lateral (select t.at, t.mention_id from topic_mentions t
          where t.org_id = ${orgId} and t.topic = ${topic} and t.network = ${network} and t.at >= s
            and t.at < least(s + ${length / 1000} * interval '1 second', ${new Date(to)}::timestamptz)
          order by t.at desc limit ${most}) f
        cross join ${mentionAt(orgId, sql`f.at`, sql`f.mention_id`)} m`.execute(tx)
  return found.rows
}
