// Every query of reading lists.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { ReadingFacts } from './types.ts'

export interface ReadingRow {
  id: string
  competency_id: string | null
  competency: string | null
  title: string
  url: string | null
  words: string
  minutes: number
  added_by: string
  removed_at: Date | null
  read_at: Date | null
  read_by: number
}

/** As somebody sees them. Those of programmes that ended are not among them. */
export async function readingRows(
  tx: Tx,
  orgId: string,
  { memberId, id }: { memberId: string; id?: string },
): Promise<ReadingRow[]> {
  const found = await sql<ReadingRow>`
    select i.id, i.competency_id, c.name as competency, i.title, i.url, i.words, i.minutes, i.added_by, i.removed_at,
        (select read_at from reading_marks m where m.org_id = i.org_id and m.item_id = i.id and m.member_id = ${memberId}) as read_at,
        (select count(*)::integer from reading_marks m where m.org_id = i.org_id and m.item_id = i.id) as read_by
      from reading_items i left join competencies c on c.org_id = i.org_id and c.id = i.competency_id
        left join programmes p on p.org_id = c.org_id and p.id = c.programme_id
      where i.org_id = ${orgId} and ${id ? sql`i.id = ${id}` : sql`i.removed_at is null and p.ended_at is null`}
      order by c.place nulls last, i.added_at, i.id`.execute(tx)
  return found.rows
}

export async function insertReading(
  tx: Tx,
  orgId: string,
  { competencyId, title, url, words, minutes, by, at }: ReadingFacts & { by: string; at: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('reading_items')
    .values({ org_id: orgId, id, competency_id: competencyId, title, url, words, minutes, added_at: at, added_by: by })
    .execute()
  return id
}

export const markRemoved = (tx: Tx, orgId: string, id: string, at: Date | null) =>
  tx.updateTable('reading_items').set({ removed_at: at }).where('org_id', '=', orgId).where('id', '=', id).execute()

/** The first time counts. */
export const putMark = (tx: Tx, orgId: string, { id, memberId, at }: { id: string; memberId: string; at: Date }) =>
  tx
    .insertInto('reading_marks')
    .values({ org_id: orgId, item_id: id, member_id: memberId, read_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export const removeMark = (tx: Tx, orgId: string, { id, memberId }: { id: string; memberId: string }) =>
  tx
    .deleteFrom('reading_marks')
    .where('org_id', '=', orgId)
    .where('item_id', '=', id)
    .where('member_id', '=', memberId)
    .execute()
