// Every query of reviews, their verdicts, and what was stopped.

import { type Selectable, sql } from 'kysely'
import type { LineReviews, LineStops, LineVerdicts } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { GoalUnit } from '../worth/types.ts'
import type { Decision, Evidence, Finding, Move, Proposal, StopEvidence } from './types.ts'

export type ReviewRow = Selectable<LineReviews>
export interface VerdictRow extends Omit<Selectable<LineVerdicts>, 'evidence' | 'proposal' | 'decision' | 'moved'> {
  evidence: Evidence
  proposal: Proposal
  decision: Decision | null
  moved: Move[] | null
}
export interface StopRow extends Omit<Selectable<LineStops>, 'evidence' | 'finding' | 'ended_how'> {
  evidence: StopEvidence
  finding: Finding | null
  ended_how: 'undone' | 'tried-again' | null
}

interface NewReview {
  programmeId: string
  month: string
  unit: GoalUnit
  seed: number
  at: Date
  by: string | null
}

/** null: somebody else made it meanwhile. */
export async function insertReview(tx: Tx, orgId: string, review: NewReview): Promise<string | null> {
  const id = newId()
  const { programmeId, month, unit, seed, at, by } = review
  const row = await tx
    .insertInto('line_reviews')
    .values({ org_id: orgId, id, programme_id: programmeId, month, unit, seed, made_at: at, made_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

export type NewVerdict = Pick<
  VerdictRow,
  'channel' | 'channel_name' | 'activity' | 'evidence' | 'is_weak' | 'proposal' | 'words'
>

export async function insertVerdicts(
  tx: Tx,
  orgId: string,
  reviewId: string,
  verdicts: readonly NewVerdict[],
): Promise<void> {
  if (verdicts.length === 0) return
  const own = { org_id: orgId, review_id: reviewId }
  await tx
    .insertInto('line_verdicts')
    .values(verdicts.map((each) => ({ ...own, id: newId(), ...each, evidence: JSON.stringify(each.evidence) })))
    .execute()
}

/** Newest first. */
export const reviewRows = (tx: Tx, orgId: string, programmeId: string, most: number): Promise<ReviewRow[]> =>
  tx
    .selectFrom('line_reviews')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()

export async function verdictRows(tx: Tx, orgId: string, reviewIds: readonly string[]): Promise<VerdictRow[]> {
  if (reviewIds.length === 0) return []
  const rows = await tx
    .selectFrom('line_verdicts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('review_id', 'in', reviewIds)
    .orderBy('id')
    .execute()
  return rows as unknown as VerdictRow[]
}

export async function findVerdict(tx: Tx, orgId: string, id: string): Promise<VerdictRow | undefined> {
  const row = await tx
    .selectFrom('line_verdicts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as unknown as VerdictRow | undefined
}

export async function unitOfReview(tx: Tx, orgId: string, id: string): Promise<GoalUnit> {
  const row = await tx
    .selectFrom('line_reviews')
    .select('unit')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.unit as GoalUnit
}

/** Locked until the transaction ends. */
export async function lockVerdict(tx: Tx, orgId: string, id: string): Promise<VerdictRow | undefined> {
  const row = await tx
    .selectFrom('line_verdicts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row as unknown as VerdictRow | undefined
}

export const markVerdict = (
  tx: Tx,
  orgId: string,
  id: string,
  values: {
    decision: Decision | null
    reason: string | null
    decided_at: Date | null
    decided_by: string | null
    moved: readonly Move[] | null
    plan_number: number | null
  },
): Promise<unknown> =>
  tx
    .updateTable('line_verdicts')
    .set({ ...values, moved: values.moved && JSON.stringify(values.moved) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

type NewStop = Pick<
  StopRow,
  'verdict_id' | 'channel' | 'channel_name' | 'activity' | 'evidence' | 'stopped_at' | 'stopped_by' | 'retest_on'
>

/** Whether it was not stopped already. */
export async function insertStop(tx: Tx, orgId: string, stop: NewStop): Promise<boolean> {
  const row = await tx
    .insertInto('line_stops')
    .values({ org_id: orgId, id: newId(), ...stop, evidence: JSON.stringify(stop.evidence) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Those in force first, then the newest. */
export async function stopRows(tx: Tx, orgId: string): Promise<StopRow[]> {
  const found = await sql<StopRow>`
    select * from line_stops where org_id = ${orgId} order by ended_at is null desc, stopped_at desc, id desc limit 200`.execute(
    tx,
  )
  return found.rows
}

export async function findStop(tx: Tx, orgId: string, id: string): Promise<StopRow | undefined> {
  const row = await tx
    .selectFrom('line_stops')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as unknown as StopRow | undefined
}

export async function lockStop(tx: Tx, orgId: string, id: string): Promise<StopRow | undefined> {
  const row = await tx
    .selectFrom('line_stops')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row as unknown as StopRow | undefined
}

/** Keys of lines that are stopped now. */
export async function stoppedKeys(tx: Tx, orgId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('line_stops')
    .select(['channel', 'activity'])
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map(({ channel, activity }) => `${channel}:${activity}`))
}

export const endStops = (
  tx: Tx,
  orgId: string,
  of: { id: string } | { verdictId: string },
  { how, by, at }: { how: 'undone' | 'tried-again'; by: string; at: Date },
): Promise<unknown> =>
  tx
    .updateTable('line_stops')
    .set({ ended_at: at, ended_by: by, ended_how: how })
    .where('org_id', '=', orgId)
    .where('id' in of ? 'id' : 'verdict_id', '=', 'id' in of ? of.id : of.verdictId)
    .where('ended_at', 'is', null)
    .execute()

export const stopOnAgain = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx
    .updateTable('line_stops')
    .set({ ended_at: null, ended_by: null, ended_how: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** Of every organisation, due on or before a day of their own. */
export async function stopsToCheck(tx: Tx, today: string): Promise<{ org_id: string; id: string }[]> {
  const found = await sql<{ org_id: string; id: string }>`
    select org_id, id from line_stops where ended_at is null and checked_at is null and retest_on <= ${today}::date limit 1000`.execute(
    tx,
  )
  return found.rows
}

export async function keepFinding(
  tx: Tx,
  orgId: string,
  { id, finding, words, at }: { id: string; finding: Finding; words: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('line_stops')
    .set({ checked_at: at, finding, finding_words: words })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('checked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

/** Organisations with a programme that goes on, and the newest month that Longrun reviewed. */
export async function programmesToReview(
  tx: Tx,
): Promise<{ org_id: string; id: string; begins_on: string; reviewed: string | null }[]> {
  const found = await sql<{ org_id: string; id: string; begins_on: string; reviewed: string | null }>`
    select p.org_id, p.id, p.begins_on, (select max(r.month) from line_reviews r where r.org_id = p.org_id and r.programme_id = p.id and r.made_by is null) as reviewed
      from programmes p where p.ended_at is null`.execute(tx)
  return found.rows
}
