// Verbs of macros themselves: list, make, change, take away and bring back.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { macroView } from './contract.ts'
import { stepsFault } from './rules.ts'
import { findMacro, insertMacro, type MacroRow, macroRows, updateMacro } from './store.ts'
import type { MacroStep } from './types.ts'

type Shown = z.infer<typeof macroView>
type Deps = Pick<Services, 'db' | 'clock'>

export const listMacros = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await macroRows(tx, orgId)
    return rows.map(await shower(tx, orgId, rows))
  })

interface Facts {
  name: string
  steps: MacroStep[]
}

/** @throws Refusal `steps-contradict`. */
export const addMacro = ({ db, clock }: Deps, caller: Caller, facts: Facts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    mustMakeSense(facts)
    const id = await insertMacro(tx, caller.orgId, { ...facts, by: caller.memberId, at })
    return told(tx, caller, { id, at, verb: 'macro.added' })
  })

/** @throws Refusal `steps-contradict`. */
export const changeMacro = ({ db, clock }: Deps, caller: Caller, { id, ...facts }: Facts & { id: string }) =>
  inOrg(db, caller.orgId, async (tx): Promise<Shown> => {
    const at = clock()
    mustMakeSense(facts)
    if (!(await findMacro(tx, caller.orgId, id))) throw notFound('macro')
    await updateMacro(tx, caller.orgId, id, { ...facts, by: caller.memberId, at })
    return told(tx, caller, { id, at, verb: 'macro.changed' })
  })

const setOffered =
  (isRetired: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const at = clock()
      if (!(await findMacro(tx, caller.orgId, id))) throw notFound('macro')
      await updateMacro(tx, caller.orgId, id, { retiredAt: isRetired ? at : null, by: caller.memberId, at })
      return told(tx, caller, { id, at, verb: isRetired ? 'macro.retired' : 'macro.restored' })
    })

export const retireMacro = setOffered(true)
export const restoreMacro = setOffered(false)

function mustMakeSense({ steps }: Facts): void {
  const fault = stepsFault(steps)
  if (fault) throw new Refusal(fault, { field: 'steps' })
}

async function told(
  tx: Tx,
  { orgId, actor }: Caller,
  { id, at, verb }: { id: string; at: Date; verb: string },
): Promise<Shown> {
  const row = (await findMacro(tx, orgId, id))!
  const shown = (await shower(tx, orgId, [row]))(row)
  await record(tx, orgId, actor, at, { verb, subject: { kind: 'macro', id }, facts: { name: row.name } })
  return shown
}

async function shower(tx: Tx, orgId: string, rows: readonly MacroRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ updated_by }) => updated_by),
  )
  return (row: MacroRow): Shown => ({
    ...{ id: row.id, name: row.name, steps: row.steps },
    ...{ updatedAt: row.updated_at.toISOString(), updatedBy: person(row.updated_by) },
    retiredAt: row.retired_at?.toISOString() ?? null,
  })
}
