// Verbs of the programme: begin, change, end with reasons, go on after all.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { dayIn } from '../lib/days.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { readActors, readOrganisationZone } from '../people/directory.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { layLadder } from './competencies/lay-ladder.ts'
import { advisePublishing } from './competencies/listening-first.ts'
import type { programmeView } from './contract.ts'
import { isMonday, weekOf } from './rules.ts'
import {
  findGoingOn,
  insertProgramme,
  lockBeginning,
  lockProgramme,
  type ProgrammeRow,
  programmeRows,
  updateProgramme,
} from './store.ts'
import type { ProgrammeFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof programmeView>

export const readProgramme = ({ db, clock }: Deps, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => {
    const today = await todayOf(tx, orgId, clock())
    const all = await show(tx, orgId, await programmeRows(tx, orgId), today)
    const programme = all.find(({ endedAt }) => endedAt === null) ?? null
    return { today, programme, past: all.filter((each) => each !== programme) }
  })

/** The day that the organisation has. */
export const todayOf = async (tx: Tx, orgId: string, now: Date): Promise<string> =>
  dayIn(now, await readOrganisationZone(tx, orgId))

/** @throws Refusal `no-programme` where none goes on. */
export async function mustGoOn(tx: Tx, orgId: string): Promise<ProgrammeRow> {
  const row = await findGoingOn(tx, orgId)
  if (!row) throw new Refusal('no-programme', { status: 409 })
  return row
}

/** @throws Refusal `programme-goes-on` where there is one, `not-a-monday`. */
export const beginProgramme = ({ db, clock }: Deps, caller: Caller, facts: ProgrammeFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    mustFit(facts)
    await mustBeAlone(tx, orgId)
    const at = clock()
    const id = await insertProgramme(tx, orgId, facts, { by: memberId, at })
    await layLadder(tx, caller, { programmeId: id, at })
    await tell(tx, caller, 'programme.begun', id, { ...facts }, at)
    return showOne(tx, orgId, id, at)
  })

/** @throws Refusal `changed-meanwhile`, `has-ended`, `not-a-monday`. */
export const changeProgramme = (
  { db, clock }: Deps,
  caller: Caller,
  { id, version, ...facts }: ProgrammeFacts & { id: string; version: number },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    mustFit(facts)
    const row = await mustFind(tx, orgId, id)
    if (row.ended_at) throw new Refusal('has-ended', { status: 409 })
    if (row.version !== version)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: row.version } })
    const { name, ambition, beginsOn } = facts
    await updateProgramme(tx, orgId, id, { name, ambition, begins_on: beginsOn, version: version + 1 })
    const at = clock()
    await tell(tx, caller, 'programme.changed', id, { name, ambition, beginsOn, before: row.ambition }, at)
    return showOne(tx, orgId, id, at)
  })

export const endProgramme = (
  { db, clock }: Deps,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const row = await mustFind(tx, orgId, id)
    const at = clock()
    if (row.ended_at) throw new Refusal('has-ended', { status: 409 })
    await updateProgramme(tx, orgId, id, { ended_at: at, ended_by: memberId, end_reason: reason })
    await advisePublishing(tx, orgId, at)
    await tell(tx, caller, 'programme.ended', id, { name: row.name, reason }, at)
    return showOne(tx, orgId, id, at)
  })

/** @throws Refusal `programme-goes-on`. */
export const resumeProgramme = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const row = await mustFind(tx, orgId, id)
    const at = clock()
    if (row.ended_at) {
      await mustBeAlone(tx, orgId)
      await updateProgramme(tx, orgId, id, { ended_at: null, ended_by: null, end_reason: null })
      await advisePublishing(tx, orgId, at)
      await tell(tx, caller, 'programme.resumed', id, { name: row.name }, at)
    }
    return showOne(tx, orgId, id, at)
  })

function mustFit({ beginsOn }: ProgrammeFacts): void {
  if (!isMonday(beginsOn)) throw new Refusal('not-a-monday', { field: 'beginsOn' })
}

async function mustBeAlone(tx: Tx, orgId: string): Promise<void> {
  await lockBeginning(tx, orgId)
  const other = await findGoingOn(tx, orgId)
  if (other) throw new Refusal('programme-goes-on', { status: 409, params: { id: other.id, name: other.name } })
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<ProgrammeRow> {
  const row = await lockProgramme(tx, orgId, id)
  if (!row) throw notFound('programme')
  return row
}

const tell = (tx: Tx, { orgId, actor }: Caller, verb: string, id: string, facts: Record<string, unknown>, at: Date) =>
  record(tx, orgId, actor, at, { verb, subject: { kind: 'programme', id }, facts })

async function showOne(tx: Tx, orgId: string, id: string, now: Date): Promise<Shown> {
  const rows = (await programmeRows(tx, orgId)).filter((row) => row.id === id)
  return (await show(tx, orgId, rows, await todayOf(tx, orgId, now)))[0]!
}

async function show(tx: Tx, orgId: string, rows: ProgrammeRow[], today: string): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.flatMap((row) => [row.begun_by, row.ended_by]),
  )
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, ambition: row.ambition as Shown['ambition'], beginsOn: row.begins_on },
    ...{ version: row.version, week: weekOf(row.begins_on, today) },
    ...{ begunAt: row.begun_at.toISOString(), begunBy: who(row.begun_by) },
    ...{ endedAt: row.ended_at?.toISOString() ?? null, endedBy: who(row.ended_by), endReason: row.end_reason },
  }))
}
