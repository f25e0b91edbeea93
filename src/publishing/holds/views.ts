// Holds as the API shows them.

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import type { Reason, VariantState } from '../types.ts'
import type { heldVariant, holdPreview, holdView } from './contract.ts'
import type { BoundRow, HoldRow } from './store.ts'
import type { HoldScope, Scope } from './types.ts'

export type HoldView = z.infer<typeof holdView>
export type HoldPreview = z.infer<typeof holdPreview>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

interface ViewRow extends HoldRow {
  scope_name: string | null
  met: number
  holding: number
  missed: number
}

const everyHold = (orgId: string) => sql`
  select h.*,
    case h.scope when 'campaign' then (select name from campaigns c where c.org_id = h.org_id and c.id = h.scope_id)
      when 'account' then (select name from accounts a where a.org_id = h.org_id and a.id = h.scope_id)
      when 'department' then (select name from departments d where d.org_id = h.org_id and d.id = h.scope_id) end as scope_name,
    c.met, c.holding, c.missed
  from holds h cross join lateral (
    select count(*) filter (where t.found = 'stopped')::int as met,
      count(*) filter (where v.state = 'held' and v.hold_id = h.id)::int as holding,
      count(*) filter (where t.let_go = 'missed' and v.state = 'held' and v.reason->>'code' = 'missed-while-on-hold')::int as missed
    from held_variants t join variants v on v.org_id = t.org_id and v.id = t.variant_id
    where t.org_id = h.org_id and t.hold_id = h.id and v.post_id is not null) c
  where h.org_id = ${orgId}`

export async function holdViewOf(tx: Tx, orgId: string, id: string): Promise<HoldView> {
  const found = await sql<ViewRow>`${everyHold(orgId)} and h.id = ${id}`.execute(tx)
  if (!found.rows[0]) throw notFound('hold')
  return (await viewsOf(tx, orgId, found.rows))[0]!
}

export interface HoldList {
  state?: 'active' | 'ended'
  after: [at: string, id: string] | null
  limit: number
}

export async function holdRows(tx: Tx, orgId: string, { state, after, limit }: HoldList): Promise<ViewRow[]> {
  const found = await sql<ViewRow>`${everyHold(orgId)}
    ${state === 'active' ? sql`and h.ended_at is null` : state === 'ended' ? sql`and h.ended_at is not null` : sql``}
    ${after ? sql`and (h.begun_at, h.id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
    order by h.begun_at desc, h.id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function viewsOf(tx: Tx, orgId: string, rows: ViewRow[]): Promise<HoldView[]> {
  const names = await memberNames(
    tx,
    orgId,
    rows.flatMap((row) => [row.begun_by, row.ended_by].filter((id) => id !== null)),
  )
  const person = whoIsIn(names)
  return rows.map((row) => ({
    id: row.id,
    scope: row.scope,
    scopeId: row.scope_id,
    scopeName: row.scope_name,
    reason: row.reason,
    begunAt: row.begun_at.toISOString(),
    begunBy: person(row.begun_by),
    endsAt: iso(row.ends_at),
    endsWall: row.ends_wall?.replace(' ', 'T').slice(0, 16) ?? null,
    endsZone: row.ends_zone,
    endedAt: iso(row.ended_at),
    endedBy: person(row.ended_by),
    stopped: row.met,
    underWay: row.under_way,
    holding: row.holding,
    missed: row.missed,
  }))
}

/** null: there is no such campaign, account or department. */
export async function scopeNameOf(tx: Tx, orgId: string, { scope, scopeId }: HoldScope): Promise<string | null> {
  const tables = { campaign: 'campaigns', account: 'accounts', department: 'departments' } as const
  if (scope === 'everything' || scope === 'campaigns' || scopeId === null) return null
  const found = await tx
    .selectFrom(tables[scope])
    .select('name')
    .where('org_id', '=', orgId)
    .where('id', '=', scopeId)
    .executeTakeFirst()
  return found?.name ?? null
}

/** What a hold binds, in words for mails. */
export function scopeWords(scope: Scope, name: string | null): string {
  if (scope === 'everything') return 'everything'
  if (scope === 'campaigns') return 'all campaigns'
  return `the ${scope} ${name ?? ''}`.trim()
}

export const boundView = (row: BoundRow): HoldPreview['next'][number] => ({
  postId: row.post_id,
  variantId: row.variant_id,
  accountId: row.account_id,
  summary: row.summary,
  state: row.state,
  dueAt: iso(row.due_at),
})

export interface HeldRow extends BoundRow {
  found: 'stopped' | 'under-way'
  found_at: Date
  let_go: 'went-on' | 'missed' | 'another-hold' | null
  reason: Reason | null
  remote_url: string | null
  /** `due_at`, or the end of time. */
  place: Date
}

export interface HeldList {
  holdId: string
  kind: 'stopped' | 'under-way' | 'missed'
  after: [at: string, id: string] | null
  limit: number
}

const never = '9999-01-01T00:00:00Z'

export async function heldRows(tx: Tx, orgId: string, { holdId, kind, after, limit }: HeldList): Promise<HeldRow[]> {
  const found = await sql<HeldRow>`
    select * from (
      select v.post_id, v.id as variant_id, v.account_id, p.summary, v.state, v.due_at, v.reason, v.remote_url, t.found, t.found_at, t.let_go,
        coalesce(v.due_at, ${never}::timestamptz) as place
      from held_variants t join variants v on v.org_id = t.org_id and v.id = t.variant_id
        join posts p on p.org_id = v.org_id and p.id = v.post_id
      where t.org_id = ${orgId} and t.hold_id = ${holdId}
        ${kind === 'missed' ? sql`and t.let_go = 'missed' and v.state = 'held' and v.reason->>'code' = 'missed-while-on-hold'` : sql`and t.found = ${kind}`}) s
    ${after ? sql`where (place, variant_id) > (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
    order by place, variant_id limit ${limit}`.execute(tx)
  return found.rows
}

export const heldView = (row: HeldRow): z.infer<typeof heldVariant> => ({
  ...boundView(row),
  found: row.found,
  foundAt: row.found_at.toISOString(),
  letGo: row.let_go,
  reason: row.reason,
  remoteUrl: row.remote_url,
  state: row.state as VariantState,
})
