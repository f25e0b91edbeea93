// Every query of what a conversation came of: our post above it, that post's campaign, and topics that listen for the campaign.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export interface CauseRow {
  about: { id: string; url: string | null; title: string } | null
  post_id: string | null
  summary: string | null
  published_at: Date | null
  deleted: boolean | null
  campaign_id: string | null
  campaign_name: string | null
}

/** Our posts above a conversation `c`, as `post`, of which `part` went out. Ids at a network are those of one account. */
export const postsAbove = sql`parts part
    join variants v on v.org_id = part.org_id and v.id = part.variant_id and v.account_id = c.account_id
    join posts post on post.org_id = v.org_id and post.id = v.post_id
  where part.org_id = c.org_id and part.remote_id = c.about ->> 'id'`

/** undefined: there is no such conversation. */
export async function causeRow(tx: Tx, orgId: string, conversationId: string): Promise<CauseRow | undefined> {
  const found = await sql<CauseRow>`
    select c.about, p.id as post_id, p.summary, p.published_at, p.deleted_at is not null as deleted, k.id as campaign_id, k.name as campaign_name
      from conversations c
        left join lateral (select post.*, part.published_at from ${postsAbove} limit 1) p on c.about is not null
        left join campaigns k on k.org_id = c.org_id and k.id = p.campaign_id
      where c.org_id = ${orgId} and c.id = ${conversationId}`.execute(tx)
  return found.rows[0]
}

export interface CauseTopic {
  id: string
  name: string
}

/** Topics that listen for the campaign, and topics of campaigns under which a message of it was heard. */
export async function campaignTopics(
  tx: Tx,
  orgId: string,
  { conversationId, campaignId }: { conversationId: string; campaignId: string | null },
): Promise<CauseTopic[]> {
  const found = await sql<CauseTopic>`
    select t.id, t.name from topics t where t.org_id = ${orgId} and t.removed_at is null and (t.campaign_id = ${campaignId}::uuid
        or t.kind = 'campaign' and exists (select from messages m join topic_mentions h on h.org_id = m.org_id and h.mention_id = m.mention_id
          where m.org_id = ${orgId} and m.conversation_id = ${conversationId} and m.mention_id is not null and h.topic = t.number
            and h.at between m.at - interval '1 day' and m.at + interval '1 day'))
      order by lower(t.name), t.id limit 20`.execute(tx)
  return found.rows
}
