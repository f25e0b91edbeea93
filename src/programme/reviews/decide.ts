// Verbs of a decision about one line: keep, shift or stop it with a reason, and undo that. The plan follows by a new version.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn } from '../actions.ts'
import { cadenceOf } from '../choices/plan-now.ts'
import { type AskedLine, itemName } from '../choices/question.ts'
import { shapesOf } from '../choices/shapes.ts'
import { retestAt } from '../choosing/stop.ts'
import { adoptPlan } from '../plan/actions.ts'
import { type PlanRow, planRows } from '../plan/store.ts'
import type { CadenceLines } from '../plan/types.ts'
import { type Channel, lineKey } from '../worth/channels.ts'
import { readWorthOf, type Worth } from '../worth/read-worth.ts'
import { readReviews } from './actions.ts'
import { shiftShare } from './rules.ts'
import {
  endStops,
  findVerdict,
  insertStop,
  lockVerdict,
  markVerdict,
  reviewRows,
  unitOfReview,
  type VerdictRow,
} from './store.ts'
import type { Decision, Move } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = ReturnType<typeof readReviews>

interface Deciding {
  id: string
  decision: Decision
  reason: string
  /** Whether its minutes go where the evidence says. */
  move: boolean
}

/** @throws Refusal `review-outrun`, `decided-already`, `changed-meanwhile`. */
export async function decideLine(services: Deps, caller: Caller, deciding: Deciding): Promise<Awaited<Shown>> {
  const { orgId } = caller
  const worth = await readWorthOf(services, orgId)
  const { verdict, plan } = await readInOrg(services.db, orgId, (tx) => mustBeOpen(tx, orgId, deciding.id))
  const moved = deciding.decision === 'keep' || !deciding.move ? [] : verdict.evidence.moves[deciding.decision]
  const lines = plan && linesAfter(worth, plan, { verdict, decision: deciding.decision, moved })
  const write = (tx: Tx, number: number | null) =>
    decide(tx, caller, { deciding, worth, moved, number, at: services.clock() })
  // A plan that has nothing of it stays.
  if (lines && JSON.stringify(lines) !== JSON.stringify(plan.cadence.lines))
    await adoptPlan(services, caller, { lines, reason: deciding.reason, after: plan.number, also: write })
  else await inOrg(services.db, orgId, (tx) => write(tx, null))
  return readReviews(services, caller)
}

/** Only of the newest review: an older one speaks of figures that have changed. */
async function mustBeOpen(tx: Tx, orgId: string, id: string): Promise<{ verdict: VerdictRow; plan: PlanRow | null }> {
  const verdict = await findVerdict(tx, orgId, id)
  if (!verdict) throw notFound('verdict')
  const programme = await mustGoOn(tx, orgId)
  const [newest] = await reviewRows(tx, orgId, programme.id, 1)
  if (newest?.id !== verdict.review_id) throw new Refusal('review-outrun', { status: 409 })
  if (verdict.decision) throw new Refusal('decided-already', { status: 409 })
  const [plan] = await planRows(tx, orgId, programme.id, 1)
  return { verdict, plan: plan ?? null }
}

const weeks = 4

/** The plan with less of the one and more of the others; everything else keeps its shape. */
function linesAfter(
  { lines, channels, settings, today }: Worth,
  { cadence }: PlanRow,
  { verdict, decision, moved }: { verdict: VerdictRow; decision: Decision; moved: readonly Move[] },
): CadenceLines {
  const own = `${verdict.channel}:${verdict.activity}`
  const share = { keep: 1, shift: 1 - shiftShare, stop: 0 }[decision]
  const more = new Map(moved.map((each) => [`${each.channel}:${each.activity}`, each.items]))
  const planned = lines.filter((line) => line.plannedWeekly > 0 || more.has(lineKey(line)))
  const shapes = shapesOf(cadence.lines, channels)
  const asked = planned.map(({ channel, activity, plannedWeekly }): AskedLine => {
    const name = itemName(activity, channel)
    const id = lineKey({ channel, activity })
    return {
      ...shapes.get(id),
      id,
      channel: channel as Channel,
      activity,
      name,
      known: 'measured',
      plannedWeekly,
    }
  })
  const items = asked.map(({ id, plannedWeekly }) => {
    const less = id === own ? plannedWeekly * weeks * share : plannedWeekly * weeks
    return {
      week: 0,
      line: id,
      person: '',
      count: (id === own && share < 1 ? Math.round(less) : less) + (more.get(id) ?? 0),
    }
  })
  const chosen = { lines: asked, kept: [], items, weeks, workingDays: settings.workingDays, day: today }
  return cadenceOf(chosen, cadence.lines, channels)
}

interface Decided {
  deciding: Deciding
  worth: Worth
  moved: readonly Move[]
  /** The version of the plan that it makes; null: the plan stays. */
  number: number | null
  at: Date
}

async function decide(tx: Tx, caller: Caller, { deciding, worth, moved, number, at }: Decided): Promise<void> {
  const { orgId, memberId, actor } = caller
  const { id, decision, reason } = deciding
  const verdict = await lockVerdict(tx, orgId, id)
  if (!verdict || verdict.decision) throw new Refusal('decided-already', { status: 409 })
  const by = { decided_at: at, decided_by: memberId }
  await markVerdict(tx, orgId, id, {
    decision,
    reason,
    ...by,
    moved: decision === 'keep' ? null : moved,
    plan_number: number,
  })
  const { channel, channel_name, activity, evidence } = verdict
  if (decision === 'stop') {
    const { name, anHour, minutesWeekly } = evidence
    const isNew = await insertStop(tx, orgId, {
      ...{ verdict_id: id, channel, channel_name, activity, stopped_at: at, stopped_by: memberId },
      evidence: {
        unit: await unitOfReview(tx, orgId, verdict.review_id),
        name,
        anHour,
        minutesWeekly,
        moved: [...moved],
        reason,
      },
      retest_on: dayIn(retestAt(at), worth.zone),
    })
    if (!isNew) throw new Refusal('decided-already', { status: 409 })
  }
  const verb = { keep: 'line.kept', shift: 'line.shifted', stop: 'line.stopped' }[decision]
  await record(tx, orgId, actor, at, {
    verb,
    subject: { kind: 'line-verdict', id },
    facts: { name: evidence.name, reason },
  })
}

/** The plan from before comes back where the version that the decision made is still in force; otherwise it stays as people made it since. */
export async function undoDecision(services: Deps, caller: Caller, { id }: { id: string }): Promise<Awaited<Shown>> {
  const { orgId } = caller
  const { verdict, plans } = await readInOrg(services.db, orgId, async (tx) => {
    const found = await findVerdict(tx, orgId, id)
    if (!found) throw notFound('verdict')
    const programme = await mustGoOn(tx, orgId)
    return { verdict: found, plans: await planRows(tx, orgId, programme.id, 2) }
  })
  const [last, before] = plans
  const write = (tx: Tx) => undo(tx, caller, id, services.clock())
  if (verdict.plan_number !== null && last?.number === verdict.plan_number && before)
    await adoptPlan(services, caller, {
      ...{ lines: before.cadence.lines, reason: `Undone: ${verdict.reason ?? ''}`.slice(0, 2000), after: last.number },
      also: write,
    })
  else await inOrg(services.db, orgId, write)
  return readReviews(services, caller)
}

/** A second click finds nothing to undo and changes nothing. */
async function undo(tx: Tx, { orgId, memberId, actor }: Caller, id: string, at: Date): Promise<void> {
  const verdict = await lockVerdict(tx, orgId, id)
  if (!verdict?.decision) return
  const none = { decision: null, reason: null, decided_at: null, decided_by: null, moved: null, plan_number: null }
  await markVerdict(tx, orgId, id, none)
  await endStops(tx, orgId, { verdictId: id }, { how: 'undone', by: memberId, at })
  const facts = { name: verdict.evidence.name, decision: verdict.decision }
  await record(tx, orgId, actor, at, { verb: 'line.undone', subject: { kind: 'line-verdict', id }, facts })
}
