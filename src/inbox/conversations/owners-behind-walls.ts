// Who has a conversation that stands behind a wall: only somebody who sees it.

import { asSystem, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { belongsTo, isWalled } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { announce } from './announce.ts'
import { type ConversationRow, insertEntry } from './store.ts'
import { freeUnseen } from './store-seen.ts'

/**
 * Behind a wall nobody has what they do not see: who is named must be of the department, who had it before has it no more.
 * @throws Refusal `not-in-department`
 */
export async function ownerBehindWall(
  tx: Tx,
  { org_id: orgId, owner_id: had }: ConversationRow,
  { department, ownerId }: { department: string | null; ownerId: string | null | undefined },
): Promise<string | null | undefined> {
  const owner = ownerId === undefined ? had : ownerId
  if (owner === null || department === null || !(await isWalled(tx, orgId, department))) return ownerId
  if (await belongsTo(tx, orgId, { departmentId: department, memberId: owner })) return ownerId
  if (ownerId === undefined) return null
  throw new Refusal('not-in-department', { status: 409, field: 'ownerId' })
}

const mostFreed = 500

/** Whoever left a walled department has nothing behind its wall any more: it is free for those who see it. */
export const freeWhatOwnersLeft = ({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> =>
  asSystem(db, async (tx) => {
    const at = clock()
    const freed = await freeUnseen(tx, mostFreed)
    for (const [orgId, rows] of Map.groupBy(freed, ({ org_id }) => org_id)) {
      for (const { id, owner_id: from } of rows)
        await insertEntry(tx, orgId, id, { kind: 'owner', at, by: null, facts: { from, to: null } })
      await announce(
        tx,
        orgId,
        rows.map(({ id }) => id),
      )
    }
  })
