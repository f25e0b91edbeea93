// Queries about who sees which conversations: what is left of a list for whoever looks, names for activity, owners behind a wall.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export async function seenAmong(tx: Tx, orgId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select id from conversations where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Set(found.rows.map((row) => row.id))
}

/** With whom each conversation is. */
export async function contactNames(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select c.id, p.name from conversations c join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** Behind walls, and whose owner is not behind them (any more). Runs as the system; answers those that nobody has now. */
export async function freeUnseen(tx: Tx, limit: number): Promise<{ org_id: string; id: string; owner_id: string }[]> {
  const found = await sql<{ org_id: string; id: string; owner_id: string }>`
    with unseen as (select c.org_id, c.id, c.owner_id from conversations c where c.wall_id is not null and c.owner_id is not null
        and not exists (select from members m where m.org_id = c.org_id and m.id = c.owner_id and m.department_id = c.wall_id and m.ended_at is null)
      limit ${limit} for update skip locked),
    freed as (update conversations c set owner_id = null from unseen u where c.org_id = u.org_id and c.id = u.id)
    select * from unseen`.execute(tx)
  return found.rows
}
