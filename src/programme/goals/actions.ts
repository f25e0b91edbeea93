// Verbs of goals: judge, set, list, end, reopen.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn, todayOf } from '../actions.ts'
import { findGoingOn, programmeRows } from '../store.ts'
import type { goalView } from './contract.ts'
import { readMeasure } from './read-measure.ts'
import { factsOf, type GoalFinding, judgeGoal } from './rules.ts'
import { type GoalRow, goalRows, insertGoal, lockGoal, markGoal } from './store.ts'
import type { GoalDraft, GoalFacts, Outcome } from './types.ts'
import { showGoal, showGoals } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof goalView>

/** Of the programme that goes on, or of one that is named: also what ended stays to be read. */
export const listGoals = (
  { db, clock }: Deps,
  { orgId }: Caller,
  { programme: named }: { programme?: string | undefined } = {},
): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    if (named !== undefined && !(await programmeRows(tx, orgId)).some(({ id }) => id === named))
      throw notFound('programme')
    const id = named ?? (await findGoingOn(tx, orgId))?.id
    return id === undefined ? [] : showGoals(tx, orgId, await goalRows(tx, orgId, id), clock())
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
    return showGoal(tx, orgId, id, at)
  })
}

function mustBeGoal(draft: GoalDraft, today: string): GoalFacts {
  const refused = judgeGoal(draft, today).find((finding) => finding.refused)
  const goal = factsOf(draft)
  if (refused || !goal) throw new Refusal(`goal-${refused!.code}`, { field: refused!.field, params: refused!.params })
  return goal
}

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
    return showGoal(tx, orgId, id, at)
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
    return showGoal(tx, orgId, id, at)
  })

/** Goals of programmes that ended are read, and nothing is done with them any more. @throws Refusal `programme-over`. */
async function mustFind(tx: Tx, orgId: string, id: string): Promise<GoalRow> {
  const row = await lockGoal(tx, orgId, id)
  if (!row) throw notFound('goal')
  if (row.programme_id !== (await findGoingOn(tx, orgId))?.id) throw new Refusal('programme-over', { status: 409 })
  return row
}

/** @throws Refusal `has-ended`, `programme-over`. */
export async function mustBeOpen(tx: Tx, orgId: string, id: string): Promise<GoalRow> {
  const row = await mustFind(tx, orgId, id)
  if (row.ended_at) throw new Refusal('has-ended', { status: 409 })
  return row
}
