// The figures of a week: how much was said under each topic, what was shared most, what was unusual, and what is known to be missing.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { whySentence } from '../alerts/rules.ts'
import { mentionId } from '../mentions/identity.ts'
import type { Why } from '../spikes/types.ts'
import type { BriefFigures } from './types.ts'

/** So many of the newest reposts of the week say what was shared most. */
const mostReposts = 20_000
const mostShared = 5
const mostTopics = 50
const mostAlerts = 30
const mostGaps = 20
/** A source that gave no sign of life for so long is named as silent. */
const silentMs = 3_600_000

interface Span {
  from: Date
  to: Date
}

export async function makeFigures(
  tx: Tx,
  orgId: string,
  { week, zone, now }: { week: string; zone: string; now: Date },
): Promise<BriefFigures> {
  const [before, from, to] = await Promise.all([-7, 0, 7].map((days) => midnight(tx, addDays(week, days), zone)))
  const span = { from: from!, to: to! }
  const topics = await topicCounts(tx, orgId, span, before!)
  const all = topics.reduce((sum, { total }) => sum + total, 0)
  return {
    topics: topics.map((topic) => ({ ...topic, share: all === 0 ? null : topic.total / all })),
    shared: await sharedMost(tx, orgId, span),
    alerts: await alertsOf(tx, orgId, span),
    gaps: await gapsOf(tx, orgId, span),
    silent: await silentSources(tx, orgId, now),
  }
}

/** The instant at which a day begins in a zone, clock changes included. */
async function midnight(tx: Tx, day: string, zone: string): Promise<Date> {
  const found = await sql<{ at: Date }>`select ${day}::date::timestamp at time zone ${zone} as at`.execute(tx)
  return found.rows[0]!.at
}

async function topicCounts(tx: Tx, orgId: string, { from, to }: Span, before: Date) {
  const sum = (name: string) => sql`coalesce(sum(h.${sql.ref(name)}) filter (where h.at >= ${from}), 0)::integer`
  const found = await sql<Omit<BriefFigures['topics'][number], 'share'>>`
    select t.id as "topicId", t.name, t.kind, ${sum('total')} as total, coalesce(sum(h.total) filter (where h.at < ${from}), 0)::integer as before,
        ${sum('negative')} as negative, ${sum('positive')} as positive, ${sum('judged')} as judged
      from topics t left join topic_hours h on h.org_id = t.org_id and h.topic = t.number and h.at >= ${before} and h.at < ${to}
      where t.org_id = ${orgId} and t.removed_at is null
      group by t.id, t.name, t.kind order by total desc, t.name limit ${mostTopics}`.execute(tx)
  return found.rows
}

async function sharedMost(tx: Tx, orgId: string, { from, to }: Span): Promise<BriefFigures['shared']> {
  const found = await sql<{ network: string; repost_of: string; shares: number; newest: string }>`
    select network, repost_of, count(*)::integer as shares, (array_agg(id order by at desc))[1] as newest
      from (select network, repost_of, id, at from mentions where org_id = ${orgId} and at >= ${from} and at < ${to} and repost_of is not null
        order by at desc limit ${mostReposts}) r
      group by network, repost_of order by shares desc, repost_of limit ${mostShared}`.execute(tx)
  const originals = found.rows.map(({ network, repost_of }) => mentionId(network, repost_of))
  const there = await sql<{ id: string }>`
    select id from mentions where org_id = ${orgId} and id = any(${originals}::uuid[])`.execute(tx)
  const known = new Set(there.rows.map(({ id }) => id))
  return found.rows.map(({ shares, newest }, at) => ({
    mentionId: known.has(originals[at]!) ? originals[at]! : newest,
    shares,
  }))
}

async function alertsOf(tx: Tx, orgId: string, { from, to }: Span): Promise<BriefFigures['alerts']> {
  const found = await sql<Omit<BriefFigures['alerts'][number], 'sentence'> & { why: Why }>`
    select a.id, t.name as topic, a.network, a.why, a.severity, a.answer, a.note
      from alerts a join topics t on t.org_id = a.org_id and t.number = a.topic
      where a.org_id = ${orgId} and a.raised_at >= ${from} and a.raised_at < ${to} order by a.raised_at limit ${mostAlerts}`.execute(
    tx,
  )
  return found.rows.map(({ why, ...alert }) => ({ ...alert, sentence: whySentence(why) }))
}

async function gapsOf(tx: Tx, orgId: string, { from, to }: Span): Promise<BriefFigures['gaps']> {
  const found = await sql<{ source: string; reason: string; from: Date | null; to: Date | null }>`
    select s.name as source, g.reason, g.from_at as "from", g.to_at as "to" from sources s join reader_gaps g on g.reader_id = s.reader_id
      where s.org_id = ${orgId} and s.removed_at is null and g.filled_at is null and g.stated_at >= s.created_at
        and coalesce(g.to_at, g.stated_at) >= ${from} and coalesce(g.from_at, g.stated_at) < ${to}
      order by g.stated_at desc limit ${mostGaps}`.execute(tx)
  return found.rows.map(({ source, reason, from: begins, to: ends }) => ({
    ...{ source, reason, from: begins?.toISOString() ?? null, to: ends?.toISOString() ?? null },
  }))
}

async function silentSources(tx: Tx, orgId: string, now: Date): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select s.name from sources s join readers r on r.id = s.reader_id where s.org_id = ${orgId} and s.removed_at is null and s.paused_at is null
      and coalesce(r.answered_at, r.created_at) < ${new Date(now.getTime() - silentMs)} order by lower(s.name) limit 50`.execute(
    tx,
  )
  return found.rows.map(({ name }) => name)
}
