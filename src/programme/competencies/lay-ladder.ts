// Gives a programme the ladder that it begins with.

import type { Tx } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { defaultLadder } from './default-ladder.ts'
import { advisePublishing } from './listening-first.ts'
import { insertCompetency, insertEntry, lockLadder, rungRows } from './store.ts'

/** One that has rungs already keeps them. Records nothing in the log: whoever lays it says so. */
export async function layLadder(
  tx: Tx,
  { orgId, memberId }: Caller,
  { programmeId, at }: { programmeId: string; at: Date },
): Promise<void> {
  await lockLadder(tx, orgId)
  if ((await rungRows(tx, orgId, programmeId)).length > 0) return
  for (const [index, rung] of defaultLadder.entries()) {
    const place = index + 1
    const id = await insertCompetency(tx, orgId, { ...rung, programmeId, place, by: memberId, at })
    const facts = { name: rung.name, place }
    await insertEntry(tx, orgId, { competency_id: id, department_id: null, kind: 'laid', facts, at, by: memberId })
  }
  await advisePublishing(tx, orgId, at)
}
