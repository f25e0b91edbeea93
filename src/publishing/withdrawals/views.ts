// Mass withdrawals as the API shows them, and their lists.

import { sql } from 'kysely'
import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { withdrawalItem, withdrawalView } from './contract.ts'
import type { ItemRow, WithdrawalRow } from './store.ts'
import type { ItemState } from './types.ts'

export type WithdrawalView = z.infer<typeof withdrawalView>
type ItemView = z.infer<typeof withdrawalItem>

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

type Counts = WithdrawalView['counts']
type ViewRow = WithdrawalRow & Counts & { next_at: Date | null }

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const everyOne = (orgId: string) => sql`
  select w.*, c.* from withdrawals w cross join lateral (
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'gone')::int as gone, count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'by-hand')::int as "byHand", count(*) filter (where state = 'stopped')::int as stopped,
      min(wake_at) as next_at
    from withdrawal_items i where i.org_id = w.org_id and i.withdrawal_id = w.id) c
  where w.org_id = ${orgId}`

export async function withdrawalViewOf(tx: Tx, orgId: string, id: string): Promise<WithdrawalView> {
  const found = await sql<ViewRow>`${everyOne(orgId)} and w.id = ${id}`.execute(tx)
  if (!found.rows[0]) throw notFound('withdrawal')
  return (await viewsOf(tx, orgId, found.rows))[0]!
}

export const readWithdrawal = (services: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }) =>
  inOrg(services.db, caller.orgId, (tx) => withdrawalViewOf(tx, caller.orgId, id))

async function viewsOf(tx: Tx, orgId: string, rows: ViewRow[]): Promise<WithdrawalView[]> {
  const ids = rows.flatMap((row) => [row.begun_by, ...(row.stopped_by ? [row.stopped_by] : [])])
  const names = await memberNames(tx, orgId, ids)
  const person = whoIsIn(names)
  return rows.map((row) => {
    const { waiting, done, gone, refused, byHand, stopped } = row
    return {
      id: row.id,
      reason: row.reason,
      selection: row.selection,
      begunAt: row.begun_at.toISOString(),
      begunBy: person(row.begun_by),
      stoppedAt: iso(row.stopped_at),
      stoppedBy: person(row.stopped_by),
      doneAt: iso(row.done_at),
      total: waiting + done + gone + refused + byHand + stopped,
      counts: { waiting, done, gone, refused, byHand, stopped },
      nextAt: iso(row.next_at),
    }
  })
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export function listWithdrawals(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<PageOf<WithdrawalView>> {
  const after = readCursor(cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await sql<ViewRow>`${everyOne(caller.orgId)}
      ${after ? sql`and (w.begun_at, w.id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by w.begun_at desc, w.id desc limit ${limit + 1}`.execute(tx)
    const { items, nextCursor } = pageFrom(
      found.rows,
      limit,
      (row) => [row.begun_at.toISOString(), row.id],
      (row) => row,
    )
    return { items: await viewsOf(tx, caller.orgId, items), nextCursor }
  })
}

const itemPlace = z.tuple([z.uuid()])

export function listItems(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { id, state, limit, cursor }: { id: string; state?: ItemState; limit: number; cursor?: string },
): Promise<PageOf<ItemView>> {
  const after = readCursor(cursor, itemPlace)
  return inOrg(services.db, caller.orgId, async (tx) => {
    await withdrawalViewOf(tx, caller.orgId, id)
    const found = await sql<ItemRow & { post_id: string; summary: string; remote_url: string | null }>`
      select i.*, v.post_id, v.remote_url, p.summary from withdrawal_items i
        join variants v on v.org_id = i.org_id and v.id = i.variant_id join posts p on p.org_id = v.org_id and p.id = v.post_id
      where i.org_id = ${caller.orgId} and i.withdrawal_id = ${id} ${state ? sql`and i.state = ${state}` : sql``}
        ${after ? sql`and i.variant_id > ${after[0]}::uuid` : sql``}
      order by i.variant_id limit ${limit + 1}`.execute(tx)
    return pageFrom(found.rows, limit, (row) => [row.variant_id], itemView)
  })
}

const itemView = (row: ItemRow & { post_id: string; summary: string; remote_url: string | null }): ItemView => ({
  variantId: row.variant_id,
  postId: row.post_id,
  accountId: row.account_id,
  summary: row.summary,
  state: row.state,
  reason: row.reason,
  wakeAt: iso(row.wake_at),
  tries: row.tries,
  endedAt: iso(row.ended_at),
  remoteUrl: row.remote_url,
})
