// Every query of the places whose holidays count.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { HolidayPlace } from './types.ts'

export const placesOf = (tx: Tx, orgId: string): Promise<HolidayPlace[]> =>
  tx
    .selectFrom('holiday_places')
    .select(['country', 'state', 'region'])
    .where('org_id', '=', orgId)
    .orderBy('position')
    .execute()

/** Of two who choose at one moment the second has the word, whole. */
export async function replacePlaces(tx: Tx, orgId: string, places: (HolidayPlace & { id: string })[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holidays ${orgId}`}, 0))`.execute(tx)
  await tx.deleteFrom('holiday_places').where('org_id', '=', orgId).execute()
  if (places.length === 0) return
  await tx
    .insertInto('holiday_places')
    .values(places.map((place, position) => ({ org_id: orgId, position, ...place })))
    .execute()
}
