// Every query of assessments.

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
