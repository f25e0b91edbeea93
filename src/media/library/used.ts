// What keeps a file: a post that is not deleted, an answer that did not go out yet, a campaign, a brief that is still to be worked, a series that goes on.

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

/**
 * Whether something uses a file, as a condition of SQL. These belong to publishing, which is asked in SQL: it may not be called from
 * here. Which file a post names, publishing keeps as rows; posts that are deleted can come back, and count then.
 */
export const isUsed = (file: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  exists (select from post_media u join posts p on p.org_id = u.org_id and p.id = u.post_id
    where u.org_id = ${file}.org_id and u.media_id = ${file}.id and p.deleted_at is null)
  or exists (select from variants v join answers w on w.org_id = v.org_id and w.id = v.answer_id
    where v.org_id = ${file}.org_id and v.answer_id is not null and v.state not in ('published', 'removed', 'cancelled')
      and ${file}.id in (select media_named(w.content)))
  or exists (select from campaigns c where c.org_id = ${file}.org_id and ${file}.id = any(c.asset_ids))
  or exists (select from briefs b where b.org_id = ${file}.org_id and b.ended_at is null and ${file}.id = any(b.media_ids))
  or exists (select from series s where s.org_id = ${file}.org_id and ${inSeries(file)}))`

/** Those of these files that something uses, as whoever asks sees it. */
export async function usedMedia(tx: Tx, orgId: string, ids: string[]): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select m.id from media m where m.org_id = ${orgId} and m.id = any(${ids}::uuid[]) and ${isUsed(sql`m`)}`.execute(tx)
  return new Set(found.rows.map(({ id }) => id))
}

/** Whether a series `s` goes on, and its template names the file. */
export const inSeries = (file: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  s.ended_at is null and (s.make_at is not null or s.paused_at is not null) and (
    ${file}.id in (select media_named(s.content))
    or exists (select from jsonb_array_elements(s.variants) v where ${file}.id in (select media_named(v->'content')))))`
