// What single items that went out brought by which age, for the programme that judges what an hour of work is worth.

import { sql } from 'kysely'
import type { ContentKind } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { kindOf } from './store.ts'

/** By readings at planned ages, in order of age. A count is null where the network does not offer it. */
export interface ItemOut {
  variantId: string
  accountId: string
  connector: string
  kind: ContentKind
  publishedAt: Date
  /** In minutes. */
  ages: number[]
  /** Likes, replies, reposts and quotes together. */
  reactions: (number | null)[]
  replies: (number | null)[]
  views: (number | null)[]
}

/** More would say hardly anything new. */
const mostItems = 20_000

/** Posts that went out since an instant and by another one, wherever they are by now; newest first. */
export async function itemsOut(
  tx: Tx,
  orgId: string,
  { since, until }: { since: Date; until: Date },
): Promise<ItemOut[]> {
  const found = await sql<ItemOut>`
    select v.id as "variantId", v.account_id as "accountId", a.connector, ${kindOf} as kind, v.published_at as "publishedAt",
        coalesce(s.ages, '{}') as ages, coalesce(s.reactions, '{}') as reactions, coalesce(s.replies, '{}') as replies, coalesce(s.views, '{}') as views
      from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id join accounts a on a.org_id = v.org_id and a.id = v.account_id
        left join lateral (
          select array_agg(age_minutes order by age_minutes) as ages,
              array_agg(case when num_nonnulls(likes, replies, reposts, quotes) > 0
                then (coalesce(likes, 0) + coalesce(replies, 0) + coalesce(reposts, 0) + coalesce(quotes, 0))::float8 end order by age_minutes) as reactions,
              array_agg(replies::float8 order by age_minutes) as replies, array_agg(views::float8 order by age_minutes) as views
            from snapshots where org_id = v.org_id and variant_id = v.id) s on true
      where v.org_id = ${orgId} and v.published_at > ${since} and v.published_at <= ${until}
      order by v.published_at desc, v.id desc limit ${mostItems}`.execute(tx)
  return found.rows
}

/**
 * People who followed the links of items up to an instant each, by item. One without a link of ours is not in it: nobody knows whom it led
 * anywhere. Clicks are kept by the hour; the hour in which the instant lies counts when it began before it.
 */
export async function visitsBy(
  tx: Tx,
  orgId: string,
  items: readonly { variantId: string; until: Date }[],
): Promise<Map<string, number>> {
  if (items.length === 0) return new Map()
  const found = await sql<{ id: string; visits: number }>`
    select l.variant_id as id, coalesce(sum(c.clicks), 0)::float8 as visits
      from unnest(${items.map(({ variantId }) => variantId)}::uuid[], ${items.map(({ until }) => until)}::timestamptz[]) i (id, until)
        join links l on l.org_id = ${orgId} and l.variant_id = i.id
        left join link_clicks c on c.org_id = l.org_id and c.link_id = l.id and not c.bot and c.hour < i.until
      group by l.variant_id`.execute(tx)
  return new Map(found.rows.map(({ id, visits }) => [id, visits]))
}
