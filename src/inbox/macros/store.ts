// Every query of macros.

import type { Selectable } from 'kysely'
import type { Macros } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { MacroStep } from './types.ts'

export type MacroRow = Omit<Selectable<Macros>, 'steps'> & { steps: MacroStep[] }

/** A few dozen at most: they are read as a whole. */
export const macroRows = async (tx: Tx, orgId: string): Promise<MacroRow[]> =>
  (await tx
    .selectFrom('macros')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('retired_at', (order) => order.desc().nullsFirst())
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute()) as unknown as MacroRow[]

export const findMacro = async (tx: Tx, orgId: string, id: string): Promise<MacroRow | undefined> =>
  (await tx.selectFrom('macros').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()) as
    | MacroRow
    | undefined

interface Facts {
  name: string
  steps: MacroStep[]
  by: string
  at: Date
}

export async function insertMacro(tx: Tx, orgId: string, { name, steps, by, at }: Facts): Promise<string> {
  const id = newId()
  const made = { org_id: orgId, id, name, steps: JSON.stringify(steps), created_at: at, created_by: by }
  await tx
    .insertInto('macros')
    .values({ ...made, updated_at: at, updated_by: by })
    .execute()
  return id
}

type Change = { name: string; steps: MacroStep[] } | { retiredAt: Date | null }

export async function updateMacro(
  tx: Tx,
  orgId: string,
  id: string,
  { by, at, ...change }: Change & { by: string; at: Date },
): Promise<void> {
  const values =
    'name' in change
      ? { name: change.name, steps: JSON.stringify(change.steps), updated_at: at, updated_by: by }
      : { retired_at: change.retiredAt, retired_by: change.retiredAt ? by : null }
  await tx.updateTable('macros').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()
}
