// Lists of holds and of what they stopped.

import { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { heldVariant } from './contract.ts'
import {
  type HeldList,
  type HoldList,
  type HoldView,
  heldRows,
  heldView,
  holdRows,
  holdViewOf,
  viewsOf,
} from './views.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

export function listHolds(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: Omit<HoldList, 'after'> & { cursor?: string },
): Promise<PageOf<HoldView>> {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await holdRows(tx, caller.orgId, { ...given, after, limit: given.limit + 1 })
    const { items, nextCursor } = pageFrom(
      rows,
      given.limit,
      (row) => [row.begun_at.toISOString(), row.id],
      (row) => row,
    )
    return { items: await viewsOf(tx, caller.orgId, items), nextCursor }
  })
}

export const readHold = (services: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<HoldView> =>
  inOrg(services.db, caller.orgId, (tx) => holdViewOf(tx, caller.orgId, id))

export function listHeld(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: { id: string; kind: HeldList['kind']; limit: number; cursor?: string },
): Promise<PageOf<z.infer<typeof heldVariant>>> {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    await holdViewOf(tx, caller.orgId, given.id)
    const rows = await heldRows(tx, caller.orgId, {
      holdId: given.id,
      kind: given.kind,
      after,
      limit: given.limit + 1,
    })
    return pageFrom(rows, given.limit, (row) => [row.place.toISOString(), row.variant_id], heldView)
  })
}

interface Named {
  id: string
  name: string
}

/** What a hold can be of, by name. Closed campaigns have nothing to hold. */
export function holdTargets(
  services: Pick<Services, 'db'>,
  caller: Caller,
): Promise<{ campaigns: Named[]; accounts: Named[]; departments: Named[] }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const named = (table: 'accounts' | 'departments') =>
      tx.selectFrom(table).select(['id', 'name']).where('org_id', '=', caller.orgId).orderBy('name')
    const campaigns = tx.selectFrom('campaigns').select(['id', 'name']).where('org_id', '=', caller.orgId)
    return {
      campaigns: await campaigns.where('closed_at', 'is', null).orderBy('name').execute(),
      accounts: await named('accounts').execute(),
      departments: await named('departments').execute(),
    }
  })
}
