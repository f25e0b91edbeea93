// Every query of coding sets, their texts, coders and codes.

import { type Insertable, type Selectable, sql } from 'kysely'
import type { CodingSets } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { mentionAt } from '../mentions/mention-at.ts'
import type { Drawn } from './draw.ts'

export type SetRow = Selectable<CodingSets> & { topic_name: string; topic_id: string; topic_removed_at: Date | null }

/** Newest first; those that were not put away. */
export async function setRows(tx: Tx, orgId: string, id?: string): Promise<SetRow[]> {
  const found = await sql<SetRow>`
    select s.*, t.name as topic_name, t.id as topic_id, t.removed_at as topic_removed_at
      from coding_sets s join topics t on t.org_id = s.org_id and t.number = s.topic
      where s.org_id = ${orgId} and s.removed_at is null ${id === undefined ? sql`` : sql`and s.id = ${id}`}
      order by s.created_at desc, s.id limit 500`.execute(tx)
  return found.rows
}

/** Nobody else codes, settles or finishes it until the transaction ends. */
export async function lockSet(tx: Tx, orgId: string, id: string): Promise<void> {
  await sql`select from coding_sets where org_id = ${orgId} and id = ${id} for update`.execute(tx)
}

export interface CoderRow {
  set_id: string
  member_id: string
  seat: number
}

export const coderRows = (tx: Tx, orgId: string, setIds: readonly string[]): Promise<CoderRow[]> =>
  tx
    .selectFrom('coding_coders')
    .select(['set_id', 'member_id', 'seat'])
    .where('org_id', '=', orgId)
    .where('set_id', '=', sql<string>`any(${setIds}::uuid[])`)
    .orderBy('seat')
    .execute()

export interface ItemRow {
  set_id: string
  place: number
  one: string | null
  two: string | null
  settled: string | null
}

/** Texts that are still there, with what both coders said. Of a finished set all count: what was found does not change any more. */
export async function itemRows(tx: Tx, orgId: string, setIds: readonly string[]): Promise<ItemRow[]> {
  const found = await sql<ItemRow>`
    select i.set_id, i.place, i.settled, max(c.value) filter (where o.seat = 1) as one, max(c.value) filter (where o.seat = 2) as two
      from coding_items i join coding_sets s on s.org_id = i.org_id and s.id = i.set_id
        left join codes c on c.org_id = i.org_id and c.set_id = i.set_id and c.place = i.place
        left join coding_coders o on o.org_id = c.org_id and o.set_id = c.set_id and o.member_id = c.member_id
      where i.org_id = ${orgId} and i.set_id = any(${setIds}::uuid[])
        and (s.finished_at is not null or exists (select from mentions m where m.org_id = i.org_id and m.at = i.mention_at and m.id = i.mention_id))
      group by i.set_id, i.place, i.settled order by i.set_id, i.place`.execute(tx)
  return found.rows
}

export interface TextRow {
  place: number
  title: string | null
  body: string
  language: string
  mention_id: string
  mention_at: Date
}

/** As much of a text as the machine reads of it. */
const longestShown = 4_000

export async function textRows(tx: Tx, orgId: string, setId: string): Promise<TextRow[]> {
  const found = await sql<TextRow>`
    select i.place, m.title, left(m.body, ${longestShown}) as body, m.language, i.mention_id, i.mention_at
      from coding_items i cross join ${mentionAt(orgId, sql`i.mention_at`, sql`i.mention_id`)} m
      where i.org_id = ${orgId} and i.set_id = ${setId} order by i.place`.execute(tx)
  return found.rows
}

export async function codesOf(
  tx: Tx,
  orgId: string,
  { setId, memberId }: { setId: string; memberId: string },
): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('codes')
    .select(['place', 'value'])
    .where('org_id', '=', orgId)
    .where('set_id', '=', setId)
    .where('member_id', '=', memberId)
    .execute()
  return new Map(rows.map(({ place, value }) => [place, value]))
}

export async function insertSet(
  tx: Tx,
  set: Insertable<CodingSets>,
  { drawn, coders }: { drawn: readonly Drawn[]; coders: readonly string[] },
): Promise<void> {
  await tx.insertInto('coding_sets').values(set).execute()
  const keys = { org_id: set.org_id, set_id: set.id }
  await tx
    .insertInto('coding_coders')
    .values(coders.map((member_id, index) => ({ ...keys, member_id, seat: index + 1 })))
    .execute()
  await sql`
    insert into coding_items (org_id, set_id, place, mention_id, mention_at, language, machine, weight)
    select ${set.org_id}, ${set.id}, place - 1, mention_id, mention_at, language, machine, weight
      from unnest(${drawn.map((each) => each.mention_id)}::uuid[], ${drawn.map(({ at }) => at)}::timestamptz[],
        ${drawn.map(({ language }) => language)}::text[], ${drawn.map(({ machine }) => machine)}::text[], ${drawn.map(({ weight }) => weight)}::real[])
        with ordinality d (mention_id, mention_at, language, machine, weight, place)`.execute(tx)
}

/** What the machine had said of texts that people had corrected before they were drawn. */
export async function machineAsItWas(tx: Tx, orgId: string, setId: string, label: string): Promise<void> {
  await sql`
    update coding_items i set machine = coalesce(c.machine, 'none')
      from (select distinct on (mention_id) mention_id, machine from label_corrections
        where org_id = ${orgId} and label = ${label} order by mention_id, at) c
      where i.org_id = ${orgId} and i.set_id = ${setId} and c.mention_id = i.mention_id`.execute(tx)
}

interface Code {
  setId: string
  place: number
  value: string | null
  by: string
  at: Date
}

export async function putCode(tx: Tx, orgId: string, { setId, place, value, by, at }: Code): Promise<void> {
  const key = { org_id: orgId, set_id: setId, place, member_id: by }
  if (value === null) {
    await sql`delete from codes where org_id = ${orgId} and set_id = ${setId} and place = ${place} and member_id = ${by}`.execute(
      tx,
    )
    return
  }
  await tx
    .insertInto('codes')
    .values({ ...key, value, at })
    .onConflict((conflict) => conflict.columns(['org_id', 'set_id', 'place', 'member_id']).doUpdateSet({ value, at }))
    .execute()
}

export async function putSettled(tx: Tx, orgId: string, { setId, place, value, by, at }: Code): Promise<void> {
  await sql`
    update coding_items set settled = ${value}, settled_at = ${value === null ? null : at}, settled_by = ${value === null ? null : by}
      where org_id = ${orgId} and set_id = ${setId} and place = ${place}`.execute(tx)
}

export async function closeSet(
  tx: Tx,
  orgId: string,
  id: string,
  { how, at, by }: { how: 'finished' | 'removed'; at: Date; by: string },
): Promise<void> {
  await tx
    .updateTable('coding_sets')
    .set(how === 'finished' ? { finished_at: at, finished_by: by } : { removed_at: at, removed_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}
