// Names of what measures are told apart by.

import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import { departmentNames } from '../conversations/store-names.ts'
import type { Grouping } from './types.ts'

/** The name of an id of a grouping; empty: it is gone, or there is none. */
export type NameOf = (by: Grouping, id: string | null) => string

export async function namesOf(tx: Tx, orgId: string, personIds: readonly string[]): Promise<NameOf> {
  const [departments, person] = [await departmentNames(tx, orgId), await readActors(tx, orgId, personIds)]
  const accounts = await tx.selectFrom('accounts').select(['id', 'name']).where('org_id', '=', orgId).execute()
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  const of: Record<Grouping, (id: string) => string | undefined> = {
    department: (id) => departments.get(id),
    account: (id) => accountNames.get(id),
    person: (id) => person(id)?.name,
  }
  return (by, id) => (id && of[by](id)) || ''
}

interface Named {
  id: string | null
  name: string
}

/** By name; what has no id comes last. */
export const byName = (a: Named, b: Named): number =>
  Number(a.id === null) - Number(b.id === null) || a.name.localeCompare(b.name)
