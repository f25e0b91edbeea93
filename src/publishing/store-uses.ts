// What is kept beside a post so that lists need not go through contents: its accounts, and as rows the files that it names.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'

/** Whoever changes what a post or a variant of it says calls this afterwards. */
export async function keepUses(tx: Tx, orgId: string, postIds: string[]): Promise<void> {
  if (postIds.length === 0) return
  await sql`
    with named as (
      select p.id as post_id, media_id from posts p, media_named(p.content) media_id
      where p.org_id = ${orgId} and p.id = any(${postIds}::uuid[])
      union
      select v.post_id, media_id from variants v, media_named(v.content) media_id
      where v.org_id = ${orgId} and v.post_id = any(${postIds}::uuid[]) and v.content is not null),
    gone as (
      delete from post_media u where u.org_id = ${orgId} and u.post_id = any(${postIds}::uuid[])
        and not exists (select from named n where n.post_id = u.post_id and n.media_id = u.media_id))
    insert into post_media (org_id, media_id, post_id) select ${orgId}, media_id, post_id from named
    on conflict do nothing`.execute(tx)
}

export const keepAccounts = (tx: Tx, orgId: string, postId: string) =>
  sql`update posts p set account_ids = array(select v.account_id from variants v where v.org_id = p.org_id and v.post_id = p.id order by v.id)
    where p.org_id = ${orgId} and p.id = ${postId}`.execute(tx)
