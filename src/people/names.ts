// Names of members, for the views of every domain.

import { type SqlBool, sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'

export interface Named {
  id: string
  name: string
}

/** Says who stands behind an id. */
export interface WhoIs {
  (id: string): Named
  (id: string | null): Named | null
}

/** Who is in none of them any more has no name. */
export const whoIsIn = (names: ReadonlyMap<string, string>): WhoIs =>
  ((id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' })) as WhoIs

/** Names by member id; members whose membership ended keep theirs. */
export async function memberNames(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['members.id', 'users.name'])
    .where('members.org_id', '=', orgId)
    .where(sql<SqlBool>`members.id = any(${[...new Set(ids)]}::uuid[])`)
    .modifyEnd(keepPlan)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
