// Every query of choices that the planner made or makes.

import { type Selectable, sql } from 'kysely'
import type { PlanChoices } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Adoption } from '../choosing/adopt-plan.ts'
import type { LineReason } from '../choosing/explain-plan.ts'
import type { Conflict, Plan, PlanItem, PlanProgress, PlanQuestion } from '../choosing/types.ts'
import type { LineChange } from '../choosing/what-if.ts'
import type { AskedLine } from './question.ts'
import type { AskedFacts, ChangeFacts, ChoiceState } from './types.ts'

/** What was asked, with everything that is needed to read the answer later. */
export interface Asked extends AskedFacts {
  seed: number
  unit: NonNullable<AskedFacts['unit']>
  lines: AskedLine[]
  kept: AskedLine[]
  leftOut: AskedLine[]
  /** Of the plan that was in force, as far as it fits. null: there was none. */
  now: PlanItem[] | null
  /** Why that plan cannot be done any more, in words; null: it can. */
  overflow: string | null
  /** Lines that nobody may do, with what to do about it; absent in what was asked of earlier releases. */
  unable?: string[]
  /** What is changed of the question of the base. */
  wouldBe?: ChangeFacts
}

export type Answer =
  | { state: 'planned'; plan: Plan; reasons: LineReason[]; adoption: Adoption | null; displaced: LineChange[] }
  | { state: 'conflict'; conflict: Conflict }
  | {
      state: 'what-if'
      words: string
      /** In the unit of the goal, before and then; null: no plan fits then. */
      before: number
      after: number | null
      lines: LineChange[]
      /** Items of every line, so that what does not change is seen too. */
      items: { before: PlanItem[]; after: PlanItem[] }
      conflict: Conflict | null
    }

export interface ChoiceRow
  extends Omit<Selectable<PlanChoices>, 'state' | 'asked' | 'question' | 'answer' | 'progress'> {
  state: ChoiceState
  asked: Asked
  question: PlanQuestion
  answer: Answer | null
  progress: PlanProgress | null
}

interface NewChoice {
  programmeId: string
  asked: Asked
  question: PlanQuestion
  baseId: string | null
  planNumber: number | null
  by: string
  at: Date
}

export async function insertChoice(tx: Tx, orgId: string, choice: NewChoice): Promise<string> {
  const id = newId()
  const { programmeId, baseId, planNumber, by, at } = choice
  await tx
    .insertInto('plan_choices')
    .values({
      ...{ org_id: orgId, id, programme_id: programmeId, state: 'waiting', base_id: baseId, plan_number: planNumber },
      ...{ asked: JSON.stringify(choice.asked), question: JSON.stringify(choice.question), asked_at: at, asked_by: by },
    })
    .execute()
  return id
}

const columns = [
  ...(['org_id', 'id', 'programme_id', 'state', 'asked', 'question', 'base_id', 'plan_number', 'progress'] as const),
  ...(['answer', 'lease_until', 'asked_at', 'asked_by', 'ended_at', 'put_at', 'put_by', 'put_number'] as const),
] as const

export async function findChoice(tx: Tx, orgId: string, id: string): Promise<ChoiceRow | undefined> {
  const row = await tx
    .selectFrom('plan_choices')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as unknown as ChoiceRow | undefined
}

/** Newest first; with what would be if, or without. */
export async function choiceRows(tx: Tx, orgId: string, programmeId: string, most: number): Promise<ChoiceRow[]> {
  const rows = await tx
    .selectFrom('plan_choices')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows as unknown as ChoiceRow[]
}

/** Those that nobody put in force and that are not among the newest: they are large, and figures of then say nothing now. */
export const dropOld = (tx: Tx, orgId: string, programmeId: string, keep: number): Promise<unknown> =>
  sql`delete from plan_choices where org_id = ${orgId} and programme_id = ${programmeId} and put_at is null and state not in ('waiting', 'working')
    and id not in (select id from plan_choices where org_id = ${orgId} and programme_id = ${programmeId} order by asked_at desc, id desc limit ${keep})`.execute(
    tx,
  )

/** Whoever gets it works on it alone until the lease is over. `busy`: somebody else does. */
export async function claimChoice(
  tx: Tx,
  orgId: string,
  { id, now, until }: { id: string; now: Date; until: Date },
): Promise<ChoiceRow | 'busy' | 'ended'> {
  const found = await tx
    .selectFrom('plan_choices')
    .select(columns)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  const row = found as unknown as ChoiceRow | undefined
  if (!row || (row.state !== 'waiting' && row.state !== 'working')) return 'ended'
  if (row.lease_until && row.lease_until > now) return 'busy'
  await tx
    .updateTable('plan_choices')
    .set({ state: 'working', lease_until: until })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
  return row
}

/** Whether it is still worked on by this one: its lease is the one it got last. */
export async function goOn(
  tx: Tx,
  orgId: string,
  { id, lease, until, progress }: { id: string; lease: Date; until: Date; progress: PlanProgress | null },
): Promise<boolean> {
  const told = progress ? { progress: JSON.stringify(progress) } : {}
  const { numUpdatedRows } = await tx
    .updateTable('plan_choices')
    .set({ lease_until: until, ...told })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('state', '=', 'working')
    .where('lease_until', '=', lease)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

/** Answers whether it counted: of what somebody stopped no answer is kept. */
export async function endChoice(
  tx: Tx,
  orgId: string,
  { id, state, answer, at }: { id: string; state: ChoiceState; answer: Answer | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('plan_choices')
    .set({ state, answer: answer && JSON.stringify(answer), ended_at: at, lease_until: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'working'])
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

export const markPut = (
  tx: Tx,
  orgId: string,
  { id, by, at, number }: { id: string; by: string; at: Date; number: number },
): Promise<unknown> =>
  tx
    .updateTable('plan_choices')
    .set({ put_at: at, put_by: by, put_number: number })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
