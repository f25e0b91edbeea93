// Tells when we ourselves give cause to speak of us: campaigns on their days and posts that go out, for those who hear what is said then.

import { sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'

export interface CampaignSpan {
  id: string
  name: string
  /** Its first day, in its own zone. */
  beginsOn: string
  /** In the campaign's own zone its first moment, and the one after its last; earlier where it was closed. */
  from: Date
  to: Date
}

export interface OwnPost {
  id: string
  campaignId: string | null
  network: string
  /** When it went out, or is to. */
  at: Date
}

const mostPosts = 2_000

/** Campaigns that run between two moments. */
export async function campaignSpans(tx: Tx, orgId: string, since: Date, until: Date): Promise<CampaignSpan[]> {
  const found = await sql<CampaignSpan>`
    select id, name, "beginsOn", "from", "to" from (select id, name, begins_on::text as "beginsOn", begins_on::timestamp at time zone time_zone as "from",
          least((ends_on + 1)::timestamp at time zone time_zone, closed_at) as "to"
        from campaigns where org_id = ${orgId} and begins_on <= ${until}::date + 1 and ends_on >= ${since}::date - 2) c
      where "from" < ${until} and "to" > ${since} order by "from", id ${keepPlan}`.execute(tx)
  return found.rows
}

/** Posts that go out between two moments, in each network once, newest first. */
export async function ownPosts(tx: Tx, orgId: string, since: Date, until: Date): Promise<OwnPost[]> {
  const found = await sql<OwnPost>`
    select v.post_id as id, p.campaign_id as "campaignId", a.connector as network, min(coalesce(v.published_at, v.due_at)) as at
      from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id join accounts a on a.org_id = v.org_id and a.id = v.account_id
      where v.org_id = ${orgId} and v.state in ('published', 'scheduled', 'sending', 'processing', 'looking-up', 'unconfirmed')
        and ((v.published_at >= ${since} and v.published_at < ${until}) or (v.published_at is null and v.due_at >= ${since} and v.due_at < ${until}))
      group by 1, 2, 3 order by at desc limit ${mostPosts}`.execute(tx)
  return found.rows
}
