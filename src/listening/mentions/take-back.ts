// Takes mentions back that were brought by mistake: as if they had never been stored, their counts included.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { countedHeld, type HeldRow, heldColumns, heldOf } from './held.ts'
import { addCounts } from './store-counts.ts'
import { removeUnderTopics } from './store-write.ts'

/** Of one organisation, by their ids. Answers how many went. */
export async function takeBackMentions(tx: Tx, orgId: string, ids: readonly string[]): Promise<number> {
  const gone = await sql<HeldRow>`
    delete from mentions m where m.org_id = ${orgId} and m.id = any(${ids}::uuid[]) returning ${heldColumns}`.execute(
    tx,
  )
  await removeUnderTopics(tx, gone)
  await addCounts(
    tx,
    gone.rows.map((row) => countedHeld(heldOf(row), -1)),
  )
  return gone.rows.length
}
