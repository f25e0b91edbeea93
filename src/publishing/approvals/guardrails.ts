// Verbs of guardrails, and what they and the lanes would say to words that nobody has scheduled yet.

import type { Draft } from '../../connectors/contract.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { idsOf, peopleOf } from './approvers.ts'
import { findingsOf, type Guardrail } from './guardrail-rules.ts'
import { guardrailFault } from './lane-rules.ts'
import { hurryReview, type LookingAgain } from './lanes.ts'
import { needsOf } from './needs.ts'
import {
  type GuardrailContent,
  insertGuardrail,
  keepLane,
  type LaneRow,
  readGuardrails,
  readRemovedGuardrail,
  removeGuardrailRow,
  restoreGuardrailRow,
  updateGuardrail,
} from './store-lanes.ts'
import type { FastRule, Finding, LaneReason, laneKinds } from './types.ts'

type GuardrailChanged = Guardrail & LookingAgain

export const listGuardrails = ({ db }: Pick<Services, 'db'>, orgId: string): Promise<Guardrail[]> =>
  inOrg(db, orgId, (tx) => readGuardrails(tx, orgId))

export function addGuardrail(services: Services, caller: Caller, content: GuardrailContent): Promise<GuardrailChanged> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    await mustFit(tx, caller.orgId, content)
    await insertGuardrail(tx, caller.orgId, { ...content, id, at, by: caller.memberId })
    const looking = await told(tx, services, caller, { verb: 'guardrail.added', id, name: content.name, at })
    return { id, ...content, ...looking }
  })
}

export function changeGuardrail(services: Services, caller: Caller, guardrail: Guardrail): Promise<GuardrailChanged> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await mustFit(tx, caller.orgId, guardrail)
    if (!(await updateGuardrail(tx, caller.orgId, guardrail))) throw notFound('guardrail')
    const { id, name } = guardrail
    const looking = await told(tx, services, caller, { verb: 'guardrail.changed', id, name, at: services.clock() })
    return { ...guardrail, ...looking }
  })
}

export function removeGuardrail(services: Services, caller: Caller, id: string): Promise<LookingAgain> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const removed = await removeGuardrailRow(tx, caller.orgId, id, { at, by: caller.memberId })
    if (!removed) throw notFound('guardrail')
    return told(tx, services, caller, { verb: 'guardrail.removed', id, name: removed.name, at })
  })
}

/** @throws Refusal `lane-not-found` where its lane has been retired since. */
export function restoreGuardrail(services: Services, caller: Caller, id: string): Promise<GuardrailChanged> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const guardrail = await readRemovedGuardrail(tx, caller.orgId, id)
    if (!guardrail) throw notFound('guardrail')
    await mustFit(tx, caller.orgId, guardrail)
    await restoreGuardrailRow(tx, caller.orgId, id)
    const { name } = guardrail
    const looking = await told(tx, services, caller, { verb: 'guardrail.restored', id, name, at: services.clock() })
    return { ...guardrail, ...looking }
  })
}

async function told(
  tx: Tx,
  services: Services,
  caller: Caller,
  { verb, id, name, at }: { verb: string; id: string; name: string; at: Date },
): Promise<LookingAgain> {
  const lookingAgain = await hurryReview(tx, services, caller.orgId)
  await record(tx, caller.orgId, caller.actor, at, { verb, subject: { kind: 'guardrail', id }, facts: { name } })
  return { lookingAgain }
}

async function mustFit(tx: Tx, orgId: string, { kind, settings, laneId }: GuardrailContent): Promise<void> {
  const fault = guardrailFault(kind, settings)
  if (fault) throw new Refusal(fault.code, { field: fault.field })
  const lane = await keepLane(tx, orgId, laneId)
  if (!lane) throw new Refusal('lane-not-found', { field: 'laneId' })
  if (lane.kind === 'fast') throw new Refusal('fast-lane-is-chosen', { field: 'laneId' })
}

export interface Foreseen {
  lanes: { id: string; name: string; kind: (typeof laneKinds)[number]; accountIds: string[]; reasons: LaneReason[] }[]
  findings: Finding[]
  /** Fast lanes that the caller may choose instead. */
  fast: { id: string; name: string; minutes: number; whenSilent: FastRule['whenSilent'] }[]
}

export interface Foreseeing {
  content: Draft
  variants: { accountId: string; content: Draft | null }[]
  dueAt?: string
  campaignId: string | null
  departmentId: string | null
}

/** What would have to be approved, and why: shown while it is written, before anybody is asked. */
export function foresee(services: Pick<Services, 'db'>, caller: Caller, given: Foreseeing): Promise<Foreseen> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const needs = await needsOf(tx, caller.orgId, {
      ...{ campaignId: given.campaignId, departmentId: given.departmentId },
      dueAt: given.dueAt ? new Date(given.dueAt) : null,
      accounts: given.variants.length,
      variants: given.variants.map(({ accountId, content }) => ({ accountId, words: content ?? given.content })),
    })
    const all = [...needs.byAccount].flatMap(([accountId, each]) => each.map((need) => ({ accountId, ...need })))
    const lanes = [...Map.groupBy(all, ({ lane }) => lane.id).values()].map((same) => ({
      ...{ id: same[0]!.lane.id, name: same[0]!.lane.name, kind: same[0]!.lane.kind },
      accountIds: same.map(({ accountId }) => accountId),
      reasons: distinct(same.flatMap(({ reasons }) => reasons)),
    }))
    return { lanes, findings: needs.findings, fast: await fastLanesOf(tx, caller, needs.lanes) }
  })
}

async function fastLanesOf(tx: Tx, { orgId, memberId }: Caller, lanes: LaneRow[]): Promise<Foreseen['fast']> {
  const fast = lanes.filter((lane) => lane.kind === 'fast' && lane.fast)
  if (fast.length === 0) return []
  const people = await peopleOf(tx, orgId)
  return fast
    .filter((lane) => idsOf(people, lane.fast!.users).includes(memberId))
    .map(({ id, name, fast: rule }) => ({ id, name, minutes: rule!.minutes, whenSilent: rule!.whenSilent }))
}

/** What every guardrail would say to this text, whatever accounts it is for. */
export function tryText(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { text, at, accounts }: { text: string; at?: string; accounts: number },
): Promise<Omit<Finding, 'accountId'>[]> {
  return inOrg(db, caller.orgId, async (tx) => {
    const words = { segments: [{ text, media: [] }] }
    const looked = { accountId: '', words, dueAt: at ? new Date(at) : null, accounts, firstPost: false }
    const everywhere = (await readGuardrails(tx, caller.orgId)).map((each) => ({ ...each, accountIds: [] }))
    return findingsOf(everywhere, looked).map(({ accountId: _, ...found }) => found)
  })
}

const distinct = (reasons: LaneReason[]): LaneReason[] => [
  ...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values(),
]
