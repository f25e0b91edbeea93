// Every query of what rules decided about conversations and of those that wait for somebody.

import { sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import type { Tx } from '../../db/tx.ts'
import type { OwnerChoice } from './choose-owner.ts'
import type { RoutingDecision } from './rules.ts'
import type { AdditionalSkill } from './types.ts'

export type KeptChoice =
  | { kind: 'owner'; personId: string; reason: Extract<OwnerChoice, { kind: 'owner' }>['reason']; dropped: string[] }
  | { kind: 'nobody'; reason: Extract<OwnerChoice, { kind: 'nobody' }>['reason']; ruledOut: Record<string, number> }

export interface RouteRow {
  conversation_id: string
  version: number | null
  decided_at: Date
  required_skills: string[]
  additional_skills: AdditionalSkill[]
  reasons: RoutingDecision['reasons']
  weight: number
  ask_at: Date | null
  choice: KeptChoice | null
  chosen_at: Date | null
  raised_at: Date | null
}

export async function routeRows(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, RouteRow>> {
  if (ids.length === 0) return new Map()
  const found = await sql<RouteRow>`
    select * from conversation_routes where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
  return new Map(found.rows.map((row) => [row.conversation_id, row]))
}

export interface NewRoute {
  id: string
  version: number
  decision: Pick<RoutingDecision, 'requiredSkills' | 'additionalSkills' | 'reasons'>
  weight: number
  askAt: Date | null
}

export async function writeRoutes(tx: Tx, orgId: string, routes: readonly NewRoute[], now: Date): Promise<void> {
  if (routes.length === 0) return
  const rows = routes.map(({ id, version, decision, weight, askAt }) => ({
    ...{ org_id: orgId, conversation_id: id, version: version || null, decided_at: now, weight, ask_at: askAt },
    ...{ required_skills: decision.requiredSkills, additional_skills: JSON.stringify(decision.additionalSkills) },
    reasons: JSON.stringify(decision.reasons),
  }))
  await tx
    .insertInto('conversation_routes')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'conversation_id']).doUpdateSet(({ ref }) => ({
        ...{ version: ref('excluded.version'), decided_at: ref('excluded.decided_at'), weight: ref('excluded.weight') },
        ...{ required_skills: ref('excluded.required_skills'), additional_skills: ref('excluded.additional_skills') },
        ...{ reasons: ref('excluded.reasons'), ask_at: ref('excluded.ask_at') },
      })),
    )
    .execute()
}

/** Somebody is looked for from now on, or nobody any more. */
export const setAskAt = (tx: Tx, orgId: string, id: string, askAt: Date | null): Promise<unknown> =>
  tx
    .updateTable('conversation_routes')
    .set({ ask_at: askAt })
    .where('org_id', '=', orgId)
    .where('conversation_id', '=', id)
    .execute()

/** What stood against everybody may be gone: whoever waits is looked at again. */
export const askAgain = (tx: Tx, orgId: string, now: Date): Promise<unknown> =>
  sql`update conversation_routes set ask_at = ${now} where org_id = ${orgId} and ask_at > ${now}`.execute(tx)

/** One at a time gives conversations of an organisation to people: what each has in hand is counted once. */
export const lockGiving = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.giving}, hashtext(${orgId}::uuid::text))`.execute(tx)

/** Somebody took it, or it was closed: nobody is looked for any more. */
export const settleAsked = (tx: Tx, orgId: string, now: Date): Promise<unknown> =>
  sql`
    update conversation_routes r set ask_at = null from conversations c where r.org_id = ${orgId} and r.ask_at <= ${now}
      and c.org_id = r.org_id and c.id = r.conversation_id and (c.owner_id is not null or c.department_id is null or c.state = 'closed')`.execute(
    tx,
  )

export interface WaitingRow {
  id: string
  department_id: string
  contact_id: string | null
  preview: string
  waiting_since: Date
  due_at: Date | null
  required_skills: string[]
  additional_skills: AdditionalSkill[]
  weight: number
  had_by: string | null
  declined: string[]
}

/**
 * For whom somebody is looked for now: the most urgent, and then those who wait longest, first; or those for whom nobody was looked for
 * longest. Nobody else changes them meanwhile.
 */
export async function waitingRows(
  tx: Tx,
  orgId: string,
  now: Date,
  { order, limit }: { order: 'urgent' | 'asked'; limit: number },
): Promise<WaitingRow[]> {
  const asked = order === 'asked' ? sql`r.ask_at,` : sql``
  const found = await sql<WaitingRow>`
    with due as (select c.id, c.department_id, c.contact_id, c.preview, coalesce(c.waiting_since, c.last_at) as waiting_since, c.priority, c.due_at,
        r.required_skills, r.additional_skills, r.weight
      from conversation_routes r join conversations c on c.org_id = r.org_id and c.id = r.conversation_id
      where r.org_id = ${orgId} and r.ask_at <= ${now} and c.owner_id is null and c.department_id is not null and c.state = 'open'
      order by ${asked} array_position(array['urgent', 'high', 'normal', 'low'], c.priority), coalesce(c.waiting_since, c.last_at), c.id
      limit ${limit} for update of c skip locked)
    select due.*, coalesce(own.had_by, other.owner_id) as had_by, coalesce(gave.ids, '{}') as declined
      from due
        left join lateral (select (e.facts ->> 'from')::uuid as had_by from conversation_entries e where e.org_id = ${orgId} and e.conversation_id = due.id
          and e.kind = 'owner' and exists (select from members m where m.org_id = e.org_id and m.id::text = e.facts ->> 'from'
            and m.department_id = due.department_id)
          order by e.at desc, e.id desc limit 1) own on true
        left join lateral (select o.owner_id from conversations o where o.org_id = ${orgId} and o.contact_id = due.contact_id and o.id <> due.id
          and o.owner_id is not null and o.department_id = due.department_id and o.last_at > ${now}::timestamptz - interval '30 days'
          order by o.last_at desc limit 1) other on true
        left join lateral (select array_agg(distinct (e.facts ->> 'from')::uuid) as ids from conversation_entries e where e.org_id = ${orgId}
          and e.conversation_id = due.id and e.kind = 'owner' and e.by::text = e.facts ->> 'from'
          -- Handing it to another department is no giving back: when it returns, who had it there has it again.
          and not exists (select from conversation_entries d where d.org_id = e.org_id and d.conversation_id = e.conversation_id
            and d.kind = 'department' and d.at = e.at and d.by = e.by)) gave on true
      order by array_position(array['urgent', 'high', 'normal', 'low'], due.priority), due.waiting_since, due.id`.execute(
    tx,
  )
  return found.rows
}

export async function writeChoice(
  tx: Tx,
  orgId: string,
  id: string,
  { choice, askAt, at }: { choice: KeptChoice; askAt: Date | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('conversation_routes')
    .set({ choice: JSON.stringify(choice), chosen_at: at, ask_at: askAt })
    .where('org_id', '=', orgId)
    .where('conversation_id', '=', id)
    .execute()
}

/** Organisations in which somebody is looked for, or has to be told. Runs as the system. */
export async function organisationsAsking(tx: Tx, now: Date): Promise<string[]> {
  const found = await sql<{ org_id: string }>`
    select distinct org_id from conversation_routes where ask_at <= ${now}
    union select distinct org_id from conversation_triage where inform and told_at is null`.execute(tx)
  return found.rows.map(({ org_id }) => org_id)
}

/** Whoever of these conversations a person put where it is. */
export async function placedByPeople(tx: Tx, orgId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await sql<{ conversation_id: string }>`
    select distinct conversation_id from conversation_entries where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])
      and kind = 'department' and by is not null`.execute(tx)
  return new Set(found.rows.map((row) => row.conversation_id))
}

/** What people said of it: rules do not say it again. */
export async function markedByPeople(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ conversation_id: string; kind: string }>`
    select distinct conversation_id, kind from conversation_entries where org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])
      and kind in ('priority', 'tags') and by is not null`.execute(tx)
  const marked = new Map<string, Set<string>>()
  for (const { conversation_id, kind } of found.rows)
    marked.set(conversation_id, (marked.get(conversation_id) ?? new Set()).add(kind))
  return marked
}
