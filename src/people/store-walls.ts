// Every query with which the wall of a department is changed.

import type { Tx } from '../db/tx.ts'

/** Nobody else changes it until the transaction ends; conversations that come to it wait. */
export const lockDepartment = (
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ name: string; walled_at: Date | null } | undefined> =>
  tx
    .selectFrom('departments')
    .select(['name', 'walled_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Its conversations follow by a trigger (migrations/0035-walls.sql). */
export const setWall = (tx: Tx, orgId: string, id: string, wall: { at: Date; by: string } | null): Promise<unknown> =>
  tx
    .updateTable('departments')
    .set({ walled_at: wall?.at ?? null, walled_by: wall?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
