// Verbs that change the ladder itself: competencies of one's own, what gates ask for, the order; and the history of each.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn } from '../actions.ts'
import { layLadder } from './lay-ladder.ts'
import { note } from './note.ts'
import { gatesFault, keyFor, type Refused, whyNotOrder } from './rules.ts'
import {
  type CompetencyRow,
  entryRows,
  findCompetency,
  insertCompetency,
  insertEntry,
  lockLadder,
  markRemoved,
  rungRows,
  setPlaces,
  stepRows,
  updateCompetency,
} from './store.ts'
import { type CompetencyFacts, listeningKey } from './types.ts'
import { showLadder } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const readLadder = (services: Deps, { orgId }: Caller) => showLadder(services, orgId)

/** @throws Refusal `no-programme`. */
export const layDefault = (services: Deps, caller: Caller) =>
  change(services, caller, async (tx, { programmeId, rungs, at }) => {
    if (rungs.length > 0) return
    await layLadder(tx, caller, { programmeId, at })
    await tell(tx, caller, 'ladder.laid', programmeId, at)
  })

/** @throws Refusal `gate-…` with the field. */
export const addCompetency = (services: Deps, caller: Caller, facts: CompetencyFacts) =>
  change(services, caller, async (tx, { programmeId, rungs, at }) => {
    refuse(gatesFault(facts.gates))
    const key = keyFor(facts.name, new Set(rungs.map((rung) => rung.key)))
    const place = (rungs.at(-1)?.place ?? 0) + 1
    const { name, means, gates } = facts
    const given = { name, means, gates, programmeId, key, place, by: caller.memberId, at }
    const competencyId = await insertCompetency(tx, caller.orgId, given)
    await note(tx, caller, { competencyId, kind: 'added', facts: { name }, at })
  })

/** Gates that ask for less are opened by evidence too; that they do, and why, is on record. */
export const changeCompetency = (
  services: Deps,
  caller: Caller,
  { id, reason, name, means, gates }: CompetencyFacts & { id: string; reason: string },
) =>
  change(services, caller, async (tx, { rungs, at }) => {
    refuse(gatesFault(gates))
    const rung = mustBeRung(rungs, id)
    await updateCompetency(tx, caller.orgId, id, { name, means, gates })
    const facts = { name, reason, before: { name: rung.name, gates: rung.gates }, gates }
    await note(tx, caller, { competencyId: id, kind: 'changed', facts, at })
  })

/** @throws Refusal `order-outrun` where somebody added or took one away, `listening-is-first`. */
export const orderLadder = (services: Deps, caller: Caller, { ids }: { ids: string[] }) =>
  change(services, caller, async (tx, { programmeId, rungs, at }) => {
    refuse(whyNotOrder(rungs, ids))
    await setPlaces(tx, caller.orgId, ids)
    for (const [index, id] of ids.entries()) {
      const rung = mustBeRung(rungs, id)
      if (rung.place === index + 1) continue
      const facts = { name: rung.name, from: rung.place, to: index + 1 }
      const moved = { competency_id: id, department_id: null, kind: 'moved', facts, at, by: caller.memberId }
      await insertEntry(tx, caller.orgId, moved)
    }
    await tell(tx, caller, 'ladder.ordered', programmeId, at)
  })

/** @throws Refusal `listening-stays`, `team-is-on-it`. */
export const removeCompetency = (services: Deps, caller: Caller, { id }: { id: string }) =>
  change(services, caller, async (tx, { programmeId, rungs, at }) => {
    const rung = mustBeRung(rungs, id)
    if (rung.key === listeningKey)
      throw new Refusal('listening-stays', {
        ...{ status: 409, field: 'id' },
        params: { rule: 'listening-first', requirement: 'R0-19' },
      })
    const isOn = (await stepRows(tx, caller.orgId, programmeId)).some(
      (step) => step.competency_id === id && step.mastered_at === null && step.set_aside_at === null,
    )
    if (isOn) throw new Refusal('team-is-on-it', { status: 409, field: 'id' })
    await markRemoved(tx, caller.orgId, id, at)
    await note(tx, caller, { competencyId: id, kind: 'removed', facts: { name: rung.name }, at })
  })

/** It comes back as the highest rung, so that nobody finds a rung below where they stand. */
export const restoreCompetency = (services: Deps, caller: Caller, { id }: { id: string }) =>
  change(services, caller, async (tx, { programmeId, rungs, at }) => {
    const row = await findCompetency(tx, caller.orgId, id)
    if (!row || row.programme_id !== programmeId) throw notFound('competency')
    if (row.removed_at === null) return
    if (rungs.some(({ key }) => key === row.key))
      throw new Refusal('name-taken', { status: 409, field: 'id', params: { name: row.name } })
    await markRemoved(tx, caller.orgId, id, null)
    const others = rungs.map((rung) => rung.id)
    await setPlaces(tx, caller.orgId, [...others, id])
    await note(tx, caller, { competencyId: id, kind: 'restored', facts: { name: row.name }, at })
  })

export const readHistory = ({ db }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    if (!(await findCompetency(tx, orgId, id))) throw notFound('competency')
    const rows = await entryRows(tx, orgId, id)
    const who = await readActors(
      tx,
      orgId,
      rows.map(({ by }) => by),
    )
    return rows.map(({ at, by, department_id, kind, facts }) => ({
      ...{ at: at.toISOString(), by: who(by), departmentId: department_id, kind, facts },
    }))
  })

const tell = (tx: Tx, { orgId, actor }: Caller, verb: string, id: string, at: Date) =>
  record(tx, orgId, actor, at, { verb, subject: { kind: 'programme', id } })

interface Changing {
  programmeId: string
  rungs: CompetencyRow[]
  at: Date
}

async function change(services: Deps, { orgId }: Caller, work: (tx: Tx, ground: Changing) => Promise<void>) {
  await inOrg(services.db, orgId, async (tx) => {
    const { id: programmeId } = await mustGoOn(tx, orgId)
    await lockLadder(tx, orgId)
    await work(tx, { programmeId, rungs: await rungRows(tx, orgId, programmeId), at: services.clock() })
  })
  return showLadder(services, orgId)
}

function mustBeRung(rungs: readonly CompetencyRow[], id: string): CompetencyRow {
  const rung = rungs.find((each) => each.id === id)
  if (!rung) throw notFound('competency')
  return rung
}

function refuse(refused: Refused | null): void {
  if (refused) throw new Refusal(refused.code, refused)
}
