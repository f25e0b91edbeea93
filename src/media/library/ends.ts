// How the rights of files stand at a time: what publishing asks before it schedules, and delivery before a file leaves.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import { rightsOn } from './rules.ts'
import type { RightsState } from './types.ts'

export interface EndedFile {
  id: string
  fileName: string
  /** The last day on which it might be used. */
  until: string
}

/** Those of these files whose rights are over at that time. Only what has an end is looked at. */
export async function endedOn(tx: Tx, orgId: string, ids: string[], at: Date): Promise<EndedFile[]> {
  if (ids.length === 0) return []
  const found = await sql<EndedFile>`
    select m.id, m.file_name as "fileName", m.rights_until as until
    from media m join organisations o on o.id = m.org_id
    where m.org_id = ${orgId} and m.id = any(${ids}::uuid[]) and m.rights_until < (${at}::timestamptz at time zone o.time_zone)::date
    order by m.id`.execute(tx)
  return found.rows
}

export interface RightsFacts {
  fileName: string
  state: RightsState
  until: string | null
}

/** How the rights of these files stand at a time, and whether this organisation wants to hear of unknown ones. */
export async function rightsAt(
  tx: Tx,
  orgId: string,
  ids: string[],
  at: Date,
): Promise<{ warnUnknown: boolean; files: Map<string, RightsFacts> }> {
  if (ids.length === 0) return { warnUnknown: false, files: new Map() }
  const [today, warnUnknown] = [dayIn(at, await zoneOf(tx, orgId)), await warnsOfUnknown(tx, orgId)]
  const rows = await tx
    .selectFrom('media')
    .select(['id', 'file_name', 'rights_basis', 'rights_until'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute()
  const facts = rows.map(({ id, file_name, rights_basis, rights_until }): [string, RightsFacts] => [
    id,
    {
      fileName: file_name,
      state: rightsOn({ basis: rights_basis, expiresOn: rights_until }, today),
      until: rights_until,
    },
  ])
  return { warnUnknown, files: new Map(facts) }
}

export async function zoneOf(tx: Tx, orgId: string): Promise<string> {
  const { time_zone } = await tx
    .selectFrom('organisations')
    .select('time_zone')
    .where('id', '=', orgId)
    .executeTakeFirstOrThrow()
  return time_zone
}

/** Until somebody switches it off. */
export async function warnsOfUnknown(tx: Tx, orgId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('media_settings')
    .select('warn_unknown')
    .where('org_id', '=', orgId)
    .executeTakeFirst()
  return row?.warn_unknown ?? true
}
