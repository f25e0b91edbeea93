// Every query of the ladder: its settings, what is to be looked at, what was told and acknowledged.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Climb, LadderState } from './escalation.ts'
import { type LadderSettings, usualLadder } from './ladder-people.ts'
import type { PromiseMetric } from './types.ts'

export async function readLadder(tx: Tx, orgId: string): Promise<LadderSettings> {
  const found = await sql<{ minutes: [number, number, number]; always: string[] }>`
    select minutes, always from promise_ladders where org_id = ${orgId}`.execute(tx)
  return found.rows[0] ?? usualLadder
}

export const writeLadder = (
  tx: Tx,
  orgId: string,
  { minutes, always }: LadderSettings,
  { by, at }: { by: string; at: Date },
): Promise<unknown> =>
  sql`insert into promise_ladders (org_id, minutes, always, changed_at, changed_by)
      values (${orgId}, ${[...minutes]}::integer[], ${[...always]}::uuid[], ${at}, ${by})
    on conflict (org_id) do update set minutes = excluded.minutes, always = excluded.always, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx)

/** Small differences between clocks of several machines are no fault. */
const toleranceMs = 60_000

export interface ToClimb {
  org_id: string
  id: string
}

/** What has come up, and what was told by a clock that ran ahead. Runs as the system. */
export async function readToClimb(tx: Tx, now: Date, { orgId, limit }: { orgId?: string; limit: number }) {
  const ahead = new Date(now.getTime() + toleranceMs)
  const found = await sql<ToClimb>`
    select org_id, id from ((select org_id, id, climb_at as at from conversations where climb_at <= ${now}
          ${orgId ? sql`and org_id = ${orgId}` : sql``} order by climb_at limit ${limit})
        union all (select s.org_id, s.conversation_id, s.at from promise_steps s join conversations c on c.org_id = s.org_id and c.id = s.conversation_id
          where s.at > ${ahead} and c.climb_at > ${now} ${orgId ? sql`and s.org_id = ${orgId}` : sql``} limit ${limit})) found
      group by org_id, id order by min(at)`.execute(tx)
  return found.rows
}

/** Those of them that are still to be looked at, and that no other worker looks at. */
export async function takeToClimb(tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<string[]> {
  const ahead = new Date(now.getTime() + toleranceMs)
  const found = await sql<{ id: string }>`
    select id from conversations c where org_id = ${orgId} and id = any(${[...ids]}::uuid[]) and (climb_at <= ${now} or climb_at is not null and exists
        (select from promise_steps s where s.org_id = c.org_id and s.conversation_id = c.id and s.at > ${ahead}))
      order by id for update skip locked`.execute(tx)
  return found.rows.map(({ id }) => id)
}

export interface StepRow {
  conversation_id: string
  metric: PromiseMetric
  round: number
  /** By these its clock is known again, should its round be counted anew. */
  started_at: Date
  message_id: string | null
  level: number
  at: Date
  told: string[]
  away: string[]
  because: Climb | 'nobody-there'
}

export interface Acknowledged {
  conversation_id: string
  metric: PromiseMetric
  round: number
  level: number
  at: Date
}

export const climbKey = ({ conversation_id, metric, round }: Pick<StepRow, 'conversation_id' | 'metric' | 'round'>) =>
  `${conversation_id} ${metric} ${round}`

export async function stepsOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<StepRow[]> {
  const found = await sql<StepRow>`
    select conversation_id, metric, round, started_at, message_id, level, at, told, away, because from promise_steps
      where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[]) order by level`.execute(tx)
  return found.rows
}

/** By `climbKey`. */
export async function ladderStates(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, LadderState>> {
  const steps = Map.groupBy(await stepsOf(tx, orgId, ids), climbKey)
  const found = await sql<Acknowledged>`
    select conversation_id, metric, round, acknowledged_level as level, acknowledged_at as at from promise_clocks
      where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[]) and acknowledged_at is not null`.execute(
    tx,
  )
  const acknowledged = new Map(found.rows.map((row) => [climbKey(row), { level: row.level, at: row.at }]))
  return new Map(
    [...steps].map(([key, rows]) => [key, { steps: rows, acknowledged: acknowledged.get(key) ?? null }] as const),
  )
}

/** What is there already stays: a level is written once. */
export async function insertSteps(tx: Tx, orgId: string, steps: readonly StepRow[]): Promise<void> {
  if (steps.length === 0) return
  await tx
    .insertInto('promise_steps')
    .values(steps.map((step) => ({ org_id: orgId, ...step })))
    .execute()
}

export const setBackStep = (
  tx: Tx,
  orgId: string,
  { conversation_id, metric, round, level, at }: Pick<StepRow, 'conversation_id' | 'metric' | 'round' | 'level' | 'at'>,
): Promise<unknown> =>
  sql`update promise_steps set at = ${at} where org_id = ${orgId} and conversation_id = ${conversation_id} and metric = ${metric}
    and round = ${round} and level = ${level}`.execute(tx)

export async function setClimbTimes(
  tx: Tx,
  orgId: string,
  rows: readonly { id: string; climb_at: Date | null }[],
): Promise<void> {
  await sql`
    update conversations c set climb_at = g.climb_at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) g (id uuid, climb_at timestamptz)
      where c.org_id = ${orgId} and c.id = g.id`.execute(tx)
}

/** Of all clocks that go on and have been told of. Answers how many. */
export async function acknowledgeClocks(
  tx: Tx,
  orgId: string,
  conversationId: string,
  { by, at }: { by: string; at: Date },
): Promise<number> {
  const found = await sql`
    update promise_clocks p set acknowledged_at = ${at}, acknowledged_by = ${by}, acknowledged_level = s.level
      from (select metric, round, max(level) as level from promise_steps where org_id = ${orgId} and conversation_id = ${conversationId}
        and cardinality(told) > 0 group by metric, round) s
      where p.org_id = ${orgId} and p.conversation_id = ${conversationId} and p.ended_at is null and p.metric = s.metric and p.round = s.round
      returning p.metric`.execute(tx)
  return found.rows.length
}
