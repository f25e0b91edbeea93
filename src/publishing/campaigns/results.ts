// What a campaign has come to: posts by state and initiator, the newest numbers of each account, what was held and by which holds.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { resultsByAccount, type VariantResult } from './rules.ts'
import type { CampaignRow } from './store.ts'
import type { CampaignResults } from './types.ts'

export async function readResults(tx: Tx, campaign: CampaignRow): Promise<CampaignResults> {
  const { org_id: orgId, id } = campaign
  const posts = await sql<{ state: string; initiator: string; count: number }>`
    select state, initiator, count(*)::int as count from posts
    where org_id = ${orgId} and campaign_id = ${id} and deleted_at is null group by state, initiator`.execute(tx)
  const variants = await sql<VariantResult & { state: string }>`
    select v.account_id as "accountId", a.name as account, v.state, v.published_at is not null as published,
      s.likes, s.replies, s.reposts, s.quotes, s.views
    from posts p
    join variants v on v.org_id = p.org_id and v.post_id = p.id
    join accounts a on a.org_id = v.org_id and a.id = v.account_id
    left join lateral (select likes, replies, reposts, quotes, views from snapshots s
      where s.org_id = v.org_id and s.variant_id = v.id order by s.age_minutes desc limit 1) s on true
    where p.org_id = ${orgId} and p.campaign_id = ${id} and p.deleted_at is null
    order by a.name, v.account_id`.execute(tx)
  return {
    posts: posts.rows.reduce((total, { count }) => total + count, 0),
    byState: totals(posts.rows, 'state').map(([state, count]) => ({ state, count })),
    byInitiator: totals(posts.rows, 'initiator').map(([initiator, count]) => ({ initiator, count })),
    byAccount: resultsByAccount(variants.rows),
    heldNow: variants.rows.filter(({ state }) => state === 'held').length,
    holds: await holdsOf(tx, campaign),
  }
}

function totals<Name extends string>(rows: ({ count: number } & Record<Name, string>)[], name: Name) {
  return [...Map.groupBy(rows, (row) => row[name])]
    .map(([value, some]): [string, number] => [value, some.reduce((total, { count }) => total + count, 0)])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** Holds that bound it while it was there: its own, those of all campaigns, and those of everything. */
async function holdsOf(tx: Tx, { org_id, id, created_at, closed_at }: CampaignRow): Promise<CampaignResults['holds']> {
  const rows = await tx
    .selectFrom('holds')
    .select(['scope', 'reason', 'begun_at', 'ended_at', 'stopped'])
    .where('org_id', '=', org_id)
    .where((eb) =>
      eb.or([
        eb('scope', 'in', ['campaigns', 'everything']),
        eb.and([eb('scope', '=', 'campaign'), eb('scope_id', '=', id)]),
      ]),
    )
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', created_at)]))
    .$if(closed_at !== null, (query) => query.where('begun_at', '<=', closed_at!))
    .orderBy('begun_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    scope: row.scope,
    reason: row.reason,
    begunAt: row.begun_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    stopped: row.stopped,
  }))
}
