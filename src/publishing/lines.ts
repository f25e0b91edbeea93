// Every query of lists and of the calendar: many posts, little of each.

import { type NotNull, sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'
import { postsWith, searchWords, tooMany } from './search.ts'
import type { CellBegin } from './times.ts'
import type { VariantState } from './types.ts'

export interface LineRow {
  id: string
  summary: string
  state: VariantState
  due_at: Date | null
  updated_at: Date
  account_ids: string[]
  campaign_id: string | null
  picture_id: string | null
}

/** Whose posts: of an account, a campaign (`none`: always-on), a department, a member who answers for them. */
export interface Whose {
  accountId?: string
  campaignId?: string
  departmentId?: string
  ownerId?: string
}

export interface ListFilter extends Whose {
  state?: VariantState
  q?: string
  order: 'due' | 'changed'
  after: [at: string, id: string] | null
  limit: number
}

export async function listLines(tx: Tx, orgId: string, filter: ListFilter): Promise<LineRow[]> {
  const column = filter.order === 'due' ? sql`p.due_at` : sql`p.updated_at`
  const few = await fewPosts(tx, orgId, filter)
  const found = await sql<LineRow>`
    select p.id, p.summary, p.state, p.due_at, p.updated_at, p.account_ids, p.campaign_id, p.picture_id from posts p
    where p.org_id = ${orgId} and p.deleted_at is null
      ${few ? sql`and p.id = any(${few}::uuid[])` : sql``}
      ${filter.order === 'due' ? sql`and p.due_at is not null` : sql``}
      ${filter.state ? sql`and p.state = ${filter.state}` : sql``}
      ${belongingTo(filter)}
      ${filter.q ? sql.join(containing(filter.q), sql` `) : sql``}
      ${filter.after ? sql`and (${column}, p.id) < (${new Date(filter.after[0])}, ${filter.after[1]}::uuid)` : sql``}
    order by ${column} desc, p.id desc limit ${filter.limit}`.execute(tx)
  return found.rows
}

/**
 * The posts that a filter leaves, when they are few: then they are looked up by name. When they are many, going through the
 * list in its order meets enough of them soon. Only in between would one way alone take long.
 */
async function fewPosts(tx: Tx, orgId: string, { q, accountId }: ListFilter): Promise<string[] | null> {
  const found = q ? await postsWith(tx, orgId, q) : null
  return found ?? (accountId ? postsOfAccount(tx, orgId, accountId) : null)
}

async function postsOfAccount(tx: Tx, orgId: string, accountId: string): Promise<string[] | null> {
  const rows = await tx
    .selectFrom('variants')
    .select('post_id')
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .where('post_id', 'is not', null)
    .$narrowType<{ post_id: NotNull }>()
    .limit(tooMany)
    .execute()
  return rows.length < tooMany ? rows.map((row) => row.post_id) : null
}

/**
 * Every word occurs somewhere; what is no word (an emoji, a sign) occurs as it was typed. Not LIKE: of that the planner thinks
 * that hardly any row passes, and would sort all of them instead of going through the list in its order.
 */
function containing(q: string) {
  const words = searchWords(q)
  return (words.length > 0 ? words : [q.trim().toLowerCase()]).map(
    (word) => sql`and strpos(lower(p.summary), ${word}) > 0`,
  )
}

export const belongingTo = ({ accountId, campaignId, departmentId, ownerId }: Whose) => sql`
  ${accountId ? sql`and ${accountId}::uuid = any(p.account_ids)` : sql``}
  ${campaignId === 'none' ? sql`and p.campaign_id is null` : campaignId ? sql`and p.campaign_id = ${campaignId}` : sql``}
  ${departmentId ? sql`and p.department_id = ${departmentId}` : sql``}
  ${ownerId ? sql`and coalesce(p.owner_id, p.created_by) = ${ownerId}` : sql``}`

export interface CalendarFilter extends Whose {
  from: Date
  to: Date
  /** Days or hours, in their order; the first begins at or before `from`. */
  cells: CellBegin[]
  /** Lines of one cell at most. */
  most: number
}

/**
 * The first posts of each day or hour, and how many each one has: a month can have thousands, of which a page shows a few a day.
 * Without a filter they are counted by the index alone; only what is shown is read.
 */
export async function calendarLines(
  tx: Tx,
  orgId: string,
  { from, to, cells, most, ...whose }: CalendarFilter,
): Promise<{ lines: Omit<LineRow, 'updated_at'>[]; counts: { cell: string; count: number }[] }> {
  const found = await sql<Omit<LineRow, 'updated_at'> & { cell: number; count: number }>`
    with placed as (
      select id, due_at, width_bucket(due_at, ${cells.map((each) => each.from)}::timestamptz[]) as cell from posts p
      where org_id = ${orgId} and deleted_at is null and due_at >= ${from} and due_at < ${to} ${belongingTo(whose)}),
    counted as (
      select id, cell, row_number() over (partition by cell order by due_at, id) as place, count(*) over (partition by cell)::int as count
      from placed)
    select p.id, p.summary, p.state, p.due_at, p.account_ids, p.campaign_id, p.picture_id, c.count, c.cell
    from counted c join posts p on p.org_id = ${orgId} and p.id = c.id
    where c.place <= ${most}
    order by p.due_at, p.id ${keepPlan}`.execute(tx)
  const counts = new Map(found.rows.map(({ cell, count }) => [cell, count]))
  return {
    lines: found.rows,
    counts: [...counts].map(([cell, count]) => ({ cell: cells[cell - 1]!.cell, count })),
  }
}
