// Verbs of policies: make, change, order and end them. Each change is a new version that holds for what begins afterwards.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import {
  endedPolicies,
  insertPolicy,
  insertVersion,
  lockPromises,
  type PolicyRow,
  policiesInForce,
  putInForce,
  readHours,
  versionsOf,
} from './store-policies.ts'
import type { BusinessHours, PromisePolicy } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const listPolicies = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => policiesShown(tx, orgId, await policiesInForce(tx, orgId)))

export const listVersions = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await versionsOf(tx, orgId, id)
    if (rows.length === 0) throw notFound('promise')
    const shown = await policiesShown(tx, orgId, rows)
    return shown.map((version, at) => ({
      ...version,
      heldFrom: rows[at]!.held_from.toISOString(),
      heldUntil: rows[at]!.held_until?.toISOString() ?? null,
    }))
  })

export const listEnded = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await endedPolicies(tx, orgId)
    const shown = await policiesShown(tx, orgId, rows)
    const person = await readActors(
      tx,
      orgId,
      rows.map(({ ended_by }) => ended_by),
    )
    return shown.map((policy, at) => ({
      ...policy,
      endedAt: rows[at]!.ended_at.toISOString(),
      endedBy: person(rows[at]!.ended_by),
    }))
  })

async function policiesShown(tx: Tx, orgId: string, rows: readonly PolicyRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ made_by }) => made_by),
  )
  return rows.map(({ policy_id, number, policy, hours, made_at, made_by }) => ({
    ...{ id: policy_id, number, policy, hours },
    ...{ madeAt: made_at.toISOString(), madeBy: person(made_by) },
  }))
}

interface Changing {
  verb: string
  policyId: string
  facts: Record<string, unknown>
  /** Versions in force from now on, in order. */
  inForce: string[]
}

const changing = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  work: (tx: Tx, before: PolicyRow[], made: { by: string; at: Date }) => Promise<Changing>,
) =>
  inOrg(db, orgId, async (tx) => {
    await lockPromises(tx, orgId)
    const made = { by: memberId, at: clock() }
    const before = await policiesInForce(tx, orgId)
    const { verb, policyId, facts, inForce } = await work(tx, before, made)
    await putInForce(tx, orgId, inForce, made)
    const shown = await policiesShown(tx, orgId, await policiesInForce(tx, orgId))
    await record(tx, orgId, actor, made.at, { verb, subject: { kind: 'promise', id: policyId }, facts })
    return shown
  })

/** It comes last, until it is put elsewhere. */
export const makePolicy = (services: Deps, caller: Caller, { policy }: { policy: PromisePolicy }) =>
  changing(services, caller, async (tx, before, made) => {
    const policyId = newId()
    const hours = await hoursFor(tx, caller.orgId, policy)
    await insertPolicy(tx, caller.orgId, policyId, made)
    const id = await insertVersion(tx, caller.orgId, { policyId, policy, hours }, made)
    const facts = { name: policy.name, version: 1 }
    return { verb: 'promise.made', policyId, facts, inForce: [...before.map((row) => row.id), id] }
  })

export const changePolicy = (services: Deps, caller: Caller, { id, policy }: { id: string; policy: PromisePolicy }) =>
  changing(services, caller, async (tx, before, made) => {
    const found = before.find(({ policy_id }) => policy_id === id)
    if (!found) throw notFound('promise')
    const hours = await hoursFor(tx, caller.orgId, policy)
    const version = await insertVersion(tx, caller.orgId, { policyId: id, policy, hours }, made)
    const inForce = before.map((row) => (row.policy_id === id ? version : row.id))
    return { verb: 'promise.changed', policyId: id, facts: { name: policy.name, version: found.number + 1 }, inForce }
  })

export const endPolicy = (services: Deps, caller: Caller, { id }: { id: string }) =>
  changing(services, caller, async (_, before) => {
    const found = before.find(({ policy_id }) => policy_id === id)
    if (!found) throw notFound('promise')
    const inForce = before.flatMap((row) => (row.policy_id === id ? [] : [row.id]))
    return { verb: 'promise.ended', policyId: id, facts: { name: found.policy.name }, inForce }
  })

/** @throws Refusal `not-all-named` where others made or ended one meanwhile. */
export const orderPolicies = (services: Deps, caller: Caller, { ids }: { ids: string[] }) =>
  changing(services, caller, async (_, before) => {
    const byId = new Map(before.map((row) => [row.policy_id, row]))
    if (ids.length !== before.length || new Set(ids).size !== ids.length || !ids.every((id) => byId.has(id)))
      throw new Refusal('not-all-named', { status: 409, field: 'ids' })
    const rows = ids.map((id) => byId.get(id)!)
    const facts = { names: rows.map(({ policy }) => policy.name) }
    return { verb: 'promise.ordered', policyId: ids[0]!, facts, inForce: rows.map(({ id }) => id) }
  })

async function hoursFor(tx: Tx, orgId: string, { hoursId }: PromisePolicy): Promise<BusinessHours | null> {
  if (hoursId === null) return null
  const found = (await readHours(tx, orgId)).find(({ id }) => id === hoursId)
  if (!found) throw new Refusal('hours-not-found', { field: 'policy.hoursId' })
  return found.hours
}
