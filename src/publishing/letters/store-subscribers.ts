// Every query of subscribers.

import { type Selectable, sql } from 'kysely'
import type { Subscribers } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { broughtBack } from './rules.ts'
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

/** Locked until the transaction ends. */
export async function subscriberAt(
  tx: Tx,
  orgId: string,
  accountId: string,
  address: string,
): Promise<SubscriberRow | null> {
  const row = await tx
    .selectFrom('subscribers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .where('address', '=', address)
    .forUpdate()
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

export interface Asking {
  orgId: string
  accountId: string
  address: string
  name: string
  consent: string
  at: Date
}

/** A new subscriber who is asked to confirm; null where the address is known. Of two forms sent at once, the second one waits and finds it. */
export async function insertAsked(tx: Tx, given: Asking): Promise<string | null> {
  const row = await tx
    .insertInto('subscribers')
    .values({
      ...{ org_id: given.orgId, id: newId(), account_id: given.accountId, address: given.address, name: given.name },
      ...{ state: 'asked', state_since: given.at, asked_at: given.at, created_at: given.at },
      ...{ source: 'form', consent: given.consent },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Asked once more. Who left, complained or is not reachable stays so until they confirm: anybody can fill in a form. */
export async function askAgain(tx: Tx, row: SubscriberRow, { name, consent, at }: Asking): Promise<void> {
  const fresh = row.state === 'asked' ? { name: name || row.name, consent, state_since: at } : {}
  await tx
    .updateTable('subscribers')
    .set({ ...fresh, asked_at: at })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

/** By the link in the letter. `consent` is what they agreed to, where the row still holds an older one. */
export async function markConfirmed(tx: Tx, row: SubscriberRow, consent: string, at: Date): Promise<void> {
  const agreed = row.state === 'asked' ? {} : { source: 'form', consent, added_by: null }
  await tx
    .updateTable('subscribers')
    .set({ ...agreed, state: 'confirmed', state_since: at, confirmed_at: at, soft_bounces: 0 })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

/**
 * Subscribes all these addresses at once, those that are known where they may be brought back. In the order of addresses, so that two
 * lists at the same time wait for each other in line. Answers which were subscribed by it.
 */
export async function subscribeAll(
  tx: Tx,
  given: { orgId: string; accountId: string; consent: string; addedBy: string; at: Date },
  people: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  const inOrder = [...people].sort(([one], [other]) => (one < other ? -1 : 1))
  const [ids, addresses, names] = [inOrder.map(() => newId()), inOrder.map(([a]) => a), inOrder.map(([, name]) => name)]
  const found = await sql<{ address: string }>`
    insert into subscribers as s (org_id, id, account_id, address, name, state, state_since, source, consent, added_by, confirmed_at, created_at)
    select ${given.orgId}::uuid, id, ${given.accountId}::uuid, address, name, 'confirmed', ${given.at}::timestamptz, 'member', ${given.consent},
      ${given.addedBy}::uuid, ${given.at}::timestamptz, ${given.at}::timestamptz
    from unnest(${ids}::uuid[], ${addresses}::text[], ${names}::text[]) as p (id, address, name)
    on conflict (org_id, account_id, address) do update set
      name = case when excluded.name = '' then s.name else excluded.name end, state = 'confirmed', state_since = excluded.state_since,
      source = 'member', consent = excluded.consent, added_by = excluded.added_by, confirmed_at = excluded.confirmed_at, soft_bounces = 0
    where s.state = any(${broughtBack}::text[])
    returning address`.execute(tx)
  return new Set(found.rows.map(({ address }) => address))
}

export async function statesAt(
  tx: Tx,
  orgId: string,
  accountId: string,
  addresses: string[],
): Promise<Map<string, SubscriberState>> {
  if (addresses.length === 0) return new Map()
  const found = await sql<{ address: string; state: SubscriberState }>`select address, state from subscribers
    where org_id = ${orgId} and account_id = ${accountId} and address = any(${addresses}::text[])`.execute(tx)
  return new Map(found.rows.map(({ address, state }) => [address, state]))
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
      ...(change.softBounces === undefined ? {} : { soft_bounces: change.softBounces }),
      ...(change.lastBounce === undefined ? {} : { last_bounce: change.lastBounce }),
    })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

/**
 * Who asks to be forgotten is: the address, the consent, and what mail servers said about it. Their letters are still counted, under an
 * id that means nobody any more; one that waits is left out.
 */
export async function eraseSubscriber(tx: Tx, orgId: string, id: string, now: Date): Promise<void> {
  await tx.deleteFrom('subscribers').where('org_id', '=', orgId).where('id', '=', id).execute()
  await sql`
    update letter_sends set error = null, due_at = null,
      state = case when state = 'waiting' then 'left-out' else state end,
      settled_at = case when state = 'waiting' then ${now}::timestamptz else settled_at end
    where org_id = ${orgId} and subscriber_id = ${id} and (state = 'waiting' or error is not null)`.execute(tx)
}

export async function forgetUnconfirmed(tx: Tx, before: Date): Promise<number> {
  const gone = await tx
    .deleteFrom('subscribers')
    .where('state', '=', 'asked')
    .where('state_since', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/**
 * Soft bounces are counted in a row, and that a mail server took this letter does not end the row: most tell later that it came back.
 * That the letter before it never did, does.
 */
export const forgiveBounces = (
  tx: Tx,
  { org_id, subscriber_id, key }: { org_id: string; subscriber_id: string; key: string },
) =>
  sql`
    update subscribers u set soft_bounces = 0 where org_id = ${org_id} and id = ${subscriber_id} and soft_bounces > 0 and 'sent' = (
      select state from letter_sends s
      where s.org_id = u.org_id and s.subscriber_id = u.id and s.key <> ${key} and s.settled_at is not null
      order by s.settled_at desc limit 1)`.execute(tx)
