// Verbs of duties: enter one, take it away, put it back.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { dutyView } from './contract.ts'
import { type DutyDeps, putOnDuty, sameDuty, tellDuty } from './for-protocols.ts'
import { type DutyRow, findDuty, lockDuties, markDuty } from './store.ts'
import type { DutyFacts } from './types.ts'

type Deps = DutyDeps & Pick<Services, 'db'>
type Shown = z.infer<typeof dutyView>

/** @throws Refusal `member-unknown`, `no-free-day` with the field. */
export const enterDuty = (services: Deps, caller: Caller, facts: DutyFacts): Promise<Shown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const id = await putOnDuty(services, tx, caller, facts)
    return showOne(tx, caller.orgId, id)
  })

export const removeDuty = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const row = await mustFind(tx, caller.orgId, id)
    if (row.removed_at === null) {
      await markDuty(tx, caller.orgId, id, services.clock())
      await tellDuty(services, tx, caller, { id, verb: 'duty.removed', facts: factsOf(row) })
    }
    return showOne(tx, caller.orgId, id)
  })

/** @throws Refusal `no-free-day`. */
export const restoreDuty = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const row = await mustFind(tx, orgId, id)
    if (row.removed_at !== null) {
      const same = await sameDuty(tx, orgId, factsOf(row), services.clock())
      if (same) return showOne(tx, orgId, same.id)
      await markDuty(tx, orgId, id, null)
      await tellDuty(services, tx, caller, { id, verb: 'duty.restored', facts: factsOf(row) })
    }
    return showOne(tx, orgId, id)
  })

const factsOf = ({ member_id, on_day, kind }: DutyRow): Omit<DutyFacts, 'note'> => ({
  ...{ memberId: member_id, day: on_day, kind: kind as DutyFacts['kind'] },
})

async function mustFind(tx: Tx, orgId: string, id: string): Promise<DutyRow> {
  await lockDuties(tx, orgId)
  const row = await findDuty(tx, orgId, id)
  if (!row) throw notFound('duty')
  return row
}

async function showOne(tx: Tx, orgId: string, id: string): Promise<Shown> {
  const row = (await findDuty(tx, orgId, id))!
  const who = await readActors(tx, orgId, [row.member_id, row.made_by])
  return {
    ...{ id, ...factsOf(row), note: row.note, isRemoved: row.removed_at !== null },
    ...{ member: who(row.member_id)!, enteredBy: who(row.made_by) },
  }
}
