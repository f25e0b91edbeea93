// Verbs of choices: ask, follow, stop, ask what would be, put in force.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readActors, readOrganisationZone } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn } from '../actions.ts'
import { readQuestion } from '../choosing/read-question.ts'
import { changeQuestion } from '../choosing/what-if.ts'
import { readAbilities } from '../competencies/needs/store.ts'
import { readSettings } from '../figures/store.ts'
import { adoptPlan } from '../plan/actions.ts'
import type { planView } from '../plan/contract.ts'
import { readRoom } from '../plan/outlook.ts'
import { planRows } from '../plan/store.ts'
import type { StoredWeek } from '../plan/types.ts'
import { stoppedKeys } from '../reviews/store.ts'
import { readTakers, weekShares } from '../sessions/people.ts'
import { findGoingOn } from '../store.ts'
import { readChannels, readWorthOf } from '../worth/read-worth.ts'
import type { choiceView } from './contract.ts'
import { chooseJob } from './job.ts'
import { cadenceOf, itemsNow, overflowOf } from './plan-now.ts'
import { buildQuestion, type Giver, type Limits, reviewWeeks } from './question.ts'
import { shapesOf } from './shapes.ts'
import { mayRead, showChoice } from './show.ts'
import {
  type Asked,
  type ChoiceRow,
  choiceRows,
  dropOld,
  endChoice,
  findChoice,
  insertChoice,
  markPut,
} from './store.ts'
import { type AskedFacts, type ChangeFacts, isOpen } from './types.ts'
import { unableOf } from './unable.ts'
import { changeOf } from './work.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue'>
type Shown = z.infer<typeof choiceView>

const mostShown = 20

export const listChoices = ({ db }: Pick<Services, 'db'>, caller: Caller): Promise<Shown[]> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const programme = await findGoingOn(tx, caller.orgId)
    return programme ? show(tx, caller, await choiceRows(tx, caller.orgId, programme.id, mostShown)) : []
  })

export const readChoice = ({ db }: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  readInOrg(db, caller.orgId, (tx) => showOne(tx, caller, id))

/** @throws Refusal `no-programme`, `nobody-gives-time`, `nothing-known`. */
export async function askChoice(services: Deps, caller: Caller, asked: AskedFacts): Promise<Shown> {
  const { orgId } = caller
  const room = await readRoom(services, orgId)
  const ground = await readInOrg(services.db, orgId, (tx) => readGround(tx, orgId, room.weeks.slice(0, asked.weeks)))
  if (ground.givers.length === 0) throw new Refusal('nobody-gives-time', { status: 409 })
  const worth = await readWorthOf(services, orgId, { unit: asked.unit })
  const { abilities } = ground
  const limits: Limits = {
    needs: (activity) => abilities.needOf(activity)?.key ?? null,
    shapes: shapesOf(ground.plan?.cadence.lines ?? [], worth.channels),
  }
  const seed = asked.seed ?? Number.parseInt(newId().slice(-7), 16)
  const built = buildQuestion({
    ...{ asked: { ...asked, seed }, lines: worth.lines, stopped: ground.stopped, givers: ground.givers },
    room: { presence: room.presence, replies: room.replies, share: ground.share(asked.time) },
    settings: worth.settings,
    limits,
  })
  if (built.lines.length === 0) throw new Refusal('nothing-known', { status: 409 })
  const question = readQuestion(built.question)
  const { lines, kept, leftOut } = built
  const unable = unableOf(question, { lines, abilities })
  const now = ground.plan ? itemsNow(question, lines) : null
  // A plan that is grown towards does not fit yet; within all that is given it must.
  const overflow = now && asked.time === 'given' ? overflowOf(question, lines) : null
  const all: Asked = { ...asked, seed, unit: worth.unit, lines, kept, leftOut, now, overflow, unable }
  const planNumber = ground.plan?.number ?? null
  return begin(services, caller, { programmeId: ground.programmeId, asked: all, question, baseId: null, planNumber })
}

/** Who gives how much of which week, by their hours, absences and ceilings, as their sessions are planned too. */
async function readGround(tx: Tx, orgId: string, weeks: readonly StoredWeek[]) {
  const programme = await mustGoOn(tx, orgId)
  const [plan] = await planRows(tx, orgId, programme.id, 1)
  const [from, to] = [weeks[0]!.monday, addDays(weeks.at(-1)!.monday, 6)]
  const zone = await readOrganisationZone(tx, orgId)
  const span = { zone, from, to, planner: programme.begun_by }
  const takers = (await readTakers(tx, orgId, span)).filter(({ ceiling }) => ceiling !== null && ceiling > 0)
  const members = new Map((await readActiveMembers(tx, orgId)).map((member) => [member.id, member]))
  const all = takers.reduce((sum, { ceiling }) => sum + ceiling!, 0)
  const abilities = await readAbilities(tx, orgId, { programmeId: programme.id, today: from })
  return {
    ...{ programmeId: programme.id, plan, abilities, stopped: await stoppedKeys(tx, orgId) },
    givers: takers.map(({ id }): Giver => {
      const { name, departmentId } = members.get(id)!
      return { memberId: id, name, departmentId, skills: abilities.keysOf(id) }
    }),
    share: (time: AskedFacts['time']) => (taken: number) => {
      const there = weeks.map(({ monday, minutes }) => ({ monday, minutes: time === 'given' ? all : minutes }))
      const shares = weekShares(takers, there, taken)
      return new Map(takers.map(({ id }) => [id, weeks.map(({ monday }) => shares.get(id)?.[monday] ?? 0)]))
    },
  }
}

/** Of a choice that was made. @throws Refusal `choice-not-made`, and as changing the question does. */
export async function askWhatIf(
  services: Deps,
  caller: Caller,
  { id, change }: { id: string; change: ChangeFacts },
): Promise<Shown> {
  const base = await readInOrg(services.db, caller.orgId, (tx) => mustFind(tx, caller.orgId, id))
  if (base.base_id !== null || isOpen(base.state) || base.state === 'stopped')
    throw new Refusal('choice-not-made', { status: 409 })
  mustChange(base, change)
  return begin(services, caller, {
    ...{ programmeId: base.programme_id, asked: { ...base.asked, wouldBe: change }, question: base.question },
    ...{ baseId: base.id, planNumber: base.plan_number },
  })
}

/** Asked once before: whoever names nobody learns it at once, by the field. */
function mustChange({ question }: ChoiceRow, change: ChangeFacts): void {
  if ('fromWeek' in change && change.fromWeek >= question.weeks)
    throw new Refusal('invalid-input', { field: 'change.fromWeek', params: { reason: 'The plan has no such week' } })
  try {
    changeQuestion(question, changeOf(question, change))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const field = change.kind === 'channel-stops' ? 'change.channel' : 'change.memberId'
    throw new Refusal(error.code, { field, params: error.params })
  }
}

async function begin(
  { db, clock, queue }: Deps,
  caller: Caller,
  choice: Omit<Parameters<typeof insertChoice>[2], 'by' | 'at'>,
): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  return inOrg(db, orgId, async (tx) => {
    const at = clock()
    await dropOld(tx, orgId, choice.programmeId, mostShown)
    const id = await insertChoice(tx, orgId, { ...choice, by: memberId, at })
    await queue.send(tx, chooseJob, { orgId, choiceId: id })
    const shown = await showOne(tx, caller, id)
    const facts = { isWhatIf: choice.baseId !== null, seed: choice.asked.seed }
    await record(tx, orgId, actor, at, { verb: 'choice.asked', subject: { kind: 'choice', id }, facts })
    return shown
  })
}

/** What has ended already stays as it is. */
export const stopChoice = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    await mustFind(tx, orgId, id)
    const at = clock()
    const isStopped = await endChoice(tx, orgId, { id, state: 'stopped', answer: null, at })
    const shown = await showOne(tx, caller, id)
    if (isStopped) await record(tx, orgId, actor, at, { verb: 'choice.stopped', subject: { kind: 'choice', id } })
    return shown
  })

/** @throws Refusal `choice-not-made`, `not-worth-a-change`, `changed-meanwhile`, and as adopting a plan does. */
export async function putChoice(
  services: Deps,
  caller: Caller,
  { id, reason, anyway }: { id: string; reason: string; anyway: boolean },
): Promise<z.infer<typeof planView>> {
  const { orgId, memberId } = caller
  const { row, now, day } = await readInOrg(services.db, orgId, async (tx) => {
    const found = await mustFind(tx, orgId, id)
    const [plan] = await planRows(tx, orgId, found.programme_id, 1)
    const asked = dayIn(found.asked_at, await readOrganisationZone(tx, orgId))
    return { row: found, now: plan?.cadence.lines ?? [], day: asked }
  })
  const { answer, asked, question } = row
  if (answer?.state !== 'planned') throw new Refusal('choice-not-made', { status: 409 })
  if (answer.adoption && !answer.adoption.isAdopted && !anyway)
    throw new Refusal('not-worth-a-change', {
      ...{ status: 409, field: 'anyway' },
      params: { percent: Math.round(answer.adoption.gain * 100) },
    })
  const channels = await readChannels(services, orgId)
  const settings = await readInOrg(services.db, orgId, (tx) => readSettings(tx, orgId))
  const weeks = Math.min(reviewWeeks, question.weeks)
  const chosen = { lines: asked.lines, kept: asked.kept, items: answer.plan.items, weeks, day }
  const lines = cadenceOf({ ...chosen, workingDays: settings.workingDays }, now, channels)
  return adoptPlan(services, caller, {
    ...{ lines, reason, after: row.plan_number },
    also: (tx, number) => markPut(tx, orgId, { id, by: memberId, at: services.clock(), number }),
  })
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<ChoiceRow> {
  const row = await findChoice(tx, orgId, id)
  if (!row) throw notFound('choice')
  return row
}

async function showOne(tx: Tx, caller: Caller, id: string): Promise<Shown> {
  const [shown] = await show(tx, caller, [await mustFind(tx, caller.orgId, id)])
  if (!shown) throw notFound('choice')
  return shown
}

async function show(tx: Tx, caller: Caller, rows: readonly ChoiceRow[]): Promise<Shown[]> {
  const { orgId, memberId } = caller
  const reader = { memberId, leads: callerMay(caller, 'programme.lead') }
  const who = await readActors(
    tx,
    orgId,
    rows.flatMap((row) => [row.asked_by, row.put_by]),
  )
  return rows.filter((row) => mayRead(row, reader)).map((row) => showChoice(row, who, reader))
}
