// What accounts told of their past, by day, beside what went out through Longrun: nothing is counted twice.

import { sql } from 'kysely'
import { beginOf, endOf, withinDays } from '../db/day-span.ts'
import type { Tx } from '../db/tx.ts'
import type { DaySpan } from '../lib/days.ts'

export interface ToldDay {
  accountId: string
  day: string
  /** By an id of the network; null: it does not say who wrote it. */
  by: string | null
  /** That did not go out through Longrun. */
  posts: number
  replies: number
  /** Also those that Longrun sent: what is read back of conversations holds them too. */
  allReplies: number
}

/**
 * What went out through Longrun is known again by its id, and by its address where a person looked it up. Of accounts whose past is read to its end. What several accounts of one place tell counts for its author where that is one of them, else
 * for the account that was there first.
 */
export async function toldDays(tx: Tx, orgId: string, span: DaySpan): Promise<ToldDay[]> {
  const found = await sql<ToldDay>`
    with ours as materialized (
      select a.connector, a.server, case when v.answer_id is null then 'post' else 'reply' end as kind, p.remote_id, coalesce(p.remote_url, v.remote_url) as url
        from variants v join accounts a on a.org_id = v.org_id and a.id = v.account_id join parts p on p.org_id = v.org_id and p.variant_id = v.id
        where v.org_id = ${orgId} and v.published_at >= ${beginOf(span)} - interval '2 days' and v.published_at < ${endOf(span)} + interval '2 days'),
    told as (
      select i.account_id, i.kind, i.remote_id, i.at, i.url, i.written_by, a.connector, a.server,
          row_number() over (partition by a.connector, a.server, i.kind, i.remote_id
            order by (a.remote_id = i.written_by) desc nulls last, a.created_at, a.id) as place
        from history_items i join history_readings r on r.org_id = i.org_id and r.account_id = i.account_id
          join accounts a on a.org_id = i.org_id and a.id = i.account_id
        where i.org_id = ${orgId} and ${withinDays(sql`i.at`, span)} and r.ended_at is not null and i.at >= r.known_from),
    known as (
      select t.*, exists (select from ours o where o.connector = t.connector and o.server = t.server and o.kind = t.kind and o.remote_id = t.remote_id)
          or exists (select from ours o where o.connector = t.connector and o.server = t.server and o.kind = t.kind and o.url = t.url) as is_ours
        from told t where t.place = 1)
    select account_id as "accountId", (at at time zone ${span.zone})::date::text as day, written_by as by,
        count(*) filter (where kind = 'post' and not is_ours)::integer as posts,
        count(*) filter (where kind = 'reply' and not is_ours)::integer as replies,
        count(*) filter (where kind = 'reply')::integer as "allReplies"
      from known group by 1, 2, 3`.execute(tx)
  return found.rows
}
