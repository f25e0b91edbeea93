// Verbs of goals: judge, set, read, end, reopen.

import type { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActors, readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn, todayOf } from '../actions.ts'
import { findGoingOn } from '../store.ts'
import type { goalView } from './contract.ts'
import { readMeasure } from './read-measure.ts'
import { factsOf, type GoalFinding, judgeGoal, lineAt, standingOf } from './rules.ts'
import {
  type GoalRow,
  goalRows,
  goalsToRead,
  insertGoal,
  lockGoal,
  markGoal,
  putReading,
  readingRows,
} from './store.ts'
import type { GoalDraft, GoalFacts, Measure, Outcome } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof goalView>

export const listGoals = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    return programme ? show(tx, orgId, await goalRows(tx, orgId, programme.id), clock()) : []
  })

export async function judgeDraft(
  services: Deps,
  { orgId }: Caller,
  draft: GoalDraft,
): Promise<{ findings: GoalFinding[]; today: number | null }> {
  const day = await readInOrg(services.db, orgId, (tx) => todayOf(tx, orgId, services.clock()))
  const today = draft.measure ? await readMeasure(services, orgId, draft.measure) : null
  return { findings: judgeGoal(draft, day), today }
}

/** @throws Refusal `goal-…` with the field that is missing or out of reach, `no-programme`, `owner-unknown`. */
export async function setGoal(
  services: Deps,
  caller: Caller,
  { ownerId, ...draft }: GoalDraft & { ownerId: string | null },
): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  const read = draft.measure ? await readMeasure(services, orgId, draft.measure) : null
  return inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const programme = await mustGoOn(tx, orgId)
    const goal = mustBeGoal(draft, await todayOf(tx, orgId, at))
    if (ownerId !== null && !(await isActiveMember(tx, orgId, ownerId)))
      throw new Refusal('owner-unknown', { field: 'ownerId' })
    const isMeasured = read !== null && Math.abs(read - goal.baseline) < 0.05 + Math.abs(read) * 0.01
    const baselineHow = isMeasured ? 'measured' : 'stated'
    const id = await insertGoal(tx, orgId, {
      ...goal,
      programmeId: programme.id,
      baselineHow,
      ownerId,
      by: memberId,
      at,
    })
    await record(tx, orgId, actor, at, { verb: 'goal.set', subject: { kind: 'goal', id }, facts: { ...goal } })
    return showOne(tx, orgId, id, at)
  })
}

function mustBeGoal(draft: GoalDraft, today: string): GoalFacts {
  const refused = judgeGoal(draft, today).find((finding) => finding.refused)
  const goal = factsOf(draft)
  if (refused || !goal) throw new Refusal(`goal-${refused!.code}`, { field: refused!.field, params: refused!.params })
  return goal
}

/** @throws Refusal `has-ended`, `day-ahead`. */
export const noteReading = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, day, value, note }: { id: string; day: string; value: number; note: string },
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustBeOpen(tx, orgId, id)
    if (day > (await todayOf(tx, orgId, at))) throw new Refusal('day-ahead', { field: 'day' })
    await putReading(tx, orgId, { goal_id: id, on_day: day, value, read_at: at, read_by: memberId, note })
    const facts = { title: row.title, day, value }
    await record(tx, orgId, actor, at, { verb: 'goal.read', subject: { kind: 'goal', id }, facts })
    return showOne(tx, orgId, id, at)
  })

export const endGoal = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, outcome, reason }: { id: string; outcome: Outcome; reason: string },
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustBeOpen(tx, orgId, id)
    await markGoal(tx, orgId, id, { outcome, ended_at: at, ended_by: memberId, end_reason: reason })
    const facts = { title: row.title, outcome, reason }
    await record(tx, orgId, actor, at, { verb: 'goal.ended', subject: { kind: 'goal', id }, facts })
    return showOne(tx, orgId, id, at)
  })

export const reopenGoal = ({ db, clock }: Deps, { orgId, actor }: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustFind(tx, orgId, id)
    if (row.ended_at) {
      await markGoal(tx, orgId, id, { outcome: null, ended_at: null, ended_by: null, end_reason: null })
      await record(tx, orgId, actor, at, {
        verb: 'goal.reopened',
        subject: { kind: 'goal', id },
        facts: { title: row.title },
      })
    }
    return showOne(tx, orgId, id, at)
  })

/** Each day what Longrun can read of open goals; what a person said of a day stays. */
export async function readGoals(services: Deps & Pick<Services, 'log'>): Promise<void> {
  // One that fails does not keep the others waiting.
  for (const goal of await asSystem(services.db, goalsToRead))
    await readGoal(services, goal).catch((error: unknown) =>
      services.log.error('A goal could not be read', { error, goalId: goal.id }),
    )
}

async function readGoal(services: Deps, goal: Awaited<ReturnType<typeof goalsToRead>>[number]): Promise<void> {
  const value = await readMeasure(services, goal.org_id, goal.measure as Measure)
  if (value === null) return
  const at = services.clock()
  const reading = { goal_id: goal.id, value, read_at: at, read_by: null, note: '' }
  await inOrg(services.db, goal.org_id, async (tx) =>
    putReading(tx, goal.org_id, { ...reading, on_day: await todayOf(tx, goal.org_id, at) }),
  )
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<GoalRow> {
  const row = await lockGoal(tx, orgId, id)
  if (!row) throw notFound('goal')
  return row
}

async function mustBeOpen(tx: Tx, orgId: string, id: string): Promise<GoalRow> {
  const row = await mustFind(tx, orgId, id)
  if (row.ended_at) throw new Refusal('has-ended', { status: 409 })
  return row
}

const showOne = async (tx: Tx, orgId: string, id: string, now: Date): Promise<Shown> =>
  (await show(tx, orgId, [await mustFind(tx, orgId, id)], now))[0]!

async function show(tx: Tx, orgId: string, rows: readonly GoalRow[], now: Date): Promise<Shown[]> {
  const zone = await readOrganisationZone(tx, orgId)
  const today = dayIn(now, zone)
  const readings = await readingRows(
    tx,
    orgId,
    rows.map(({ id }) => id),
  )
  const ids = [
    ...rows.flatMap((row) => [row.set_by, row.owner_id, row.ended_by]),
    ...readings.map(({ read_by }) => read_by),
  ]
  const who = await readActors(tx, orgId, ids)
  return rows.map((row): Shown => {
    const goal = goalOf(row)
    const setOn = dayIn(row.set_at, zone)
    const own = readings.filter(({ goal_id }) => goal_id === row.id)
    const read = own.map(({ on_day, value, read_by, note }) => ({ day: on_day, value, by: who(read_by), note }))
    return {
      ...{ ...goal, id: row.id, baselineHow: row.baseline_how as Shown['baselineHow'] },
      ...{ setAt: row.set_at.toISOString(), setOn, setBy: who(row.set_by), owner: who(row.owner_id) },
      ...{ standing: standingOf(goal, setOn, read, today), expected: lineAt(goal, setOn, today), readings: read },
      ...{ outcome: row.outcome as Outcome | null, endedAt: row.ended_at?.toISOString() ?? null },
      ...{ endedBy: who(row.ended_by), endReason: row.end_reason },
    }
  })
}

const goalOf = (row: GoalRow): GoalFacts => ({
  ...{ title: row.title, measure: row.measure as Measure, unit: row.unit },
  ...{ baseline: row.baseline, target: row.target, dueOn: row.due_on },
})
