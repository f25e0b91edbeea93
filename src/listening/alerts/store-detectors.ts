// Every query of detectors: what they remember, the minutes they look at, and who listens for them.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { SpikeState } from '../spikes/detector.ts'

export interface Pair {
  topic: number
  network: string
}

export interface DetectorRow {
  seen_to: Date
  state: SpikeState
}

const named = (pairs: readonly Pair[]) =>
  sql`unnest(${pairs.map(({ topic }) => topic)}::integer[], ${pairs.map(({ network }) => network)}::text[])`

/** Locks them. Those that are missing are not there yet, or another worker is at them. */
export async function takeDetectors(tx: Tx, orgId: string, pairs: readonly Pair[]): Promise<(Pair & DetectorRow)[]> {
  const found = await sql<Pair & DetectorRow>`
    select d.topic, d.network, d.seen_to, d.state from ${named(pairs)} p (topic, network)
      join detectors d on d.org_id = ${orgId} and d.topic = p.topic and d.network = p.network
      for update of d skip locked`.execute(tx)
  return found.rows
}

/** false: somebody else made it a moment ago. */
export async function insertDetector(
  tx: Tx,
  orgId: string,
  pair: Pair,
  { seenTo, state }: { seenTo: Date; state: SpikeState },
): Promise<boolean> {
  const made = await sql`
    insert into detectors (org_id, topic, network, seen_to, state, watch)
      values (${orgId}, ${pair.topic}, ${pair.network}, ${seenTo}, ${JSON.stringify(state)}::jsonb, 'learning')
      on conflict do nothing`.execute(tx)
  return Number(made.numAffectedRows ?? 0) > 0
}

export type KeptDetector = Pair & { seenTo: Date; state: SpikeState; watch: string; silentSince: Date | null }

export async function keepDetectors(tx: Tx, orgId: string, kept: readonly KeptDetector[]): Promise<void> {
  if (kept.length === 0) return
  await sql`
    update detectors d set seen_to = k.seen_to, state = k.state::jsonb, watch = k.watch, silent_since = k.silent_since
      from unnest(${kept.map(({ topic }) => topic)}::integer[], ${kept.map(({ network }) => network)}::text[],
          ${kept.map(({ seenTo }) => seenTo)}::timestamptz[], ${kept.map(({ state }) => JSON.stringify(state))}::text[],
          ${kept.map(({ watch }) => watch)}::text[], ${kept.map(({ silentSince }) => silentSince)}::timestamptz[])
        k (topic, network, seen_to, state, watch, silent_since)
      where d.org_id = ${orgId} and d.topic = k.topic and d.network = k.network`.execute(tx)
}

export interface MinuteRow {
  at: Date
  total: number
  negative: number
  judged: number
}

export async function minuteRows(
  tx: Tx,
  orgId: string,
  pair: Pair,
  { from, to }: { from: Date; to: Date },
): Promise<MinuteRow[]> {
  const found = await sql<MinuteRow>`
    select at, total, negative, judged from topic_minutes
      where org_id = ${orgId} and topic = ${pair.topic} and network = ${pair.network} and at >= ${from} and at < ${to}
      order by at`.execute(tx)
  return found.rows
}

/** The same of several, each in its own span, by their place in the list. */
export async function minuteRowsOf(
  tx: Tx,
  orgId: string,
  spans: readonly (Pair & { from: Date; to: Date })[],
): Promise<Map<number, MinuteRow[]>> {
  if (spans.length === 0) return new Map()
  const found = await sql<MinuteRow & { place: number }>`
    select (s.place - 1)::integer as place, m.at, m.total, m.negative, m.judged
      from unnest(${spans.map(({ topic }) => topic)}::integer[], ${spans.map(({ network }) => network)}::text[],
          ${spans.map(({ from }) => from)}::timestamptz[], ${spans.map(({ to }) => to)}::timestamptz[])
          with ordinality s (topic, network, since, until, place)
        cross join lateral (select at, total, negative, judged from topic_minutes
          where org_id = ${orgId} and topic = s.topic and network = s.network and at >= s.since and at < s.until order by at) m`.execute(
    tx,
  )
  return Map.groupBy(found.rows, ({ place }) => place)
}

/** The first with mentions since then. */
export async function firstMinute(tx: Tx, orgId: string, pair: Pair, since: Date): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`
    select min(at) as at from topic_minutes
      where org_id = ${orgId} and topic = ${pair.topic} and network = ${pair.network} and at >= ${since}`.execute(tx)
  return found.rows[0]!.at
}

export interface SourceHearing {
  network: string
  kind: string
  created_at: Date
  answered_at: Date | null
  reached_at: Date | null
  gaps: { from: string | null; to: string | null }[]
}

/** Sources that are listened to, with what is known to be missing since then. */
/** What people bring is heard whenever they bring it: nothing there can fall silent. */
export async function hearingRows(tx: Tx, orgId: string, since: Date, now: Date): Promise<SourceHearing[]> {
  const found = await sql<SourceHearing>`
    select s.connector as network, s.kind, s.created_at, case when s.reader_id is null then ${now} else r.answered_at end as answered_at, r.reached_at,
        (select coalesce(jsonb_agg(jsonb_build_object('from', g.from_at, 'to', g.to_at)), '[]') from reader_gaps g
          where g.reader_id = r.id and g.filled_at is null and g.stated_at >= ${since}) as gaps
      from sources s left join readers r on r.id = s.reader_id
      where s.org_id = ${orgId} and s.paused_at is null and s.removed_at is null`.execute(tx)
  return found.rows
}
