// What accounts, campaigns, departments and members are called: for reading names in a file, and for writing them into one.

import type { AccountRow } from '../../accounts/session.ts'
import type { Tx } from '../../db/tx.ts'
import { namesIn } from './cells.ts'
import type { Names } from './read-row.ts'
import { accountRows, campaignNames, departmentNames, memberNameRows, type Named } from './store.ts'

export interface Directory {
  accounts: Map<string, AccountRow>
  names: Names
  /** The shortest name that leads back to the same one: else its id. */
  nameOf: Record<keyof Names, (id: string | null) => string>
}

export async function readDirectory(tx: Tx, orgId: string): Promise<Directory> {
  const accounts = await accountRows(tx, orgId)
  const campaigns = byName(await campaignNames(tx, orgId))
  const departments = byName(await departmentNames(tx, orgId))
  const members = byName(await memberNameRows(tx, orgId))
  const outlets = byName(
    accounts.map(({ id, name }) => ({ id, name })),
    accounts.map(({ id, handle }) => ({ id, name: handle })),
  )
  return {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    names: { accounts: outlets.ids, campaigns: campaigns.ids, departments: departments.ids, members: members.ids },
    nameOf: {
      accounts: outlets.nameOf,
      campaigns: campaigns.nameOf,
      departments: departments.nameOf,
      members: members.nameOf,
    },
  }
}

/** @param also further names, by which they are found but not told */
export function byName(
  some: Named[],
  also: Named[] = [],
): { ids: Map<string, string[]>; nameOf: (id: string | null) => string } {
  const ids = new Map<string, string[]>()
  const add = (name: string, id: string) => {
    const key = name.trim().toLowerCase()
    if (key === '' || ids.get(key)?.includes(id)) return
    ids.set(key, [...(ids.get(key) ?? []), id])
  }
  for (const { id } of some) add(id, id)
  for (const { id, name } of some) add(name, id)
  for (const { id, name } of also) add(name, id)
  const names = new Map(some.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null): string => {
    if (id === null) return ''
    const name = names.get(id)
    const leadsBack = name !== undefined && name === name.trim() && ids.get(name.toLowerCase())?.length === 1
    // In a cell of several names the sign between them cannot be part of one.
    return leadsBack && namesIn(name).length === 1 && namesIn(name)[0] === name ? name : id
  }
  return { ids, nameOf }
}
