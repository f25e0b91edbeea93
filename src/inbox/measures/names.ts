// Names of what measures are told apart by.

import type { Tx } from '../../db/tx.ts'

const named = (rows: readonly { id: string; name: string }[]): Map<string, string> =>
  new Map(rows.map(({ id, name }) => [id, name]))

export const departmentNames = async (tx: Tx, orgId: string): Promise<Map<string, string>> =>
  named(await tx.selectFrom('departments').select(['id', 'name']).where('org_id', '=', orgId).execute())

export const accountNames = async (tx: Tx, orgId: string): Promise<Map<string, string>> =>
  named(await tx.selectFrom('accounts').select(['id', 'name']).where('org_id', '=', orgId).execute())
