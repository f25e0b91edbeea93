// Every query of drills and what was answered in them.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { breaksUnique } from '../../db/refusals.ts'
import type { DrillAnswers, Drills } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Way } from '../triage/types.ts'
import type { Outcome } from './rules.ts'
import type { DrillWanted, Exercise } from './types.ts'

export type DrillRow = Selectable<Drills>
export type AnswerRow = Omit<Selectable<DrillAnswers>, 'exercise' | 'way'> & { exercise: Exercise; way: Way | null }

interface DrillQuery {
  id?: string
  memberId?: string | undefined
  after: [begun: string, id: string] | null
  limit: number
}

/** Begun last first. */
export async function drillRows(
  tx: Tx,
  orgId: string,
  { id, memberId, after, limit }: DrillQuery,
): Promise<DrillRow[]> {
  const found = await sql<DrillRow>`
    select * from drills where org_id = ${orgId} ${id ? sql`and id = ${id}` : sql``} ${memberId ? sql`and member_id = ${memberId}` : sql``}
      ${after ? sql`and (begun_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by begun_at desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** Nobody else answers or judges in it until the transaction ends. */
export const lockDrill = (tx: Tx, orgId: string, id: string): Promise<DrillRow | undefined> =>
  tx
    .selectFrom('drills')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst() as Promise<DrillRow | undefined>

export const openDrill = (tx: Tx, orgId: string, memberId: string): Promise<DrillRow | undefined> =>
  tx
    .selectFrom('drills')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** Of members who are still there, except one; oldest first. */
export async function waitingDrills(tx: Tx, orgId: string, { except }: { except: string }): Promise<DrillRow[]> {
  const found = await sql<DrillRow>`
    select d.* from drills d join members m on m.org_id = d.org_id and m.id = d.member_id and m.ended_at is null
      where d.org_id = ${orgId} and d.handed_in_at is not null and d.ended_at is null and d.member_id <> ${except}
      order by d.handed_in_at, d.id limit 200`.execute(tx)
  return found.rows
}

export const answerRows = async (tx: Tx, orgId: string, drillId: string): Promise<AnswerRow[]> =>
  (await tx
    .selectFrom('drill_answers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('drill_id', '=', drillId)
    .orderBy('position')
    .execute()) as unknown as AnswerRow[]

/** Exercises of the two drills that somebody began last. */
export async function seenLately(tx: Tx, orgId: string, memberId: string): Promise<Set<string>> {
  const found = await sql<{ exercise_id: string }>`
    select exercise_id from drill_answers where org_id = ${orgId} and drill_id in
      (select id from drills where org_id = ${orgId} and member_id = ${memberId} order by begun_at desc limit 2)`.execute(
    tx,
  )
  return new Set(found.rows.map((row) => row.exercise_id))
}

interface NewDrill {
  memberId: string
  wanted: DrillWanted
  exercises: readonly Exercise[]
  at: Date
}

/** @throws Refusal `drill-is-open` where another page began one at the same moment. */
export async function insertDrill(
  tx: Tx,
  orgId: string,
  { memberId, wanted, exercises, at }: NewDrill,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('drills')
    .values({ org_id: orgId, id, member_id: memberId, exercises: wanted.exercises, pass: wanted.pass, begun_at: at })
    .execute()
    .catch((error: unknown) => {
      throw breaksUnique(error) ? new Refusal('drill-is-open', { status: 409 }) : error
    })
  const rows = exercises.map(({ id: exerciseId, kind, title, words, way, good }, position) => ({
    ...{ org_id: orgId, id: newId(), drill_id: id, position, exercise_id: exerciseId },
    exercise: JSON.stringify({ id: exerciseId, kind, title, words, way, good }),
  }))
  await tx.insertInto('drill_answers').values(rows).execute()
  return id
}

type AnswerChange =
  | Pick<AnswerRow, 'way' | 'words' | 'answered_at'>
  | Pick<AnswerRow, 'passed' | 'note' | 'judged_at' | 'judged_by'>

export const updateAnswer = (tx: Tx, orgId: string, id: string, change: AnswerChange): Promise<unknown> =>
  tx.updateTable('drill_answers').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

export const setHandedIn = (tx: Tx, orgId: string, id: string, at: Date): Promise<unknown> =>
  tx.updateTable('drills').set({ handed_in_at: at }).where('org_id', '=', orgId).where('id', '=', id).execute()

/** null: it waits again. @throws Refusal `drill-after-it` where its person has begun another since. */
export const setOutcome = (
  tx: Tx,
  orgId: string,
  id: string,
  outcome: (Outcome & { at: Date }) | null,
): Promise<unknown> =>
  tx
    .updateTable('drills')
    .set({ ended_at: outcome?.at ?? null, passes: outcome?.passes ?? null, passed: outcome?.passed ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
    .catch((error: unknown) => {
      throw breaksUnique(error) ? new Refusal('drill-after-it', { status: 409, field: 'id' }) : error
    })
