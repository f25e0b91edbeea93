// Every query with which the wall of a department is changed.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'

/**
 * Before the department itself, in one order: whoever stores what is said or puts conversations together locks them, and then asks for the
 * walls of their departments. Sees those that the transaction sees.
 */
export const lockConversationsOf = (tx: Tx, orgId: string, departmentId: string): Promise<unknown> =>
  sql`
    select count(*) from (select 1 from conversations where org_id = ${orgId} and department_id = ${departmentId} order by id for update) locked`.execute(
    tx,
  )

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
