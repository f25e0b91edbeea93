// A goal that is changed: with a reason, what held before kept, and its way told anew from where it stands. Taken back, all is as before.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { mustBeOpen } from './actions.ts'
import type { goalView } from './contract.ts'
import { factsOf, judgeGoal } from './rules.ts'
import { changeRows, type GoalRow, insertChange, markChange, readingRows, reshapeGoal, type Was } from './store.ts'
import type { GoalChange, GoalFacts, Measure } from './types.ts'
import { showGoal, wayOfGoal } from './views.ts'
import { lineAt, wayOn } from './way.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof goalView>

interface Changing extends GoalChange {
  id: string
  ownerId: string | null
  version: number
  reason: string
}

/** @throws Refusal `changed-meanwhile`, `goal-…` with the field, `owner-unknown`, `has-ended`, `programme-over`. */
export const changeGoal = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, ownerId, version, reason, ...draft }: Changing,
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await mustBeOpen(tx, orgId, id)
    if (row.version !== version)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: row.version } })
    const day = await todayOf(tx, orgId, at)
    const stood = await standsAt(tx, orgId, row, day)
    const now = mustBeGoal(row, draft, { day, stood })
    const was = wasOf(row)
    if (ownerId !== null && ownerId !== was.ownerId && !(await isActiveMember(tx, orgId, ownerId)))
      throw new Refusal('owner-unknown', { field: 'ownerId' })
    const way = wayOn(was, now)
    if (way === 'same' && now.title === was.title && ownerId === was.ownerId) return showGoal(tx, orgId, id, at)
    const number = ((await changeRows(tx, orgId, [id])).at(-1)?.number ?? 0) + 1
    await insertChange(tx, orgId, {
      ...{ goal_id: id, number, was, way, on_day: day, stood, reason, made_at: at, made_by: memberId },
    })
    const baselineHow = now.baseline === was.baseline ? was.baselineHow : 'stated'
    await reshapeGoal(tx, orgId, id, { ...now, baselineHow, ownerId })
    const facts = { title: now.title, reason, target: now.target, dueOn: now.dueOn, before: was }
    await record(tx, orgId, actor, at, { verb: 'goal.changed', subject: { kind: 'goal', id }, facts })
    return showGoal(tx, orgId, id, at)
  })

/** The last that was read until a day; where nothing was, where its line lies. */
async function standsAt(tx: Tx, orgId: string, row: GoalRow, day: string): Promise<number> {
  const last = (await readingRows(tx, orgId, [row.id])).findLast(({ on_day }) => on_day <= day)
  if (last) return last.value
  return lineAt(wayOfGoal(row, await changeRows(tx, orgId, [row.id]), await readOrganisationZone(tx, orgId)), day)
}

/** What stays as it is was judged when it was set: its day may be near by now. */
function mustBeGoal(row: GoalRow, draft: GoalChange, { day, stood }: { day: string; stood: number }): GoalFacts {
  const whole = { ...draft, measure: row.measure as Measure, unit: row.unit }
  const isSameDay = draft.dueOn === row.due_on
  const isSame = isSameDay && draft.baseline === row.baseline && draft.target === row.target
  const found = judgeGoal(whole, day, stood).find(
    ({ refused, field }) => refused && (field === 'title' || !isSame) && !(field === 'dueOn' && isSameDay),
  )
  const goal = factsOf(whole)
  if (found || !goal) throw new Refusal(`goal-${found!.code}`, { field: found!.field, params: found!.params })
  return goal
}

const wasOf = ({ title, baseline, baseline_how, target, due_on, owner_id }: GoalRow): Was => ({
  ...{ title, baseline, baselineHow: baseline_how, target, dueOn: due_on, ownerId: owner_id },
})

/** A second time changes nothing. @throws Refusal `changed-since` where a later one holds. */
export const takeChangeBack = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, number }: { id: string; number: number },
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    await mustBeOpen(tx, orgId, id)
    const changes = await changeRows(tx, orgId, [id])
    const change = changes.find((each) => each.number === number)
    if (!change) throw notFound('change')
    if (change.taken_back_at) return showGoal(tx, orgId, id, at)
    if (changes.findLast(({ taken_back_at }) => taken_back_at === null) !== change)
      throw new Refusal('changed-since', { status: 409 })
    await markChange(tx, orgId, change, { at, by: memberId })
    await reshapeGoal(tx, orgId, id, change.was)
    const facts = { title: change.was.title }
    await record(tx, orgId, actor, at, { verb: 'goal.change-taken-back', subject: { kind: 'goal', id }, facts })
    return showGoal(tx, orgId, id, at)
  })
