// Every query of the advice before publishing.

import type { Tx } from '../../db/tx.ts'
import type { OverrideFacts } from './types.ts'

export const findAdvice = (tx: Tx, orgId: string) =>
  tx.selectFrom('publishing_advice').selectAll().where('org_id', '=', orgId).executeTakeFirst()

/** What people decided about it stays as long as it is there. */
export const putAdvice = (
  tx: Tx,
  orgId: string,
  { since, openDepartmentIds }: { since: Date; openDepartmentIds: string[] },
): Promise<unknown> =>
  tx
    .insertInto('publishing_advice')
    .values({ org_id: orgId, since, open_department_ids: openDepartmentIds })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet({ open_department_ids: openDepartmentIds }))
    .execute()

export const removeAdvice = (tx: Tx, orgId: string): Promise<unknown> =>
  tx.deleteFrom('publishing_advice').where('org_id', '=', orgId).execute()

/** null: it counts again. Whether there is one. */
export async function setOverride(
  tx: Tx,
  orgId: string,
  override: (OverrideFacts & { by: string; at: Date }) | null,
): Promise<boolean> {
  const set = await tx
    .updateTable('publishing_advice')
    .set({
      ...{ overridden_until: override?.until ?? null, override_reason: override?.reason ?? null },
      ...{ overridden_at: override?.at ?? null, overridden_by: override?.by ?? null },
    })
    .where('org_id', '=', orgId)
    .executeTakeFirst()
  return Number(set.numUpdatedRows) > 0
}
