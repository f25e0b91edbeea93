// How the ladder is shown: each rung with where every team stands on it, and what its gates read.

import type { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { readActiveMembers, readDepartmentNames } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { findGoingOn } from '../store.ts'
import type { gateView, ladderView, standView } from './contract.ts'
import { defaultLadder } from './default-ladder.ts'
import { readGates } from './read-evidence.ts'
import { gateId, opens, shareOpen, statesOf } from './rules.ts'
import {
  type CompetencyRow,
  countObservations,
  type Opening,
  openingRows,
  rungRows,
  type StepRow,
  stepRows,
} from './store.ts'
import type { Evidence } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Ladder = z.infer<typeof ladderView>
type Stand = z.infer<typeof standView>

const laidKeys = new Set(defaultLadder.map(({ key }) => key))

interface Ground {
  today: string
  hasProgramme: boolean
  teams: Ladder['teams']
  rungs: CompetencyRow[]
  steps: StepRow[]
  openings: Opening[]
  observations: Map<string, number>
}

export async function showLadder(services: Deps, orgId: string): Promise<Ladder> {
  const ground = await readInOrg(services.db, orgId, (tx) => readGround(tx, orgId, services.clock()))
  const now = await readNow(services, orgId, ground)
  const { today, hasProgramme, teams, rungs, observations } = ground
  const stands = new Map(teams.map(({ departmentId }) => [departmentId, standsOf(ground, departmentId, now)]))
  return {
    ...{ today, hasProgramme, teams },
    rungs: rungs.map(({ id, key, name, means, place, gates }) => ({
      ...{ id, key, name, means, place, gates, isOwn: !laidKeys.has(key), observations: observations.get(id) ?? 0 },
      teams: teams.map(({ departmentId }) => stands.get(departmentId)!.get(id)!),
    })),
  }
}

async function readGround(tx: Tx, orgId: string, at: Date): Promise<Ground> {
  const programme = await findGoingOn(tx, orgId)
  const members = await readActiveMembers(tx, orgId)
  const departments = await readDepartmentNames(tx, orgId)
  const countOf = (id: string) => members.filter(({ departmentId }) => departmentId === id).length
  const steps = programme ? await stepRows(tx, orgId, programme.id) : []
  const ids = steps.map(({ id }) => id)
  return {
    ...{ today: await todayOf(tx, orgId, at), hasProgramme: programme !== undefined, steps },
    teams: [
      { departmentId: null, name: null, members: members.length },
      ...departments.map(({ id, name }) => ({ departmentId: id, name, members: countOf(id) })),
    ],
    rungs: programme ? await rungRows(tx, orgId, programme.id) : [],
    openings: ids.length > 0 ? await openingRows(tx, orgId, ids) : [],
    observations: await countObservations(tx, orgId),
  }
}

/** Of steps that go on: what their gates read today. */
async function readNow(services: Deps, orgId: string, { rungs, steps }: Ground) {
  const read = new Map<string, Map<string, Evidence>>()
  for (const { id, programme_id, competency_id, department_id, mastered_at, set_aside_at } of steps) {
    const rung = rungs.find((each) => each.id === competency_id)
    if (!rung || mastered_at || set_aside_at) continue
    const asked = { programmeId: programme_id, competencyId: competency_id, departmentId: department_id }
    read.set(id, await readGates(services, orgId, { ...asked, gates: rung.gates }))
  }
  return read
}

function standsOf(
  { rungs, steps, openings }: Ground,
  departmentId: string | null,
  now: Map<string, Map<string, Evidence>>,
): Map<string, Stand> {
  const own = steps.filter((step) => step.department_id === departmentId)
  const states = statesOf(
    rungs,
    own.map((step) => ({
      ...{ competencyId: step.competency_id, masteredAt: step.mastered_at, setAsideAt: step.set_aside_at },
    })),
  )
  return new Map(
    rungs.map((rung): [string, Stand] => {
      const state = states.get(rung.id)!
      const step = own.find(({ competency_id }) => competency_id === rung.id)
      const shown = step && (state === 'going-on' || state === 'mastered') ? step : null
      const stand: Stand = {
        ...{ departmentId, state, stepId: step?.id ?? null, begunAt: step?.begun_at.toISOString() ?? null },
        ...{ masteredAt: step?.mastered_at?.toISOString() ?? null, setAsideReason: step?.set_aside_reason ?? null },
        gates: shown
          ? gatesOf(
              rung,
              openings.filter(({ step_id }) => step_id === shown.id),
              now.get(shown.id),
            )
          : [],
      }
      return [rung.id, stand]
    }),
  )
}

/** Once open, a gate stays open by the reading that opened it, as long as that is enough for what it asks. */
export function gatesOf(
  { gates }: Pick<CompetencyRow, 'gates'>,
  openings: readonly Opening[],
  now: Map<string, Evidence> | undefined,
): z.infer<typeof gateView>[] {
  return gates.map((gate) => {
    const id = gateId(gate)
    const kept = openings.find((each) => each.gate === id && opens(gate, each.evidence))
    const read = now?.get(id) ?? null
    return {
      ...gate,
      ...{ id, isOpen: kept !== undefined, openedAt: kept?.opened_at.toISOString() ?? null },
      evidence: kept ? evidenceOf(kept.evidence) : read,
      share: kept ? 1 : read ? shareOpen(gate, read) : 0,
    }
  })
}

const evidenceOf = ({ value, of, from, to }: Evidence): Evidence => ({ value, of, from, to })
