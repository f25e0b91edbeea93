// Verbs of whoever is drilled: begin, say what is to be done and what they would say, hand it in; and what there is to read.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../trainings/actions.ts'
import { undrilledRows } from '../trainings/store.ts'
import type { Way } from '../triage/types.ts'
import type { mineView } from './contract.ts'
import { chooseExercises, mostWanted, wantsWords } from './rules.ts'
import {
  answerRows,
  type DrillRow,
  drillRows,
  insertDrill,
  lockDrill,
  openDrill,
  seenLately,
  setHandedIn,
  updateAnswer,
  waitingDrills,
} from './store.ts'
import { exerciseRows } from './store-exercises.ts'
import { judgesOf, type Telling, tellJudges } from './tell.ts'
import { ordinaryDrill } from './types.ts'
import { type DrillLine, type DrillShown, drillShown, linesShown, mayRead } from './views.ts'

type Reading = Pick<Services, 'db'>
type Deps = Pick<Services, 'db' | 'clock'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

type Paged = { memberId?: string | undefined; limit: number; cursor?: string | undefined }

/** Of others for those alone who may judge. */
export const listDrills = ({ db }: Reading, caller: Caller, { memberId, limit, cursor }: Paged) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const whose = callerMay(caller, 'inbox.judge') ? memberId : caller.memberId
    const after = readCursor(cursor, place)
    const found =
      memberId !== undefined && memberId !== whose
        ? []
        : await drillRows(tx, caller.orgId, { memberId: whose, after, limit: limit + 1 })
    const lines = new Map((await linesShown(tx, caller.orgId, found)).map((line) => [line.id, line]))
    return pageFrom(
      found,
      limit,
      ({ begun_at, id }) => [begun_at.toISOString(), id],
      ({ id }) => lines.get(id)!,
    )
  })

export const listWaiting = ({ db }: Reading, { orgId, memberId }: Caller): Promise<DrillLine[]> =>
  readInOrg(db, orgId, async (tx) => linesShown(tx, orgId, await waitingDrills(tx, orgId, { except: memberId })))

export const readMine = ({ db, clock }: Deps, caller: Caller): Promise<z.infer<typeof mineView>> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const open = await openDrill(tx, orgId, memberId)
    const [line] = open ? await linesShown(tx, orgId, [open]) : []
    const waiting = await undrilledRows(tx, orgId, { memberId, today: await todayOf(tx, orgId, clock()) })
    const asked = mostWanted(waiting)
    return {
      ...{ open: line ?? null, asked, topics: waiting.map(({ topic }) => topic), next: asked ?? ordinaryDrill },
      judges: (await judgesOf(tx, orgId, memberId)).length,
    }
  })

export const readDrill = ({ db }: Reading, caller: Caller, { id }: { id: string }): Promise<DrillShown> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const [row] = await drillRows(tx, caller.orgId, { id, after: null, limit: 1 })
    if (!row || !mayRead(caller, row)) throw notFound('drill')
    return drillShown(tx, caller, row)
  })

/** @throws Refusal `drill-is-open`, `too-few-exercises`. */
export const beginDrill = ({ db, clock }: Deps, caller: Caller): Promise<DrillShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    if (await openDrill(tx, orgId, memberId)) throw new Refusal('drill-is-open', { status: 409 })
    const waiting = await undrilledRows(tx, orgId, { memberId, today: await todayOf(tx, orgId, at) })
    const wanted = mostWanted(waiting) ?? ordinaryDrill
    const offered = (await exerciseRows(tx, orgId)).filter(({ retired_at }) => retired_at === null)
    if (offered.length < wanted.exercises)
      throw new Refusal('too-few-exercises', {
        ...{ status: 409, params: { there: offered.length, wanted: wanted.exercises } },
      })
    const seen = await seenLately(tx, orgId, memberId)
    const exercises = chooseExercises(offered, { count: wanted.exercises, seen, random: Math.random })
    const id = await insertDrill(tx, orgId, { memberId, wanted, exercises, at })
    return told(tx, caller, id, { at, verb: 'drill.begun', facts: { exercises: wanted.exercises } })
  })

interface Answering {
  id: string
  answerId: string
  way: Way
  answer: string
}

/** @throws Refusal `drill-handed-in`, `words-missing`. */
export const answerExercise = (
  { db, clock }: Deps,
  caller: Caller,
  { id, answerId, way, answer }: Answering,
): Promise<DrillShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const row = await ownDrill(tx, caller, id)
    const found = (await answerRows(tx, caller.orgId, id)).find((each) => each.id === answerId)
    if (!found) throw notFound('drill-answer')
    if (wantsWords(way) && answer === '') throw new Refusal('words-missing', { field: 'answer' })
    await updateAnswer(tx, caller.orgId, answerId, { way, words: answer, answered_at: clock() })
    return drillShown(tx, caller, row)
  })

/** @throws Refusal `drill-handed-in`, `not-all-answered`. */
export const handInDrill = (services: Deps & Telling, caller: Caller, { id }: { id: string }): Promise<DrillShown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const row = await ownDrill(tx, caller, id)
    const left = (await answerRows(tx, caller.orgId, id)).filter(({ answered_at }) => answered_at === null).length
    if (left > 0) throw new Refusal('not-all-answered', { status: 409, params: { left } })
    await setHandedIn(tx, caller.orgId, id, at)
    await tellJudges(services, tx, caller, row)
    return told(tx, caller, id, { at, verb: 'drill.handed-in', facts: { exercises: row.exercises } })
  })

/** Their own, and not handed in: others see that it is none of theirs to answer. */
async function ownDrill(tx: Tx, caller: Caller, id: string): Promise<DrillRow> {
  const row = await lockDrill(tx, caller.orgId, id)
  if (!row || !mayRead(caller, row)) throw notFound('drill')
  if (row.member_id !== caller.memberId) throw new Refusal('drill-of-others', { status: 403, field: 'id' })
  if (row.handed_in_at !== null) throw new Refusal('drill-handed-in', { status: 409, field: 'id' })
  return row
}

/** As it stands now, with what happened to it on record. */
export async function told(
  tx: Tx,
  caller: Caller,
  id: string,
  { at, ...event }: Omit<NewEvent, 'subject'> & { at: Date },
): Promise<DrillShown> {
  const [row] = await drillRows(tx, caller.orgId, { id, after: null, limit: 1 })
  const shown = await drillShown(tx, caller, row!)
  await record(tx, caller.orgId, caller.actor, at, { ...event, subject: { kind: 'drill', id } })
  return shown
}
