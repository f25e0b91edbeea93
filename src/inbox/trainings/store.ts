// Every query of trainings and of the rules for answers.

import { sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { countsForDays } from '../drills/rules.ts'
import type { DrillWanted } from '../drills/types.ts'
import { type AnswerRules, type Approval, ordinaryRules } from '../replies/types.ts'

export interface TrainingRow {
  id: string
  org_id: string
  member_id: string
  topic: string
  trainer: string
  note: string
  /** Days as text: a driver's date would fall into the day before. */
  given_on: string
  until: string | null
  recorded_at: Date
  recorded_by: string
  ended_at: Date | null
  drill_exercises: number | null
  drill_pass: number | null
  is_drilled: boolean
}

/** It asks for no drill, or its person passed one as large, by as many, not long before it or since. */
const isDrilled = sql`(t.drill_exercises is null or exists (select from drills d where d.org_id = t.org_id and d.member_id = t.member_id and d.passed
  and d.exercises >= t.drill_exercises and d.passes >= t.drill_pass and d.handed_in_at >= (t.given_on - ${sql.lit(countsForDays)})::timestamptz))`

const columns = sql`t.id, t.org_id, t.member_id, t.topic, t.trainer, t.note, t.given_on::text as given_on, t.until::text as until, t.recorded_at,
  t.recorded_by, t.ended_at, t.drill_exercises, t.drill_pass, ${isDrilled} as is_drilled`

export async function trainingRows(
  tx: Tx,
  orgId: string,
  {
    id,
    memberId,
    after,
    limit,
  }: { id?: string; memberId?: string | undefined; after: [day: string, id: string] | null; limit: number },
): Promise<TrainingRow[]> {
  const found = await sql<TrainingRow>`
    select ${columns} from trainings t where t.org_id = ${orgId} ${id ? sql`and t.id = ${id}` : sql``}
      ${memberId ? sql`and t.member_id = ${memberId}` : sql``}
      ${after ? sql`and (t.given_on, t.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
      order by t.given_on desc, t.id desc limit ${limit}`.execute(tx)
  return found.rows
}

export interface NewTraining {
  memberId: string
  topic: string
  trainer: string
  note: string
  givenOn: string
  until: string | null
  drill: DrillWanted | null
  by: string
  at: Date
}

export async function insertTraining(tx: Tx, orgId: string, training: NewTraining): Promise<string> {
  const id = newId()
  const { memberId, topic, trainer, note, givenOn, until, drill, by, at } = training
  await sql`insert into trainings (org_id, id, member_id, topic, trainer, note, given_on, until, recorded_at, recorded_by, drill_exercises, drill_pass)
    values (${orgId}, ${id}, ${memberId}, ${topic}, ${trainer}, ${note}, ${givenOn}::date, ${until}::date, ${at}, ${by},
      ${drill?.exercises ?? null}, ${drill?.pass ?? null})`.execute(tx)
  return id
}

export const setEnded = (tx: Tx, orgId: string, id: string, ended: { at: Date; by: string } | null): Promise<unknown> =>
  tx
    .updateTable('trainings')
    .set({ ended_at: ended?.at ?? null, ended_by: ended?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const setDrill = (tx: Tx, orgId: string, id: string, drill: DrillWanted | null): Promise<unknown> =>
  tx
    .updateTable('trainings')
    .set({ drill_exercises: drill?.exercises ?? null, drill_pass: drill?.pass ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** Trainings of somebody that would count, now or later, had they passed a drill. */
export async function undrilledRows(
  tx: Tx,
  orgId: string,
  { memberId, today }: { memberId: string; today: string },
): Promise<(DrillWanted & { topic: string })[]> {
  const found = await sql<DrillWanted & { topic: string }>`
    select t.topic, t.drill_exercises as exercises, t.drill_pass as pass from trainings t where t.org_id = ${orgId} and t.member_id = ${memberId}
      and t.ended_at is null and (t.until is null or t.until >= ${today}::date) and not ${isDrilled} order by t.given_on, t.id`.execute(
    tx,
  )
  return found.rows
}

/** Until when somebody's trainings count, by member; 'infinity': for good. Who is not in it has none that counts. */
export async function trainedUntil(
  tx: Tx,
  orgId: string,
  today: string,
  memberId?: string,
): Promise<Map<string, string | null>> {
  const found = await sql<{ member_id: string; until: string | null }>`
    select member_id, nullif(max(coalesce(until, 'infinity'))::text, 'infinity') as until from trainings t
      where org_id = ${orgId} and ${isDrilled} and ended_at is null and given_on <= ${today}::date and (until is null or until >= ${today}::date)
        ${memberId ? sql`and member_id = ${memberId}` : sql``} group by member_id`.execute(tx)
  return new Map(found.rows.map((row) => [row.member_id, row.until]))
}

/** Those that end by this day and after which no other one of the person counts. Runs as the system; each is told once. */
export async function markEnding(
  tx: Tx,
  { by, now, limit }: { by: string; now: Date; limit: number },
): Promise<TrainingRow[]> {
  const found = await sql<TrainingRow>`
    update trainings t set told_at = ${now} where (t.org_id, t.id) in
      (select e.org_id, e.id from trainings e where e.ended_at is null and e.told_at is null and e.until is not null and e.until <= ${by}::date
        order by e.until limit ${limit} for update skip locked)
    returning ${columns}`.execute(tx)
  return found.rows
}

/** Whether another training of somebody counts longer than this one. */
export async function countsLonger(tx: Tx, { org_id, id, member_id, until }: TrainingRow): Promise<boolean> {
  const found = await sql<{ there: boolean }>`
    select exists (select from trainings t where ${isDrilled} and org_id = ${org_id} and member_id = ${member_id} and id <> ${id} and ended_at is null
      and (until is null or until > ${until}::date)) as there`.execute(tx)
  return found.rows[0]!.there
}

export async function readRules(tx: Tx, orgId: string): Promise<AnswerRules> {
  const row = await tx
    .selectFrom('answer_rules')
    .select(['least_changed', 'approval'])
    .where('org_id', '=', orgId)
    .modifyEnd(keepPlan)
    .executeTakeFirst()
  return rulesOf(row)
}

/** Of an organisation that has said nothing of it, the ordinary ones. */
export const rulesOf = (row: { least_changed: number | null; approval: string | null } | undefined): AnswerRules =>
  row && row.least_changed !== null && row.approval !== null
    ? { leastChanged: row.least_changed, approval: row.approval as Approval }
    : ordinaryRules

export const writeRules = (tx: Tx, orgId: string, rules: AnswerRules & { by: string; at: Date }): Promise<unknown> =>
  sql`insert into answer_rules (org_id, least_changed, approval, changed_at, changed_by)
    values (${orgId}, ${rules.leastChanged}, ${rules.approval}, ${rules.at}, ${rules.by})
    on conflict (org_id) do update set least_changed = excluded.least_changed, approval = excluded.approval, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx)
