// Every query of assessments, and of what they are made from that lies with no other domain.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Evidence, Opinions } from './types.ts'

export interface AssessmentRow {
  id: string
  taken_at: Date
  taken_by: string
  opinions: Opinions
  evidence: Evidence
}

/** Newest first. */
export async function assessmentRows(tx: Tx, orgId: string, limit: number): Promise<AssessmentRow[]> {
  const found = await sql<AssessmentRow>`
    select id, taken_at, taken_by, opinions, evidence from programme_assessments where org_id = ${orgId} order by taken_at desc, id desc limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

export async function insertAssessment(tx: Tx, orgId: string, row: Omit<AssessmentRow, 'id'>): Promise<string> {
  const id = newId()
  const [opinions, evidence] = [JSON.stringify(row.opinions), JSON.stringify(row.evidence)]
  await tx
    .insertInto('programme_assessments')
    .values({ org_id: orgId, id, taken_at: row.taken_at, taken_by: row.taken_by, opinions, evidence })
    .execute()
  return id
}

interface KnownAccount {
  id: string
  name: string
  network: string
  /** The day on which it was connected: nothing is known of it before. */
  knownFrom: string
}

/** Those that are connected and can publish; places that we only read are none of ours. */
export async function accountRows(tx: Tx, orgId: string, zone: string): Promise<KnownAccount[]> {
  const found = await sql<KnownAccount>`
    select id, coalesce(nullif(name, ''), nullif(display_name, ''), handle) as name, connector as network,
        (created_at at time zone ${zone})::date::text as "knownFrom"
      from accounts where org_id = ${orgId} and state <> 'disconnected' and auth_method <> 'none' and connector <> 'feed'
      order by lower(name), id`.execute(tx)
  return found.rows
}

/** Open goals of the programme that goes on that were read on or after a day. */
export async function goalsWithReadings(tx: Tx, orgId: string, since: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from programme_goals g join programmes p on p.org_id = g.org_id and p.id = g.programme_id
      where g.org_id = ${orgId} and g.ended_at is null and p.ended_at is null
      and exists (select from goal_readings r where r.org_id = g.org_id and r.goal_id = g.id and r.on_day >= ${since}::date)`.execute(
    tx,
  )
  return found.rows[0]!.count
}
