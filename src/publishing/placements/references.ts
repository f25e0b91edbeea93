// Counts people who said that they came by a placement: by whoever asked them, and taken back where it was a mistake.

import type { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { type Deps, type Shown, showOne } from './actions.ts'
import type { referenceView } from './contract.ts'
import { deleteReference, insertReference, referenceRows } from './store.ts'

export function countReference(
  services: Deps,
  caller: Caller,
  { id, count, note }: { id: string; count: number; note: string },
): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { name } = await showOne(services, tx, caller.orgId, id)
    const at = services.clock()
    await insertReference(tx, caller.orgId, { placementId: id, count, note, by: caller.memberId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'placement.named',
      subject: { kind: 'placement', id },
      facts: { name, count },
    })
    return showOne(services, tx, caller.orgId, id)
  })
}

export function takeBackReference(
  services: Deps,
  caller: Caller,
  { id, reference }: { id: string; reference: string },
): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { name } = await showOne(services, tx, caller.orgId, id)
    const count = await deleteReference(tx, caller.orgId, { placementId: id, id: reference })
    if (count === null) throw notFound('reference')
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'placement.naming-taken-back',
      subject: { kind: 'placement', id },
      facts: { name, count },
    })
    return showOne(services, tx, caller.orgId, id)
  })
}

const mostShown = 100

export function readReferences(
  services: Deps,
  caller: Caller,
  { id }: { id: string },
): Promise<z.infer<typeof referenceView>[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await showOne(services, tx, caller.orgId, id)
    const rows = await referenceRows(tx, caller.orgId, id, mostShown)
    return rows.map((row) => ({
      ...{ id: row.id, at: row.at.toISOString(), count: row.count, note: row.note },
      countedBy: row.counted_by,
    }))
  })
}
