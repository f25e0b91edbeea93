// Every query of hours and policies. A policy has versions that never change, and each change says which versions are in force, in order.

import { sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { BusinessHours, PromisePolicy } from './types.ts'

/** Nobody else changes promises of the organisation until the transaction ends. */
export const lockPromises = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.promises}, hashtext(${orgId}))`.execute(tx)

export interface HoursRow {
  id: string
  name: string
  hours: BusinessHours
  changed_at: Date
  changed_by: string
}

export async function readHours(tx: Tx, orgId: string): Promise<HoursRow[]> {
  const found = await sql<HoursRow>`
    select id, name, hours, changed_at, changed_by from business_hours where org_id = ${orgId} order by name, id`.execute(
    tx,
  )
  return found.rows
}

export interface HoursGiven {
  id: string
  name: string
  hours: BusinessHours
}

interface Made {
  by: string
  at: Date
}

/** False: others have this name. */
export async function writeHours(
  tx: Tx,
  orgId: string,
  { id, name, hours }: HoursGiven,
  { by, at }: Made,
): Promise<boolean> {
  const taken =
    await sql`select from business_hours where org_id = ${orgId} and name = ${name} and id <> ${id}`.execute(tx)
  if (taken.rows.length > 0) return false
  await sql`
    insert into business_hours (org_id, id, name, hours, changed_at, changed_by)
      values (${orgId}, ${id}, ${name}, ${JSON.stringify(hours)}::jsonb, ${at}, ${by})
      on conflict (org_id, id) do update set name = excluded.name, hours = excluded.hours, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by`.execute(tx)
  return true
}

export const deleteHours = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx.deleteFrom('business_hours').where('org_id', '=', orgId).where('id', '=', id).execute()

export interface PolicyRow {
  id: string
  policy_id: string
  number: number
  /** `hoursId` names business hours; how those were stands beside it. */
  policy: PromisePolicy
  hours: BusinessHours | null
  made_at: Date
  made_by: string
}

/** In order. */
export async function policiesInForce(tx: Tx, orgId: string): Promise<PolicyRow[]> {
  const found = await sql<PolicyRow>`
    select v.id, v.policy_id, v.number, v.policy, v.hours, v.made_at, v.made_by
      from (select version_ids from promises_in_force where org_id = ${orgId} order by from_at desc, id desc limit 1) f
        cross join lateral unnest(f.version_ids) with ordinality named (id, place)
        join promise_versions v on v.org_id = ${orgId} and v.id = named.id
      order by named.place`.execute(tx)
  return found.rows
}

export type VersionRow = PolicyRow & {
  held_from: Date
  /** null: it is in force. */
  held_until: Date | null
}

/** Newest first. A version is in force once, in one piece: what takes it out puts another in its place, or nothing. */
export async function versionsOf(tx: Tx, orgId: string, policyId: string): Promise<VersionRow[]> {
  const found = await sql<VersionRow>`
    select v.id, v.policy_id, v.number, v.policy, v.hours, v.made_at, v.made_by, coalesce(f.from_at, v.made_at) as held_from,
        case when f.id is null then v.made_at else u.from_at end as held_until
      from (select * from promise_versions where org_id = ${orgId} and policy_id = ${policyId} order by number desc limit 200) v
        left join lateral (select p.from_at, p.id from promises_in_force p where p.org_id = ${orgId} and v.id = any(p.version_ids)
          order by p.from_at, p.id limit 1) f on true
        left join lateral (select p.from_at from promises_in_force p where p.org_id = ${orgId} and (p.from_at, p.id) > (f.from_at, f.id)
          and v.id <> all(p.version_ids) order by p.from_at, p.id limit 1) u on true
      order by v.number desc`.execute(tx)
  return found.rows
}

export type EndedRow = PolicyRow & { ended_at: Date; ended_by: string }

/** Those of which no version is in force any more, as they were last; ended last first. */
export async function endedPolicies(tx: Tx, orgId: string): Promise<EndedRow[]> {
  const found = await sql<EndedRow>`
    select v.id, v.policy_id, v.number, v.policy, v.hours, v.made_at, v.made_by, u.from_at as ended_at, u.by as ended_by
      from (select distinct on (policy_id) * from promise_versions where org_id = ${orgId} order by policy_id, number desc) v
        cross join lateral (select p.from_at, p.id from promises_in_force p where p.org_id = ${orgId} and v.id = any(p.version_ids)
          order by p.from_at desc, p.id desc limit 1) f
        cross join lateral (select p.from_at, p.by from promises_in_force p where p.org_id = ${orgId} and (p.from_at, p.id) > (f.from_at, f.id)
          order by p.from_at, p.id limit 1) u
      order by u.from_at desc, v.policy_id limit 200`.execute(tx)
  return found.rows
}

export const insertPolicy = (tx: Tx, orgId: string, id: string, { by, at }: Made): Promise<unknown> =>
  sql`insert into promise_policies (org_id, id, created_at, created_by) values (${orgId}, ${id}, ${at}, ${by})`.execute(
    tx,
  )

/** Answers the id of the new version. */
export async function insertVersion(
  tx: Tx,
  orgId: string,
  { policyId, policy, hours }: { policyId: string; policy: PromisePolicy; hours: BusinessHours | null },
  { by, at }: Made,
): Promise<string> {
  const id = newId()
  await sql`
    insert into promise_versions (org_id, id, policy_id, number, policy, hours, made_at, made_by)
      select ${orgId}, ${id}, ${policyId}, coalesce(max(number), 0) + 1, ${JSON.stringify(policy)}::jsonb,
          ${hours && JSON.stringify(hours)}::jsonb, ${at}, ${by}
        from promise_versions where org_id = ${orgId} and policy_id = ${policyId}`.execute(tx)
  return id
}

export const putInForce = (tx: Tx, orgId: string, versionIds: readonly string[], { by, at }: Made): Promise<unknown> =>
  sql`insert into promises_in_force (org_id, from_at, id, version_ids, by)
    values (${orgId}, ${at}, ${newId()}, ${[...versionIds]}::uuid[], ${by})`.execute(tx)
