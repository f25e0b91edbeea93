// Queries of the list before a gap.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface OwedRow {
  id: string
  owner_id: string | null
  department_id: string | null
  department: string | null
  contact: string
  preview: string
  due_at: Date
  required_skills: string[]
}

/** Not overdue yet, due first first. */
export async function owedUntil(
  tx: Tx,
  orgId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<OwedRow[]> {
  const found = await sql<OwedRow>`
    select c.id, c.owner_id, c.department_id, d.name as department, coalesce(p.name, '') as contact, c.preview, c.due_at, coalesce(r.required_skills, '{}') as required_skills
      from conversations c left join departments d on d.org_id = c.org_id and d.id = c.department_id
        left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
        left join conversation_routes r on r.org_id = c.org_id and r.conversation_id = c.id
      where c.org_id = ${orgId} and c.due_at > ${now} and c.due_at <= ${until} and c.state <> 'closed' order by c.due_at, c.id limit ${limit}`.execute(
    tx,
  )
  return found.rows
}
