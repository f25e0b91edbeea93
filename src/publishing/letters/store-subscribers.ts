// Every query of subscribers.

import { type Selectable, sql } from 'kysely'
import type { Subscribers } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { SubscriberState } from './types.ts'

export type SubscriberRow = Omit<Selectable<Subscribers>, 'state'> & { state: SubscriberState }

export interface SubscriberFilter {
  accountId: string
  state?: SubscriberState
  q?: string
  after: string | null
  limit: number
}

export async function listSubscribers(tx: Tx, orgId: string, filter: SubscriberFilter): Promise<SubscriberRow[]> {
  const like = `%${(filter.q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  const rows = await tx
    .selectFrom('subscribers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('account_id', '=', filter.accountId)
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state!))
    .$if(Boolean(filter.q), (query) =>
      query.where((eb) => eb.or([eb('address', 'ilike', like), eb('name', 'ilike', like)])),
    )
    .$if(filter.after !== null, (query) => query.where('id', '<', filter.after!))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows as SubscriberRow[]
}

export async function countSubscribers(
  tx: Tx,
  orgId: string,
  accountId: string,
): Promise<Partial<Record<SubscriberState, number>>> {
  const rows = await tx
    .selectFrom('subscribers')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

/** Locked until the transaction ends, so that two forms sent at once make one subscriber. */
export async function subscriberAt(
  tx: Tx,
  orgId: string,
  accountId: string,
  address: string,
): Promise<SubscriberRow | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${accountId} ${address}`}, 0))`.execute(tx)
  const row = await tx
    .selectFrom('subscribers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .where('address', '=', address)
    .executeTakeFirst()
  return (row as SubscriberRow | undefined) ?? null
}

export async function subscriberById(tx: Tx, orgId: string, id: string): Promise<SubscriberRow | null> {
  const row = await tx
    .selectFrom('subscribers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return (row as SubscriberRow | undefined) ?? null
}

export interface Subscribing {
  orgId: string
  accountId: string
  address: string
  name: string
  state: 'asked' | 'confirmed'
  source: 'form' | 'member'
  consent: string
  addedBy: string | null
  at: Date
}

/** A new row, or the old one of the same address begun anew. Answers its id. */
export async function putSubscriber(tx: Tx, known: SubscriberRow | null, given: Subscribing): Promise<string> {
  const id = known?.id ?? newId()
  const fresh = {
    name: given.name || (known?.name ?? ''),
    state: given.state,
    state_since: given.at,
    source: given.source,
    consent: given.consent,
    added_by: given.addedBy,
    asked_at: given.state === 'asked' ? given.at : (known?.asked_at ?? null),
    confirmed_at: given.state === 'confirmed' ? given.at : null,
    soft_bounces: 0,
  }
  if (known)
    await tx.updateTable('subscribers').set(fresh).where('org_id', '=', given.orgId).where('id', '=', id).execute()
  else
    await tx
      .insertInto('subscribers')
      .values({
        ...fresh,
        org_id: given.orgId,
        id,
        account_id: given.accountId,
        address: given.address,
        created_at: given.at,
      })
      .execute()
  return id
}

export async function moveSubscriber(
  tx: Tx,
  row: SubscriberRow,
  change: { state: SubscriberState; at: Date; softBounces?: number; lastBounce?: string },
): Promise<void> {
  await tx
    .updateTable('subscribers')
    .set({
      state: change.state,
      ...(change.state === row.state ? {} : { state_since: change.at }),
      ...(change.state === 'confirmed' && row.state !== 'confirmed' ? { confirmed_at: change.at } : {}),
      ...(change.softBounces === undefined ? {} : { soft_bounces: change.softBounces }),
      ...(change.lastBounce === undefined ? {} : { last_bounce: change.lastBounce }),
    })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

/** Erased, with what was sent to them: who asks to be forgotten is. */
export async function eraseSubscriber(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('subscribers').where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}

export async function forgetUnconfirmed(tx: Tx, before: Date): Promise<number> {
  const gone = await tx
    .deleteFrom('subscribers')
    .where('state', '=', 'asked')
    .where('state_since', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** A soft bounce ends with the first letter that arrives. */
export const forgiveBounces = (tx: Tx, orgId: string, ids: string[]) =>
  tx
    .updateTable('subscribers')
    .set({ soft_bounces: 0 })
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('soft_bounces', '>', 0)
    .execute()
