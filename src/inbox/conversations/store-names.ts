// Names of departments, by their ids.

import type { Tx } from '../../db/tx.ts'

export async function departmentNames(tx: Tx, orgId: string): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('departments').select(['id', 'name']).where('org_id', '=', orgId).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
