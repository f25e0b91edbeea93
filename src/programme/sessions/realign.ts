// Going on with less after too much was missed: proposed by Longrun, decided by a person, and a version of the plan of its own.

import type { z } from 'zod'
import { sideBySide } from '../../db/side-by-side.ts'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { addDays, mondayOf } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readActors, readOrganisationZone, readWhoAnswers } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn, todayOf } from '../actions.ts'
import { readSettings } from '../figures/store.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { realignmentOf } from '../load/sessions/make-up.ts'
import { realignedBaseline } from '../load/weeks/footing.ts'
import type { Baseline, CompletedWeek } from '../load/weeks/types.ts'
import { type Outlook, readOutlook } from '../plan/outlook.ts'
import { completedWeeks } from '../plan/rules.ts'
import { insertPlan, type PlanGround, planRows } from '../plan/store.ts'
import { findGoingOn, lockProgramme, type ProgrammeRow } from '../store.ts'
import { ceilings, weekSums } from '../time/store.ts'
import type { realignmentView } from './contract.ts'
import { takersOf, thereShares } from './people.ts'
import { keptDays, lockSessions } from './store.ts'
import { answerRealignment, insertRealignment, type RealignmentRow, realignmentRows } from './store-upkeep.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof realignmentView>

interface Ground {
  orgId: string
  programme: ProgrammeRow
  outlook: Outlook
  today: string
  /** How many take part: three missed sessions of one are much, of forty nothing. */
  takers: number
  at: Date
  settings: LoadSettings
}

/** In the transaction that makes sessions. One is open at a time; after an answer only what comes later counts. */
export async function proposeRealignment(
  services: Pick<Services, 'queue' | 'mailer' | 'clock'>,
  tx: Tx,
  { orgId, programme, outlook, today, takers, at, settings }: Ground,
): Promise<void> {
  const [last] = await realignmentRows(tx, orgId, programme.id, 1)
  if (last && !last.answered_at) return
  const answered = last ? await todayOf(tx, orgId, last.answered_at!) : null
  const since = [addDays(today, -daysLooked), answered ?? ''].sort().at(-1)!
  const days = await keptDays(tx, orgId, { programmeId: programme.id, since })
  const found = realignmentOf(
    days.filter(({ day }) => answered === null || day > answered),
    today,
    { ...settings, realignMissed: settings.realignMissed * Math.max(1, takers) },
  )
  if (!found) return
  const before = outlook.weeks.find(({ monday }) => monday === mondayOf(today))?.minutes ?? 0
  // "Last completed week × 0.8"; of what was planned, where no week was ever completed.
  const history = await historyOf(tx, orgId, { programme, today, settings })
  const wanted = realignedBaseline(history, settings)?.minutes ?? settings.realign * before
  // Of one light session a week nothing can be taken: a plan that goes down with every miss would end in nothing.
  const minutes = Math.max(wanted, Math.min(before, settings.lightMinutes))
  if (minutes >= before) return
  const id = newId()
  const { because, missed, gapDays } = found
  await insertRealignment(tx, {
    ...{ org_id: orgId, id, programme_id: programme.id, proposed_at: at, because, missed, gap_days: gapDays },
    ...{ minutes, before },
  })
  const subject = { kind: 'session-plan', id: programme.id }
  const facts = { missed, gapDays, minutes: Math.round(minutes) }
  const memberIds = await readWhoAnswers(tx, orgId, programme.begun_by)
  await notify(tx, services, orgId, { kind: 'realignment-proposed', memberIds, subject, facts })
  await record(tx, orgId, longrunItself, at, { verb: 'plan.realignment-proposed', subject, facts })
}

/** Breaks that are longer say nothing new. */
const daysLooked = 90
const weeksBack = 52

async function historyOf(
  tx: Tx,
  orgId: string,
  { programme, today, settings }: { programme: ProgrammeRow; today: string; settings: LoadSettings },
): Promise<CompletedWeek[]> {
  const before = mondayOf(today)
  const span = { from: addDays(before, -7 * weeksBack), to: addDays(before, -1) }
  const [sums, zone, given, members] = await sideBySide(tx, (at) => [
    weekSums(at, orgId, span),
    readOrganisationZone(at, orgId),
    ceilings(at, orgId),
    readActiveMembers(at, orgId),
  ])
  const who = takersOf(members, given, programme.begun_by)
  const there = await thereShares(tx, orgId, { ...span, zone, who })
  return completedWeeks(sums, { ...settings, from: sums[0]?.monday, before, there })
}

const mostShown = 20

export const listRealignments = ({ db }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    return programme ? show(tx, orgId, await realignmentRows(tx, orgId, programme.id, mostShown)) : []
  })

interface Answer {
  id: string
  isAccepted: boolean
  reason: string
}

/** @throws Refusal `no-programme`, `already-answered`, `changed-meanwhile`. */
export async function answerProposal(services: Deps, caller: Caller, answer: Answer): Promise<Shown> {
  const { orgId } = caller
  const { plan, ground, weeks } = await goingOnWithLess(services, orgId, answer.id)
  return inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const programme = await mustGoOn(tx, orgId)
    await lockProgramme(tx, orgId, programme.id)
    await lockSessions(tx, orgId)
    await mustBeOpen(tx, orgId, { id: answer.id, programmeId: programme.id })
    const [inForce] = await planRows(tx, orgId, programme.id, 1)
    if (!inForce || inForce.number !== plan.number)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: inForce?.number ?? 0 } })
    const version = answer.isAccepted ? plan.number + 1 : null
    if (version !== null)
      await insertPlan(tx, orgId, programme.id, {
        ...{ number: version, cadence: plan.cadence, ground, weeks, reason: answer.reason },
        ...{ made_at: at, made_by: caller.memberId },
      })
    await answerRealignment(tx, orgId, answer.id, {
      ...{ answered_at: at, answered_by: caller.memberId, accepted: answer.isAccepted, reason: answer.reason, version },
    })
    const subject = { kind: 'session-plan', id: programme.id }
    const verb = answer.isAccepted ? 'plan.realigned' : 'plan.realignment-declined'
    await record(tx, orgId, caller.actor, at, { verb, subject, facts: { reason: answer.reason, version } })
    const rows = await realignmentRows(tx, orgId, programme.id, mostShown)
    return (
      await show(
        tx,
        orgId,
        rows.filter(({ id }) => id === answer.id),
      )
    )[0]!
  })
}

/** The plan in force as it would go on: the same lines, from this week on, from what was done in the last completed week. */
async function goingOnWithLess(services: Deps, orgId: string, id: string) {
  const { plan, ground } = await readInOrg(services.db, orgId, async (tx) => {
    const programme = await mustGoOn(tx, orgId)
    const row = await mustBeOpen(tx, orgId, { id, programmeId: programme.id })
    const [inForce] = await planRows(tx, orgId, programme.id, 1)
    if (!inForce) throw notFound('plan')
    const today = await todayOf(tx, orgId, services.clock())
    const settings = await readSettings(tx, orgId)
    const history = await historyOf(tx, orgId, { programme, today, settings })
    const weeks = history.filter(({ minutes }) => minutes !== null && minutes > 0).length
    // Whoever never did anything begins as everybody does.
    const baseline: Baseline = { minutes: row.minutes, from: weeks > 0 ? 'realigned' : 'new', weeks }
    const from = [mondayOf(today), programme.begins_on].sort().at(-1)!
    return { plan: inForce, ground: { from, baseline, history } satisfies PlanGround }
  })
  const { outlook } = await readOutlook(services, orgId, plan.cadence.lines, ground)
  return { plan, ground, weeks: outlook.weeks }
}

async function mustBeOpen(
  tx: Tx,
  orgId: string,
  { id, programmeId }: { id: string; programmeId: string },
): Promise<RealignmentRow> {
  const row = (await realignmentRows(tx, orgId, programmeId, mostShown)).find((each) => each.id === id)
  if (!row) throw notFound('realignment')
  if (row.answered_at) throw new Refusal('already-answered', { status: 409 })
  return row
}

async function show(tx: Tx, orgId: string, rows: readonly RealignmentRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ answered_by }) => answered_by),
  )
  return rows.map((row) => ({
    ...{ id: row.id, proposedAt: row.proposed_at.toISOString(), because: row.because as Shown['because'] },
    ...{ missed: row.missed, gapDays: row.gap_days, minutes: row.minutes, before: row.before },
    ...{ answeredAt: row.answered_at?.toISOString() ?? null, answeredBy: who(row.answered_by) },
    ...{ isAccepted: row.accepted, reason: row.reason, version: row.version },
  }))
}
