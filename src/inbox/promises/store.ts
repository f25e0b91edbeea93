// Every query with which the promises of conversations are told and kept.

import { sql } from 'kysely'
import type { SaidKind } from '../../connectors/converse.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { CloseReason, ConversationState } from '../types.ts'
import type { Choice, ChoiceFacts, ToldMessage } from './choices.ts'
import type { PromiseClock } from './timeline.ts'
import type { Priority, PromiseMetric } from './types.ts'

export interface PromisedConversation {
  id: string
  account_id: string
  /** What was said before we had the account is owed nothing. */
  account_since: Date
  kind: SaidKind
  is_private: boolean
  department_id: string | null
  /** The department behind whose wall it stands. */
  wall_id: string | null
  owner_id: string | null
  priority: Priority
  state: ConversationState
  reason: CloseReason | null
  closed_at: Date | null
  preview: string
}

/** Nobody else changes them until the transaction ends. */
export async function lockPromised(tx: Tx, orgId: string, ids: readonly string[]): Promise<PromisedConversation[]> {
  const found = await sql<PromisedConversation>`
    select c.id, c.account_id, a.created_at as account_since, c.kind, c.is_private, c.department_id, c.wall_id, c.owner_id, c.state, c.reason,
        c.closed_at, c.preview, c.priority
      from conversations c join accounts a on a.org_id = c.org_id and a.id = c.account_id
      where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[]) order by c.id for update of c`.execute(tx)
  return found.rows
}

export interface MessageTold extends ToldMessage {
  conversation_id: string
  heard_at: Date
  removedAt: Date | null
  remoteId: string
}

/** In order; what is owed no answer (spam, what programs write, what was not said to us) is left out. */
export async function messagesTold(tx: Tx, orgId: string, ids: readonly string[]): Promise<MessageTold[]> {
  const found = await sql<MessageTold>`
    select conversation_id, id, at, heard_at, is_ours as "isOurs", intent, removed_at as "removedAt", ref ->> 'id' as "remoteId" from messages m
      where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])
        and (is_ours or not marks && array['spam', 'automatic', 'bounce', 'gone'] and taken_at is null)
      order by at, id`.execute(tx)
  return found.rows
}

export interface StateTold {
  conversation_id: string
  at: Date
  to: ConversationState
}

export async function statesTold(tx: Tx, orgId: string, ids: readonly string[]): Promise<StateTold[]> {
  const found = await sql<StateTold>`
    select conversation_id, at, case kind when 'reopened' then 'open' else facts ->> 'to' end as "to" from conversation_entries
      where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[]) and kind in ('state', 'reopened')
        and coalesce(facts ->> 'of', conversation_id::text) = conversation_id::text order by at, id`.execute(tx)
  return found.rows
}

export type StoredChoice = Choice & { conversation_id: string }

export async function choicesOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<StoredChoice[]> {
  const found = await sql<StoredChoice>`
    select conversation_id, at, version_id as "versionId", running, facts from promise_choices
      where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[]) order by at, id`.execute(tx)
  return found.rows
}

export async function insertChoices(tx: Tx, orgId: string, choices: readonly StoredChoice[]): Promise<void> {
  if (choices.length === 0) return
  const rows = choices.map(({ conversation_id, at, versionId, running, facts }) => ({
    ...{ org_id: orgId, conversation_id, at, id: newId(), version_id: versionId, running },
    facts: JSON.stringify(facts satisfies ChoiceFacts),
  }))
  await tx.insertInto('promise_choices').values(rows).execute()
}

type Owned = Pick<PromisedConversation, 'id' | 'account_id' | 'department_id' | 'owner_id'>

/** As they stand now. Whose a clock was is kept as it was when it ended; what was acknowledged stays. */
export async function writeClocks(
  tx: Tx,
  orgId: string,
  told: readonly { of: Owned; clocks: readonly PromiseClock[] }[],
): Promise<void> {
  const rows = told.flatMap(({ of, clocks }) =>
    clocks.map((clock) => ({
      ...{ conversation_id: of.id, metric: clock.metric, round: clock.round, message_id: clock.messageId },
      ...{ version_id: clock.versionId, state: clock.state, waived_for: clock.waivedFor, started_at: clock.startedAt },
      ...{ ended_at: clock.endedAt, due_soon_at: clock.dueSoonAt, due_at: clock.dueAt, broken_at: clock.brokenAt },
      spent_ms: clock.endedAt ? clock.spentMs : null,
      ...{ account_id: of.account_id, department_id: of.department_id, owner_id: of.owner_id },
    })),
  )
  const ids = told.map(({ of }) => of.id)
  const given = JSON.stringify(rows)
  await sql`
    delete from promise_clocks p where p.org_id = ${orgId} and p.conversation_id = any(${ids}::uuid[]) and not exists
      (select from jsonb_to_recordset(${given}::jsonb) g (conversation_id uuid, metric text, round integer)
        where g.conversation_id = p.conversation_id and g.metric = p.metric and g.round = p.round)`.execute(tx)
  if (rows.length === 0) return
  await sql`
    insert into promise_clocks as p (org_id, conversation_id, metric, round, message_id, version_id, state, waived_for, started_at, ended_at,
        due_soon_at, due_at, broken_at, spent_ms, account_id, department_id, owner_id)
      select ${orgId}, g.* from jsonb_to_recordset(${given}::jsonb) g (conversation_id uuid, metric text, round integer, message_id uuid,
        version_id uuid, state text, waived_for text, started_at timestamptz, ended_at timestamptz, due_soon_at timestamptz, due_at timestamptz,
        broken_at timestamptz, spent_ms double precision, account_id uuid, department_id uuid, owner_id uuid)
      on conflict (org_id, conversation_id, metric, round) do update set message_id = excluded.message_id, version_id = excluded.version_id,
        state = excluded.state, waived_for = excluded.waived_for, started_at = excluded.started_at, ended_at = excluded.ended_at,
        due_soon_at = excluded.due_soon_at, due_at = excluded.due_at, broken_at = excluded.broken_at, spent_ms = excluded.spent_ms,
        department_id = case when p.ended_at is null then excluded.department_id else p.department_id end,
        owner_id = case when p.ended_at is null then excluded.owner_id else p.owner_id end
      where (p.message_id, p.version_id, p.state, p.waived_for, p.started_at, p.ended_at, p.due_soon_at, p.due_at, p.broken_at, p.spent_ms)
          is distinct from (excluded.message_id, excluded.version_id, excluded.state, excluded.waived_for, excluded.started_at, excluded.ended_at,
            excluded.due_soon_at, excluded.due_at, excluded.broken_at, excluded.spent_ms)
        or (p.ended_at is null and (p.department_id, p.owner_id) is distinct from (excluded.department_id, excluded.owner_id))`.execute(
    tx,
  )
}

export interface DueRow {
  id: string
  due_at: Date | null
  due_soon_at: Date | null
  due_metric: PromiseMetric | null
  climb_at: Date | null
}

export async function writeDue(tx: Tx, orgId: string, rows: readonly DueRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update conversations c set due_at = g.due_at, due_soon_at = g.due_soon_at, due_metric = g.due_metric, climb_at = g.climb_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) g (id uuid, due_at timestamptz, due_soon_at timestamptz, due_metric text, climb_at timestamptz)
      where c.org_id = ${orgId} and c.id = g.id and (c.due_at, c.due_soon_at, c.due_metric, c.climb_at)
        is distinct from (g.due_at, g.due_soon_at, g.due_metric, g.climb_at)`.execute(tx)
}

/** What was chosen goes along when a conversation turns out to be part of another. */
export const moveChoices = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<unknown> =>
  sql`update promise_choices set conversation_id = ${into} where org_id = ${orgId} and conversation_id = ${from}`.execute(
    tx,
  )
