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
    select c.id, c.owner_id, c.department_id, d.name as department, coalesce(p.name, '') as contact, c.preview, c.due_at, '{}'::text[] as required_skills
      from conversations c left join departments d on d.org_id = c.org_id and d.id = c.department_id
        left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      where c.org_id = ${orgId} and c.due_at > ${now} and c.due_at <= ${until} and c.state <> 'closed' order by c.due_at, c.id limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

/** Open conversations in which somebody waits, by whoever has them. */
export async function loadsOf(tx: Tx, orgId: string): Promise<Map<string, number>> {
  const found = await sql<{ owner_id: string; count: number }>`
    select owner_id, count(*)::integer as count from conversations
      where org_id = ${orgId} and owner_id is not null and state = 'open' and waiting_since is not null group by owner_id`.execute(
    tx,
  )
  return new Map(found.rows.map(({ owner_id, count }) => [owner_id, count]))
}
