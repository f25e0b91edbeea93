// Verbs of figures: read, change with a reason, what was changed when.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type Figure, honestLabel } from '../load/figures/figure.ts'
import { loadFigures, loadSettings } from '../load/figures/settings.ts'
import type { figuresView, figureVersionView } from './contract.ts'
import { differences, type FigureChange, figureFault, withChanges } from './rules.ts'
import { figureRows, insertFigures, lockFigures } from './store.ts'
import { changeable } from './types.ts'

type Shown = z.infer<typeof figuresView>

const mostVersions = 50

export const readFigures = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<Shown> =>
  readInOrg(db, orgId, (tx) => show(tx, orgId))

interface Changing {
  changes: FigureChange[]
  reason: string
  after: number | null
}

/** @throws Refusal `changed-meanwhile`, `figure-refused` with the name of the figure as its field. */
export const changeFigures = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, memberId, actor }: Caller,
  { changes, reason, after }: Changing,
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    await lockFigures(tx, orgId)
    const [last] = await figureRows(tx, orgId, 1)
    if ((last?.number ?? null) !== after)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: last?.number ?? 0 } })
    const own = withChanges(last?.own ?? {}, changes)
    const fault = figureFault(own, changes)
    if (fault) throw new Refusal('figure-refused', { field: fault.field, params: { reason: fault.says } })
    const changed = differences(last?.own ?? {}, own)
    // What is as it is makes no version.
    if (changed.length === 0) return show(tx, orgId)
    const number = (last?.number ?? 0) + 1
    await insertFigures(tx, { org_id: orgId, number, own, reason, made_at: at, made_by: memberId })
    const subject = { kind: 'figures', id: orgId }
    const facts = { reason, names: changed.map(({ name }) => name).join(', '), changed }
    await record(tx, orgId, actor, at, { verb: 'figures.changed', subject, facts })
    return show(tx, orgId)
  })

async function show(tx: Tx, orgId: string): Promise<Shown> {
  const [last] = await figureRows(tx, orgId, 1)
  const settings = loadSettings(last?.own)
  return {
    ...{ label: honestLabel, number: last?.number ?? null },
    figures: changeable.map(({ name, group }) => {
      const { value, unit, least, most, says, source, ours }: Figure = loadFigures[name]
      return { name, group, value: settings[name], standard: value, unit, least, most, says, source, isOurs: ours }
    }),
  }
}

export const listFigureVersions = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
): Promise<z.infer<typeof figureVersionView>[]> =>
  readInOrg(db, orgId, async (tx) => {
    // One more than is shown: the last of them differs from something too.
    const rows = await figureRows(tx, orgId, mostVersions + 1)
    const who = await readActors(
      tx,
      orgId,
      rows.map(({ made_by }) => made_by),
    )
    return rows.slice(0, mostVersions).map(({ number, own, reason, made_at, made_by }, index) => ({
      ...{ number, reason, madeAt: made_at.toISOString(), madeBy: who(made_by) },
      changes: differences(rows[index + 1]?.own ?? {}, own),
    }))
  })
