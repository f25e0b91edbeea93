// People without a user here who are asked for their consent: name and address, nothing else.

import { inOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import { addressOf } from './rules.ts'
import type { Caller } from './types.ts'

export interface Outsider {
  id: string
  name: string
  email: string
  created_at: Date
  removed_at: Date | null
}

const columns = ['id', 'name', 'email', 'created_at', 'removed_at'] as const

export const readOutsiders = (tx: Tx, orgId: string): Promise<Outsider[]> =>
  tx
    .selectFrom('outsiders')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()

/** Removed ones are found too. */
export const readOutsider = (tx: Tx, orgId: string, id: string): Promise<Outsider | undefined> =>
  tx.selectFrom('outsiders').select(columns).where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export const listOutsiders = ({ db }: Pick<Services, 'db'>, orgId: string): Promise<Outsider[]> =>
  inOrg(db, orgId, (tx) => readOutsiders(tx, orgId))

export function addOutsider(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: { name: string; email: string },
): Promise<Outsider> {
  return inOrg(db, caller.orgId, async (tx) => {
    const [id, at, email] = [newId(), clock(), addressOf(given.email)]
    const row = { org_id: caller.orgId, id, name: given.name, email, created_at: at, created_by: caller.memberId }
    const added = await tx
      .insertInto('outsiders')
      .values(row)
      .onConflict((known) => known.columns(['org_id', 'email']).where('removed_at', 'is', null).doNothing())
      .executeTakeFirst()
    if (!added.numInsertedOrUpdatedRows) {
      const known = (await readOutsiders(tx, caller.orgId)).find((each) => each.email === email)
      throw new Refusal('already-known', { status: 409, field: 'email', params: { name: known?.name ?? '' } })
    }
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'outsider.added',
      subject: { kind: 'outsider', id },
      facts: { name: given.name, email },
    })
    return { id, name: given.name, email, created_at: at, removed_at: null }
  })
}

/** What they said stays on record, with their name. Their links end with them. */
export function removeOutsider(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  id: string,
): Promise<void> {
  return inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const removed = await tx
      .updateTable('outsiders')
      .set({ removed_at: at, removed_by: caller.memberId })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .returning('name')
      .executeTakeFirst()
    if (!removed) throw notFound('outsider')
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'outsider.removed',
      subject: { kind: 'outsider', id },
      facts: { name: removed.name },
    })
  })
}
