// Queries of labels by people: corrections, coded texts as they are judged, what was learnt and its switch.

import { type Insertable, type Selectable, sql } from 'kysely'
import type { LabelCorrections, LabelLessons } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Correctable } from './types.ts'

export type CorrectionRow = Selectable<LabelCorrections>
export type LessonRow = Selectable<LabelLessons>

export async function insertCorrections(tx: Tx, rows: Insertable<LabelCorrections>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('label_corrections').values(rows).execute()
}

/** Of some mentions, oldest first. */
export const correctionsOf = (tx: Tx, orgId: string, mentionIds: readonly string[]): Promise<CorrectionRow[]> =>
  tx
    .selectFrom('label_corrections')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('mention_id', '=', sql<string>`any(${mentionIds}::uuid[])`)
    .orderBy('at')
    .orderBy('id')
    .execute()

export async function markUndone(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await sql`update label_corrections set undone_at = ${at}, undone_by = ${by}
    where org_id = ${orgId} and id = any(${ids}::uuid[]) and undone_at is null`.execute(tx)
}

/** What people said on single mentions and did not take back. */
export async function countAdHoc(tx: Tx, orgId: string): Promise<{ corrected: number; confirmed: number }> {
  const found = await sql<{ corrected: number; confirmed: number }>`
    select count(*) filter (where after is distinct from machine)::integer as corrected,
        count(*) filter (where after is not distinct from machine)::integer as confirmed
      from label_corrections where org_id = ${orgId} and set_id is null and undone_at is null`.execute(tx)
  return found.rows[0]!
}

export interface JudgedRow {
  label: Correctable
  machine: string | null
  /** What two people said, or what was settled between them. */
  people: string
  weight: number
  language: string
  mention_id: string
  mention_at: Date
}

/** Texts of finished coding sets, of one topic or of all; what nobody could tell is left out. Each mention once a label: its newest set counts. */
export async function judgedRows(tx: Tx, orgId: string, { topic }: { topic: number | null }): Promise<JudgedRow[]> {
  const found = await sql<JudgedRow>`
    select distinct on (s.label, i.mention_id) s.label, i.machine, coalesce(i.settled, c.value) as people, i.weight, i.language, i.mention_id, i.mention_at
      from coding_sets s join coding_items i on i.org_id = s.org_id and i.set_id = s.id
        join lateral (select case when min(value) = max(value) then min(value) end as value from codes where org_id = i.org_id and set_id = i.set_id and place = i.place
          having count(*) = 2) c on true
      where s.org_id = ${orgId} and s.finished_at is not null and s.removed_at is null and coalesce(i.settled, c.value) <> 'unclear'
        ${topic === null ? sql`` : sql`and s.topic = ${topic}`}
      order by s.label, i.mention_id, s.finished_at desc`.execute(tx)
  return found.rows
}

export const lessonRows = (tx: Tx, orgId: string): Promise<LessonRow[]> =>
  tx.selectFrom('label_lessons').selectAll().where('org_id', '=', orgId).orderBy('family').execute()

export async function putLessons(tx: Tx, orgId: string, rows: Insertable<LabelLessons>[]): Promise<void> {
  await tx.deleteFrom('label_lessons').where('org_id', '=', orgId).execute()
  if (rows.length > 0) await tx.insertInto('label_lessons').values(rows).execute()
}

export async function lessonsOffSince(tx: Tx, orgId: string): Promise<Date | null> {
  const found = await tx
    .selectFrom('label_settings')
    .select('lessons_off_at')
    .where('org_id', '=', orgId)
    .executeTakeFirst()
  return found?.lessons_off_at ?? null
}

export async function putLessonsOff(
  tx: Tx,
  orgId: string,
  { offAt, at, by }: { offAt: Date | null; at: Date; by: string },
): Promise<void> {
  const values = { lessons_off_at: offAt, changed_at: at, changed_by: by }
  await tx
    .insertInto('label_settings')
    .values({ org_id: orgId, ...values })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(values))
    .execute()
}
