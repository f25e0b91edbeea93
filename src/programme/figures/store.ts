// Every query of figures that an organisation changed.

import { type Selectable, sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import { keepPlan } from '../../db/pool.ts'
import type { FigureVersions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { type LoadSettings, loadSettings } from '../load/figures/settings.ts'
import type { OwnFigures } from './rules.ts'

export type FigureRow = Omit<Selectable<FigureVersions>, 'own'> & { own: OwnFigures }

/** One version follows the other. */
export const lockFigures = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.figures}, hashtext(${orgId}))`.execute(tx)

/** Newest first. */
export const figureRows = (tx: Tx, orgId: string, limit: number): Promise<FigureRow[]> =>
  tx
    .selectFrom('figure_versions')
    .select(['org_id', 'number', 'own', 'reason', 'made_at', 'made_by'])
    .where('org_id', '=', orgId)
    .orderBy('number', 'desc')
    .limit(limit)
    .modifyEnd(keepPlan)
    .execute() as unknown as Promise<FigureRow[]>

export const insertFigures = (tx: Tx, row: FigureRow): Promise<unknown> =>
  tx
    .insertInto('figure_versions')
    .values({ ...row, own: JSON.stringify(row.own) })
    .execute()

/** By which everything of the programme is judged and planned: what was changed, and the defaults for the rest. */
export async function readSettings(tx: Tx, orgId: string): Promise<LoadSettings> {
  const [last] = await figureRows(tx, orgId, 1)
  return loadSettings(last?.own)
}
