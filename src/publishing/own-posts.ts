// Tells which ids of a network are posts of an organisation, for those who hear what is said back to them.

import { sql } from 'kysely'
import { asSystem, type Db } from '../db/tx.ts'

/** Of these ids those that were published through Longrun, by organisation. */
export async function findOwnPosts(
  db: Db,
  refs: readonly { orgId: string; id: string }[],
): Promise<Map<string, Set<string>>> {
  const found = await asSystem(db, (tx) =>
    sql<{ org_id: string; remote_id: string }>`
      select distinct p.org_id, p.remote_id from parts p
        join unnest(${refs.map(({ orgId }) => orgId)}::uuid[], ${refs.map(({ id }) => id)}::text[]) r (org_id, remote_id)
          on p.org_id = r.org_id and p.remote_id = r.remote_id`.execute(tx),
  )
  const own = new Map<string, Set<string>>()
  for (const { org_id, remote_id } of found.rows) own.set(org_id, (own.get(org_id) ?? new Set()).add(remote_id))
  return own
}
