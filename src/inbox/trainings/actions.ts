// Verbs of trainings: who was trained, until when that counts, and whose answers somebody else looks at first.

import { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { linkTo } from '../../lib/links.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActiveMembers, readActors, readOrganisationZone } from '../../people/directory.ts'
import { may, type Role } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { tellAsked } from '../drills/tell.ts'
import type { DrillWanted } from '../drills/types.ts'
import type { AnswerRules } from '../replies/types.ts'
import type { standingView, trainingView } from './contract.ts'
import { daysAhead, trainingState } from './rules.ts'
import {
  countsLonger,
  insertTraining,
  markEnding,
  type NewTraining,
  readRules,
  setDrill,
  setEnded,
  type TrainingRow,
  trainedUntil,
  trainingRows,
  writeRules,
} from './store.ts'

type Shown = z.infer<typeof trainingView>
type Standing = z.infer<typeof standingView>
type Reading = Pick<Services, 'db' | 'clock'>
type Telling = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const place = z.tuple([z.iso.date(), z.uuid()])

/** As the organisation has it. */
export const todayOf = async (tx: Tx, orgId: string, now: Date): Promise<string> =>
  dayIn(now, await readOrganisationZone(tx, orgId))

type Paged = { memberId?: string | undefined; limit: number; cursor?: string | undefined }

export const listTrainings = ({ db, clock }: Reading, { orgId }: Caller, { memberId, limit, cursor }: Paged) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await trainingRows(tx, orgId, { memberId, after: readCursor(cursor, place), limit: limit + 1 })
    const show = await shower(tx, orgId, rows, await todayOf(tx, orgId, clock()))
    return pageFrom(rows, limit, (row) => [row.given_on, row.id], show)
  })

/** Whose answers wait, as things stand today. Who may consent to answers needs nobody's consent. */
export const listStanding = ({ db, clock }: Reading, { orgId }: Caller): Promise<Standing[]> =>
  readInOrg(db, orgId, async (tx) => {
    const until = await trainedUntil(tx, orgId, await todayOf(tx, orgId, clock()))
    const rules = await readRules(tx, orgId)
    return (await readActiveMembers(tx, orgId)).map(({ id, name, role }) => ({
      ...{
        member: { id, name },
        mayAnswer: may(role, 'inbox.answer'),
        isTrained: until.has(id),
        until: until.get(id) ?? null,
      },
      needsApproval: may(role, 'inbox.answer') && waits(rules, role, until.has(id)),
    }))
  })

const waits = ({ approval }: AnswerRules, role: Role, isTrained: boolean): boolean =>
  approval === 'untrained' && !isTrained && !may(role, 'inbox.approve')

/** Whether what this person answers now waits for somebody's consent. */
export async function needsApproval(
  tx: Tx,
  { orgId, memberId, role }: Caller,
  { now, rules: known }: { now: Date; rules?: AnswerRules },
): Promise<boolean> {
  const rules = known ?? (await readRules(tx, orgId))
  if (!waits(rules, role, false)) return false
  const trained = await trainedUntil(tx, orgId, await todayOf(tx, orgId, now), memberId)
  return waits(rules, role, trained.has(memberId))
}

type Given = Omit<NewTraining, 'by' | 'at'>

/** @throws Refusal `not-in-organisation`, `ends-before-it-begins`, `more-than-all`. */
export const recordTraining = (services: Telling, caller: Caller, given: Given): Promise<Shown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const { memberId, givenOn, until } = given
    if (!(await isActiveMember(tx, caller.orgId, memberId)))
      throw new Refusal('not-in-organisation', { field: 'memberId' })
    if (until !== null && until < givenOn) throw new Refusal('ends-before-it-begins', { field: 'until' })
    mustBePassable(given.drill)
    const id = await insertTraining(tx, caller.orgId, { ...given, by: caller.memberId, at })
    await tellWhereDrilled(services, tx, caller.orgId, id)
    return told(tx, caller, { id, at, verb: 'training.recorded' })
  })

/**
 * What was passed stays passed where no more is asked for than that.
 * @throws Refusal `more-than-all`.
 */
export const askForDrill = (
  services: Telling,
  caller: Caller,
  { id, drill }: { id: string; drill: DrillWanted | null },
): Promise<Shown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    mustBePassable(drill)
    const [row] = await trainingRows(tx, caller.orgId, { id, after: null, limit: 1 })
    if (!row) throw notFound('training')
    await setDrill(tx, caller.orgId, id, drill)
    if (drill && row.is_drilled) await tellWhereDrilled(services, tx, caller.orgId, id)
    return told(tx, caller, { id, at, verb: 'training.drill-changed' })
  })

function mustBePassable(drill: DrillWanted | null): void {
  if (drill && drill.pass > drill.exercises)
    throw new Refusal('more-than-all', { field: 'drill.pass', params: { exercises: drill.exercises } })
}

/** Whoever it waits for is told what is asked of them. */
async function tellWhereDrilled(services: Telling, tx: Tx, orgId: string, id: string): Promise<void> {
  const [row] = await trainingRows(tx, orgId, { id, after: null, limit: 1 })
  if (!row || row.is_drilled || row.ended_at) return
  const wanted = { exercises: row.drill_exercises!, pass: row.drill_pass! }
  await tellAsked(services, tx, orgId, { ...wanted, memberId: row.member_id, topic: row.topic })
}

const setCounting =
  (isEnded: boolean) =>
  ({ db, clock }: Reading, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const at = clock()
      const [row] = await trainingRows(tx, caller.orgId, { id, after: null, limit: 1 })
      if (!row) throw notFound('training')
      await setEnded(tx, caller.orgId, id, isEnded ? { at, by: caller.memberId } : null)
      return told(tx, caller, { id, at, verb: isEnded ? 'training.ended' : 'training.resumed' })
    })

export const endTraining = setCounting(true)
export const resumeTraining = setCounting(false)

async function told(
  tx: Tx,
  { orgId, actor }: Caller,
  { id, at, verb }: { id: string; at: Date; verb: string },
): Promise<Shown> {
  const [row] = await trainingRows(tx, orgId, { id, after: null, limit: 1 })
  const show = await shower(tx, orgId, [row!], await todayOf(tx, orgId, at))
  const facts = { memberId: row!.member_id, topic: row!.topic, until: row!.until }
  await record(tx, orgId, actor, at, { verb, subject: { kind: 'training', id }, facts })
  return show(row!)
}

export const readAnswerRules = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<AnswerRules> =>
  readInOrg(db, orgId, (tx) => readRules(tx, orgId))

/** What waits already goes on waiting: whoever asked for consent gets an answer. */
export const changeAnswerRules = (
  { db, clock }: Reading,
  caller: Caller,
  { leastChanged, approval }: AnswerRules,
): Promise<AnswerRules> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const rules = { leastChanged, approval }
    await writeRules(tx, caller.orgId, { ...rules, by: caller.memberId, at })
    const subject = { kind: 'organisation', id: caller.orgId }
    await record(tx, caller.orgId, caller.actor, at, { verb: 'answer-rules.changed', subject, facts: rules })
    return rules
  })

const mostTold = 200

/** Who loses a training soon is told in time to take it again, and so is whoever recorded it. */
export const tellEndingTrainings = (services: Telling): Promise<void> =>
  asSystem(services.db, async (tx) => {
    const now = services.clock()
    const ending = await markEnding(tx, { by: addDays(dayIn(now, 'UTC'), daysAhead), now, limit: mostTold })
    for (const row of ending) {
      if (await countsLonger(tx, row)) continue
      const memberIds = [row.member_id, row.recorded_by]
      const active = await Promise.all(memberIds.map((id) => isActiveMember(tx, row.org_id, id)))
      if (!active[0]) continue
      const name = (await readActors(tx, row.org_id, [row.member_id]))(row.member_id).name
      await notify(tx, services, row.org_id, {
        memberIds: memberIds.filter((_, at) => active[at]),
        kind: 'training-ending',
        facts: { topic: row.topic, until: row.until, name },
        subject: { kind: 'training', id: row.id },
        mail: {
          subject: `A training ends: ${row.topic}`,
          text: `“${row.topic}” of ${name} counts until ${row.until}. A drill that is passed now counts for the next training.\n\nTrainings: ${linkTo(services.publicUrl, row.org_id, 'settings/trainings')}\n`,
        },
      })
    }
  })

async function shower(tx: Tx, orgId: string, rows: readonly TrainingRow[], day: string) {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ member_id, recorded_by }) => [member_id, recorded_by]),
  )
  return (row: TrainingRow): Shown => {
    const endedAt = row.ended_at?.toISOString() ?? null
    return {
      ...{ id: row.id, member: person(row.member_id), topic: row.topic, trainer: row.trainer, note: row.note },
      ...{ givenOn: row.given_on, until: row.until, endedAt, isDrilled: row.is_drilled },
      drill: row.drill_exercises === null ? null : { exercises: row.drill_exercises, pass: row.drill_pass! },
      state: trainingState({ givenOn: row.given_on, until: row.until, endedAt, isDrilled: row.is_drilled }, day),
      ...{ recordedAt: row.recorded_at.toISOString(), recordedBy: person(row.recorded_by) },
    }
  }
}
