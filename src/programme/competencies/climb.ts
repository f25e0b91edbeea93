// Verbs of climbing: begin one, look what its gates read, master it, set it aside. Evidence is read before, and never typed.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { hasDepartment } from '../../people/directory.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn } from '../actions.ts'
import { advisePublishing } from './listening-first.ts'
import { type By, note } from './note.ts'
import { readGates } from './read-evidence.ts'
import { gateId, opens, whyNotBegin } from './rules.ts'
import {
  type CompetencyRow,
  findCompetency,
  findStep,
  insertStep,
  lockLadder,
  openingRows,
  putOpening,
  rungRows,
  type StepRow,
  stepRows,
  stepsGoingOn,
  updateStep,
} from './store.ts'
import { type Evidence, listeningKey } from './types.ts'
import { showLadder } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

/** @throws Refusal `one-at-a-time`, `lower-rung-first`, `mastered-already`, each with its rule and requirement; `no-programme`. */
export async function beginStep(
  services: Deps,
  caller: Caller,
  { id, departmentId }: { id: string; departmentId: string | null },
) {
  const { orgId, memberId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const programme = await mustGoOn(tx, orgId)
    await lockLadder(tx, orgId)
    const rungs = await rungRows(tx, orgId, programme.id)
    const rung = rungs.find((each) => each.id === id)
    if (!rung) throw notFound('competency')
    if (departmentId !== null && !(await hasDepartment(tx, orgId, departmentId)))
      throw new Refusal('department-unknown', { field: 'departmentId' })
    const steps = (await stepRows(tx, orgId, programme.id)).filter((step) => step.department_id === departmentId)
    const refused = whyNotBegin(
      rung,
      rungs,
      steps.map((step) => ({
        ...{ competencyId: step.competency_id, masteredAt: step.mastered_at, setAsideAt: step.set_aside_at },
      })),
    )
    if (refused) throw new Refusal(refused.code, refused)
    const before = steps.find(({ competency_id }) => competency_id === id)
    if (before)
      await updateStep(tx, orgId, before.id, { set_aside_at: null, set_aside_by: null, set_aside_reason: null })
    else
      await insertStep(tx, orgId, {
        ...{ programme_id: programme.id, competency_id: id, department_id: departmentId },
        ...{ begun_at: at, begun_by: memberId },
      })
    const kind = before ? 'resumed' : 'begun'
    await note(tx, caller, { competencyId: id, departmentId, kind, facts: { name: rung.name }, at })
  })
  return showLadder(services, orgId)
}

/** @throws Refusal `not-going-on`. */
export async function lookAtStep(services: Deps, caller: Caller, { id }: { id: string }) {
  await openGates(services, caller, id)
  return showLadder(services, caller.orgId)
}

/** @throws Refusal `gates-shut` with how many and the first of them. Nobody can tick a gate open. */
export async function masterStep(services: Deps, caller: Caller, { id }: { id: string }) {
  const { orgId, memberId } = caller
  await openGates(services, caller, id)
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const { step, rung } = await mustGoOnIn(tx, orgId, id)
    const openings = await openingRows(tx, orgId, [id])
    const shut = rung.gates.filter(
      (gate) => !openings.some((each) => each.gate === gateId(gate) && opens(gate, each.evidence)),
    )
    if (shut.length > 0)
      throw new Refusal('gates-shut', {
        ...{ status: 409, field: 'id' },
        params: { count: shut.length, first: shut[0]!.measure, rule: 'mastery-by-evidence', requirement: 'R0-22' },
      })
    await updateStep(tx, orgId, id, { mastered_at: at, mastered_by: memberId })
    if (rung.key === listeningKey) await advisePublishing(tx, orgId, at)
    const facts = { name: rung.name, gates: rung.gates.length }
    await note(tx, caller, {
      competencyId: rung.id,
      departmentId: step.department_id,
      kind: 'mastered',
      facts,
      at,
    })
  })
  return showLadder(services, orgId)
}

/** @throws Refusal `not-going-on`. */
export async function setStepAside(services: Deps, caller: Caller, { id, reason }: { id: string; reason: string }) {
  const { orgId, memberId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const { step, rung } = await mustGoOnIn(tx, orgId, id)
    await updateStep(tx, orgId, id, { set_aside_at: at, set_aside_by: memberId, set_aside_reason: reason })
    const facts = { name: rung.name, reason }
    await note(tx, caller, { competencyId: rung.id, departmentId: step.department_id, kind: 'set-aside', facts, at })
  })
  return showLadder(services, orgId)
}

/** Each night: what opens a gate is kept on the day on which it did, whether somebody looks or not. */
export async function openAllGates(services: Deps & Pick<Services, 'log'>): Promise<void> {
  for (const { org_id: orgId, id } of await asSystem(services.db, stepsGoingOn))
    await openGates(services, { orgId, actor: longrunItself, memberId: null }, id).catch((error: unknown) => {
      // Set aside meanwhile; others do not wait for one that fails.
      if (!(error instanceof Refusal))
        services.log.error('Gates of a competency could not be read', { error, stepId: id })
    })
}

async function openGates(services: Deps, by: By, stepId: string): Promise<void> {
  const { orgId } = by
  const { step, rung } = await inOrg(services.db, orgId, (tx) => mustGoOnIn(tx, orgId, stepId))
  const read = await readGates(services, orgId, {
    ...{ programmeId: step.programme_id, competencyId: rung.id, departmentId: step.department_id, gates: rung.gates },
  })
  await inOrg(services.db, orgId, async (tx) => {
    const now = await mustGoOnIn(tx, orgId, stepId)
    await keepOpen(tx, by, { ...now, read, at: services.clock() })
  })
}

interface Looked {
  step: StepRow
  rung: CompetencyRow
  read: ReadonlyMap<string, Evidence>
  at: Date
}

/** Only what is not open yet: the reading that opened a gate stays. */
async function keepOpen(tx: Tx, by: By, { step, rung, read, at }: Looked): Promise<void> {
  const openings = await openingRows(tx, by.orgId, [step.id])
  for (const gate of rung.gates) {
    const id = gateId(gate)
    const evidence = read.get(id)
    const isOpen = openings.some((each) => each.gate === id && opens(gate, each.evidence))
    if (isOpen || !evidence || !opens(gate, evidence)) continue
    const kept = { ...evidence, bound: gate.bound }
    await putOpening(tx, by.orgId, { step_id: step.id, gate: id, opened_at: at, evidence: kept })
    const facts = { name: rung.name, measure: gate.measure, bound: gate.bound, value: evidence.value }
    await note(tx, by, {
      competencyId: rung.id,
      departmentId: step.department_id,
      kind: 'gate-opened',
      facts,
      at,
    })
  }
}

/** Locked until the transaction ends: what was read of it stays true. */
async function mustGoOnIn(tx: Tx, orgId: string, id: string): Promise<{ step: StepRow; rung: CompetencyRow }> {
  await lockLadder(tx, orgId)
  const step = await findStep(tx, orgId, id)
  const rung = step && (await findCompetency(tx, orgId, step.competency_id))
  if (!step || !rung) throw notFound('step')
  const programme = await mustGoOn(tx, orgId)
  const isOver = step.mastered_at !== null || step.set_aside_at !== null || step.programme_id !== programme.id
  if (isOver) throw new Refusal('not-going-on', { status: 409, field: 'id' })
  return { step, rung }
}
