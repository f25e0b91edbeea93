// Every query of the versions of routing rules.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { type NamedRule, type RoutingSettings, routingSettings } from './types.ts'

export interface RulesInForce {
  /** 0: nobody has made rules yet. */
  number: number
  rules: NamedRule[]
  settings: RoutingSettings
  note: string
  madeAt: Date | null
  madeBy: string | null
}

interface VersionRow {
  number: number
  rules: NamedRule[]
  settings: RoutingSettings
  note: string
  made_at: Date
  made_by: string
}

const inForceOf = (row: VersionRow): RulesInForce => ({
  ...{ number: row.number, rules: row.rules, settings: row.settings, note: row.note },
  ...{ madeAt: row.made_at, madeBy: row.made_by },
})

export async function rulesInForce(tx: Tx, orgId: string): Promise<RulesInForce> {
  const [newest] = await versionRows(tx, orgId, { before: null, limit: 1 })
  return newest ?? { number: 0, rules: [], settings: routingSettings.parse({}), note: '', madeAt: null, madeBy: null }
}

/** The newest first. */
export async function versionRows(
  tx: Tx,
  orgId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<RulesInForce[]> {
  const found = await sql<VersionRow>`
    select number, rules, settings, note, made_at, made_by from routing_versions
      where org_id = ${orgId} ${before === null ? sql`` : sql`and number < ${before}`} order by number desc limit ${limit}`.execute(
    tx,
  )
  return found.rows.map(inForceOf)
}

/** false: somebody else made a version of this number. */
export async function insertVersion(
  tx: Tx,
  orgId: string,
  version: Pick<RulesInForce, 'number' | 'rules' | 'settings' | 'note'> & { at: Date; by: string },
): Promise<boolean> {
  const made = await tx
    .insertInto('routing_versions')
    .values({
      ...{ org_id: orgId, number: version.number, note: version.note, made_at: version.at, made_by: version.by },
      ...{ rules: JSON.stringify(version.rules), settings: JSON.stringify(version.settings) },
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'number']).doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Of these ids those that are there, of each kind that rules name. */
export async function knownOf(
  tx: Tx,
  orgId: string,
  table: 'departments' | 'accounts' | 'topics' | 'campaigns',
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom(table)
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Set(rows.map(({ id }) => id))
}
