// Every query of the rounds of promise clocks: which were given, and how they go along when conversations are put together or apart.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { KnownRound, Round } from './rounds.ts'
import type { PromiseMetric } from './types.ts'

/** Also those of clocks that are not told any more, as far as somebody was told of them. By conversation. */
export async function knownRounds(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, KnownRound[]>> {
  const found = await sql<KnownRound & { id: string }>`
    select conversation_id as id, metric, round, message_id as "messageId", started_at as "startedAt", ended_at is null as "goesOn"
      from promise_clocks where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])
    union all select distinct on (s.conversation_id, s.metric, s.round) s.conversation_id, s.metric, s.round, s.message_id, s.started_at, false
      from promise_steps s where s.org_id = ${orgId} and s.conversation_id = any(${[...ids]}::uuid[]) and not exists (select from promise_clocks p
        where p.org_id = s.org_id and p.conversation_id = s.conversation_id and p.metric = s.metric and p.round = s.round)`.execute(
    tx,
  )
  return Map.groupBy(found.rows, ({ id }) => id)
}

/** Rounds of one metric: all after the first number, up to the second. */
export interface RoundRange {
  metric: PromiseMetric
  after: number
  upTo: number
}

interface Way {
  from: string
  into: string
  /** Only these, and whatever is about one of these messages. */
  only?: { rounds: readonly RoundRange[]; messageIds: readonly string[] }
}

/**
 * Clocks and steps go along as rounds that the other never had. Tell both anew afterwards: what is a clock of the other is known there by its
 * beginning. Answers under which numbers they are there.
 */
export async function moveRounds(tx: Tx, orgId: string, { from, into, only }: Way): Promise<RoundRange[]> {
  const there = await highestRounds(tx, orgId, [from, into])
  const ways = [...(there.get(from) ?? [])].map(([metric, highest]) => {
    const range = only ? only.rounds.find((each) => each.metric === metric) : { after: 0, upTo: highest }
    const { after, upTo } = range ?? { after: 0, upTo: 0 }
    const free = there.get(into)?.get(metric) ?? 0
    // What is none of the range stands behind all that is.
    return { metric, after, upTo, by: free - after, beyond: free + upTo - after }
  })
  if (ways.length === 0) return []
  const isOfRange = sql`t.round > g."after" and t.round <= g."upTo"`
  for (const table of ['promise_clocks', 'promise_steps'] as const)
    await sql`
      update ${sql.table(table)} t set conversation_id = ${into}, round = t.round + case when ${isOfRange} then g.by else g.beyond end
        from jsonb_to_recordset(${JSON.stringify(ways)}::jsonb) g (metric text, "after" integer, "upTo" integer, by integer, beyond integer)
        where t.org_id = ${orgId} and t.conversation_id = ${from} and t.metric = g.metric
          and (${isOfRange} or t.message_id = any(${[...(only?.messageIds ?? [])]}::uuid[]))`.execute(tx)
  return ways.map(({ metric, after, upTo, by }) => ({ metric, after: after + by, upTo: upTo + by }))
}

/** Nothing stands under the new names yet. */
export async function renameRounds(
  tx: Tx,
  orgId: string,
  renamed: readonly { id: string; from: Round; to: Round }[],
): Promise<void> {
  if (renamed.length === 0) return
  const rows = renamed.map(({ id, from, to }) => ({ id, ...from, to_metric: to.metric, to_round: to.round }))
  for (const table of ['promise_clocks', 'promise_steps'] as const)
    await sql`
      update ${sql.table(table)} t set metric = g.to_metric, round = g.to_round
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) g (id uuid, metric text, round integer, to_metric text, to_round integer)
        where t.org_id = ${orgId} and t.conversation_id = g.id and t.metric = g.metric and t.round = g.round`.execute(
      tx,
    )
}

async function highestRounds(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, Map<PromiseMetric, number>>> {
  const found = await sql<{ id: string; metric: PromiseMetric; round: number }>`
    select conversation_id as id, metric, max(round) as round from (select conversation_id, metric, round from promise_clocks
          where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])
        union all select conversation_id, metric, round from promise_steps where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])) given
      group by 1, 2`.execute(tx)
  const byId = Map.groupBy(found.rows, ({ id }) => id)
  return new Map([...byId].map(([id, rows]) => [id, new Map(rows.map(({ metric, round }) => [metric, round]))]))
}
