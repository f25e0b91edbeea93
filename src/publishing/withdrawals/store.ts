// Every query of mass withdrawals.

import { type Selectable, sql } from 'kysely'
import { connectors } from '../../connectors/registry.ts'
import type { WithdrawalItems, Withdrawals } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Reason } from '../types.ts'
import { leaseMs } from './rules.ts'
import type { ItemState, Selection } from './types.ts'

export type WithdrawalRow = Omit<Selectable<Withdrawals>, 'selection'> & { selection: Selection }
export type ItemRow = Omit<Selectable<WithdrawalItems>, 'state' | 'reason'> & {
  state: ItemState
  reason: Reason | null
}

const removable = connectors.flatMap(({ id, publish }) => (publish?.remove ? [id] : []))

const outPart = sql`from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.revision = v.revision and r.published_at is not null`
/** Since when something of it is out. Of `v`; a thread that broke off is rejected, and what went out before stays out. */
const outSince = sql`coalesce(v.published_at, (select min(r.published_at) ${outPart}))`

/** Variants of which something is out, with what each needs; `by_hand`: why only a person can delete it. */
const chosen = (orgId: string, { campaignId, accountId, from, to, words, postIds }: Selection) => sql`
  select v.org_id, v.id, v.post_id, v.account_id, ${outSince} as published_at, p.summary, a.connector,
    case when a.connector <> all(${removable}::text[]) then 'network-cannot-delete'
      when exists (select ${outPart} and r.remote_id is null) then 'linked-by-hand' end as by_hand
  from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id join accounts a on a.org_id = v.org_id and a.id = v.account_id
  where v.org_id = ${orgId} and (v.state = 'published' or v.state = 'rejected' and exists (select ${outPart})) and p.deleted_at is null
    ${campaignId === 'none' ? sql`and p.campaign_id is null` : campaignId ? sql`and p.campaign_id = ${campaignId}` : sql``}
    ${accountId ? sql`and v.account_id = ${accountId}` : sql``}
    ${from ? sql`and ${outSince} >= ${new Date(from)}` : sql``}
    ${to ? sql`and ${outSince} < ${new Date(to)}` : sql``}
    ${postIds ? sql`and v.post_id = any(${postIds}::uuid[])` : sql``}
    ${words ? sql`and ${saying(words)}` : sql``}`

const saying = (words: string) => {
  const content = sql`coalesce(v.frozen, v.content, p.content)`
  const wanted = sql`lower(${words.trim()})`
  return sql`(exists (select from jsonb_array_elements(${content}->'segments') s where strpos(lower(s->>'text'), ${wanted}) > 0)
    or strpos(lower(coalesce(${content}->>'title', '') || ' ' || coalesce(${content}->>'firstComment', '')), ${wanted}) > 0)`
}

export interface PreviewRows {
  accounts: { account_id: string; connector: string; count: number; by_hand: number }[]
  first: { post_id: string; summary: string; account_id: string; published_at: Date | null }[]
}

export async function previewRows(tx: Tx, orgId: string, given: Selection): Promise<PreviewRows> {
  const accounts = await sql<PreviewRows['accounts'][number]>`
    select account_id, connector, count(*)::int as count, count(by_hand)::int as by_hand from (${chosen(orgId, given)}) c
    group by account_id, connector order by count(*) desc, account_id`.execute(tx)
  const first = await sql<PreviewRows['first'][number]>`
    select post_id, summary, account_id, published_at from (${chosen(orgId, given)}) c order by published_at desc nulls last, id limit 10`.execute(
    tx,
  )
  return { accounts: accounts.rows, first: first.rows }
}

export async function insertWithdrawal(tx: Tx, row: WithdrawalRow): Promise<void> {
  await tx
    .insertInto('withdrawals')
    .values({ ...row, selection: JSON.stringify(row.selection) })
    .execute()
}

/** One item for each variant that is chosen now. Answers the accounts that have work, and how many items there are. */
export async function insertItems(tx: Tx, row: WithdrawalRow): Promise<{ count: number; accountIds: string[] }> {
  const found = await sql<{ account_id: string; state: ItemState }>`
    insert into withdrawal_items (org_id, withdrawal_id, variant_id, account_id, state, reason, wake_at, ended_at)
    select c.org_id, ${row.id}, c.id, c.account_id, case when c.by_hand is null then 'waiting' else 'by-hand' end,
      case when c.by_hand is not null then jsonb_build_object('code', c.by_hand) end,
      case when c.by_hand is null then ${row.begun_at}::timestamptz end, case when c.by_hand is not null then ${row.begun_at}::timestamptz end
    from (${chosen(row.org_id, row.selection)}) c returning account_id, state`.execute(tx)
  const waiting = found.rows.filter(({ state }) => state === 'waiting')
  return { count: found.rows.length, accountIds: [...new Set(waiting.map((each) => each.account_id))] }
}

export async function lockWithdrawal(tx: Tx, orgId: string, id: string): Promise<WithdrawalRow | undefined> {
  const found = await tx
    .selectFrom('withdrawals')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return found as WithdrawalRow | undefined
}

// ── Working ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Taken extends ItemRow {
  post_id: string
  begun_by: string
}

/** The next post of an account, for one worker at a time: the account's row orders them. null: nothing is due, or somebody is at it. */
export async function takeNext(tx: Tx, orgId: string, accountId: string, now: Date): Promise<Taken | null> {
  const account = await sql<{ rest_until: Date | null }>`
    select rest_until from accounts where org_id = ${orgId} and id = ${accountId} for no key update`.execute(tx)
  const rest = account.rows[0]?.rest_until ?? null
  if (rest && rest > now) {
    await postpone(tx, orgId, accountId, rest)
    return null
  }
  const found = await sql<Taken>`
    with next as (
      select i.org_id, i.withdrawal_id, i.variant_id from withdrawal_items i
      where i.org_id = ${orgId} and i.account_id = ${accountId} and i.state = 'waiting' and i.wake_at <= ${now}
        and not exists (select from withdrawal_items o where o.org_id = i.org_id and o.account_id = i.account_id and o.state = 'waiting' and o.lease_until > ${now})
      order by i.wake_at, i.variant_id limit 1 for update of i)
    update withdrawal_items i set lease_until = ${new Date(now.getTime() + leaseMs)}
    from next n, variants v, withdrawals w
    where i.org_id = n.org_id and i.withdrawal_id = n.withdrawal_id and i.variant_id = n.variant_id
      and v.org_id = n.org_id and v.id = n.variant_id and w.org_id = n.org_id and w.id = n.withdrawal_id
    returning i.*, v.post_id, w.begun_by`.execute(tx)
  return found.rows[0] ?? null
}

/** Everything of an account that waits, waits at least until then. */
export async function postpone(tx: Tx, orgId: string, accountId: string, until: Date): Promise<void> {
  await sql`update withdrawal_items set wake_at = greatest(wake_at, ${until}), lease_until = null
    where org_id = ${orgId} and account_id = ${accountId} and state = 'waiting'`.execute(tx)
}

export async function endItem(tx: Tx, item: Taken, state: ItemState, reason: Reason | null, now: Date): Promise<void> {
  await sql`update withdrawal_items set state = ${state}, reason = ${reason && JSON.stringify(reason)}::jsonb, wake_at = null, lease_until = null,
      tries = tries + 1, ended_at = ${now}
    where org_id = ${item.org_id} and withdrawal_id = ${item.withdrawal_id} and variant_id = ${item.variant_id}`.execute(
    tx,
  )
}

/** Not where somebody stopped it meanwhile. */
export async function putItemOff(tx: Tx, item: Taken, at: Date, reason: Reason): Promise<void> {
  await sql`update withdrawal_items set wake_at = ${at}, lease_until = null, tries = tries + 1, reason = ${JSON.stringify(reason)}::jsonb
    where org_id = ${item.org_id} and withdrawal_id = ${item.withdrawal_id} and variant_id = ${item.variant_id} and state = 'waiting'`.execute(
    tx,
  )
}

/** Whether this ended it: nothing of it waits any more. */
export async function closeIfDone(tx: Tx, orgId: string, id: string, now: Date): Promise<boolean> {
  const found =
    await sql`update withdrawals w set done_at = ${now} where w.org_id = ${orgId} and w.id = ${id} and w.done_at is null
    and not exists (select from withdrawal_items i where i.org_id = w.org_id and i.withdrawal_id = w.id and i.state = 'waiting') returning id`.execute(
      tx,
    )
  return found.rows.length > 0
}

/** Accounts with something due that nobody is at; runs in a system transaction. */
export async function dueAccounts(tx: Tx, now: Date): Promise<{ org_id: string; account_id: string }[]> {
  const found = await sql<{ org_id: string; account_id: string }>`
    select distinct org_id, account_id from withdrawal_items
    where state = 'waiting' and wake_at <= ${now} and (lease_until is null or lease_until <= ${now})`.execute(tx)
  return found.rows
}

export async function stopWaiting(tx: Tx, row: WithdrawalRow, by: string, now: Date): Promise<number> {
  const found = await sql`update withdrawal_items set state = 'stopped', wake_at = null, ended_at = ${now}
    where org_id = ${row.org_id} and withdrawal_id = ${row.id} and state = 'waiting' returning variant_id`.execute(tx)
  await sql`update withdrawals set stopped_at = ${now}, stopped_by = ${by}, done_at = coalesce(done_at, ${now})
    where org_id = ${row.org_id} and id = ${row.id}`.execute(tx)
  return found.rows.length
}

/** Answers the accounts that have work again. */
export async function waitAgain(tx: Tx, row: WithdrawalRow, variantIds: string[] | null, now: Date): Promise<string[]> {
  const found = await sql<{ account_id: string }>`
    update withdrawal_items set state = 'waiting', reason = null, wake_at = ${now}, lease_until = null, tries = 0, ended_at = null
    where org_id = ${row.org_id} and withdrawal_id = ${row.id} and state in ('refused', 'by-hand', 'stopped')
      ${variantIds ? sql`and variant_id = any(${variantIds}::uuid[])` : sql``}
    returning account_id`.execute(tx)
  if (found.rows.length > 0)
    await sql`update withdrawals set done_at = null, stopped_at = null, stopped_by = null
      where org_id = ${row.org_id} and id = ${row.id}`.execute(tx)
  return found.rows.map((each) => each.account_id)
}
