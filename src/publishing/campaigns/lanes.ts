// Both processes at once: always-on by account, and each campaign by account, counted in days or hours.

import { sql } from 'kysely'
import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type CellBegin, cellsBetween } from '../times.ts'
import type { VariantState } from '../types.ts'
import type { lanesView } from './contract.ts'
import { type CampaignRow, campaignsBetween, campaignsById } from './store.ts'
import { stateOf } from './views.ts'

type Lanes = z.infer<typeof lanesView>
type Lane = Lanes['alwaysOn'][number]

export const longestLanes = { day: 100 * 24 * 3600_000, hour: 100 * 3600_000 } as const
/** Posts of a cell that are named; the rest is a count. */
const named = 4

export interface LaneRange {
  from: string
  to: string
  zone: string
  cell: 'day' | 'hour'
}

export function readLanes(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { from: fromText, to: toText, zone, cell }: LaneRange,
): Promise<Lanes> {
  const [from, to] = [new Date(fromText), new Date(toText)]
  const ms = to.getTime() - from.getTime()
  if (ms <= 0) throw new Refusal('ends-before-begin', { field: 'to' })
  if (ms > longestLanes[cell])
    throw new Refusal('range-too-long', { field: 'to', params: { days: cell === 'day' ? 100 : 4 } })
  const cells = cellsBetween(from, to, zone, cell)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const counted = await countCells(tx, caller.orgId, { from, to, cells })
    const touching = await campaignsBetween(
      tx,
      caller.orgId,
      dayIn(from, zone),
      dayIn(new Date(to.getTime() - 1), zone),
    )
    const rest = [...new Set(counted.flatMap((row) => row.campaign_id ?? []))].filter(
      (id) => !touching.some((campaign) => campaign.id === id),
    )
    // A post may lie outside the days of its campaign: it is shown all the same.
    const campaigns = [...touching, ...(await campaignsById(tx, caller.orgId, rest))]
    const of = Map.groupBy(counted, (row) => row.campaign_id ?? '')
    return {
      cells: cells.map((each) => ({ cell: each.cell, from: each.from.toISOString() })),
      alwaysOn: lanesFrom(of.get('') ?? [], cells),
      campaigns: campaigns.map((campaign) => ({
        ...headOf(campaign, services.clock()),
        lanes: lanesFrom(of.get(campaign.id) ?? [], cells),
      })),
    }
  })
}

const headOf = (row: CampaignRow, now: Date) => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  state: stateOf(row, now),
  beginsOn: row.begins_on,
  endsOn: row.ends_on,
  phases: row.phases,
})

interface CountRow {
  campaign_id: string | null
  account_id: string | null
  cell: number
  count: number
  state: VariantState
  first: { id: string; summary: string; state: VariantState; at: string }[]
}

/**
 * One walk along the index of planned times. A post of two accounts stands in the row of each; one that has no account yet in a
 * row of its own. Only the first few of a cell are named.
 */
export async function countCells(
  tx: Tx,
  orgId: string,
  { from, to, cells }: { from: Date; to: Date; cells: CellBegin[] },
): Promise<CountRow[]> {
  const found = await sql<CountRow>`
    with placed as (
      select p.id, p.campaign_id, a.account_id, p.due_at, p.state, width_bucket(p.due_at, ${cells.map((each) => each.from)}::timestamptz[]) as cell,
        row_number() over (partition by p.campaign_id, a.account_id, width_bucket(p.due_at, ${cells.map((each) => each.from)}::timestamptz[])
          order by p.due_at, p.id) as place
      from posts p
      left join lateral unnest(p.account_ids) a(account_id) on true
      where p.org_id = ${orgId} and p.deleted_at is null and p.due_at >= ${from} and p.due_at < ${to})
    select c.campaign_id, c.account_id, c.cell, count(*)::int as count,
      (array_agg(c.state order by variant_urgency(c.state)))[1] as state,
      jsonb_agg(jsonb_build_object('id', c.id, 'summary', p.summary, 'state', c.state, 'at', to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        order by c.place) filter (where p.id is not null) as first
    from placed c left join posts p on c.place <= ${named} and p.org_id = ${orgId} and p.id = c.id
    group by c.campaign_id, c.account_id, c.cell
    order by c.account_id, c.cell`.execute(tx)
  return found.rows
}

function lanesFrom(rows: CountRow[], cells: CellBegin[]): Lane[] {
  return [...Map.groupBy(rows, (row) => row.account_id)].map(([accountId, some]) => ({
    accountId,
    cells: some.map(({ cell, count, state, first }) => ({ cell: cells[cell - 1]!.cell, count, state, first })),
  }))
}
