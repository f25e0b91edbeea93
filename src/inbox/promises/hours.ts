// Verbs of business hours: list, write, take away. Promises that use changed hours get a new version with them.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { isKnownPlace } from '../../publishing/holidays/holiday-data.ts'
import type { Services } from '../../services.ts'
import { hoursWords } from './rules.ts'
import {
  deleteHours,
  type HoursRow,
  insertVersion,
  lockPromises,
  policiesInForce,
  putInForce,
  readHours,
  writeHours,
} from './store-policies.ts'
import type { BusinessHours } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const listHours = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => hoursShown(tx, orgId, await readHours(tx, orgId)))

async function hoursShown(tx: Tx, orgId: string, rows: readonly HoursRow[]) {
  const used = await policiesInForce(tx, orgId)
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ changed_by }) => changed_by),
  )
  return rows.map(({ id, name, hours, changed_at, changed_by }) => ({
    ...{
      id,
      name,
      hours,
      words: hoursWords(hours),
      changedAt: changed_at.toISOString(),
      changedBy: person(changed_by),
    },
    usedBy: used.flatMap(({ policy }) => (policy.hoursId === id ? [policy.name] : [])),
  }))
}

interface Writing {
  id?: string
  name: string
  hours: BusinessHours
}

/** @throws Refusal `name-taken`, `place-not-known`. */
export const keepHours = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, given: Writing) =>
  inOrg(db, orgId, async (tx) => {
    await lockPromises(tx, orgId)
    const { id = newId(), name, hours } = given
    const made = { by: memberId, at: clock() }
    for (const [index, place] of hours.holidays.entries())
      if (!(await isKnownPlace(place))) throw new Refusal('place-not-known', { field: `hours.holidays.${index}` })
    if (given.id && !(await readHours(tx, orgId)).some((row) => row.id === id)) throw notFound('hours')
    if (!(await writeHours(tx, orgId, { id, name, hours }, made))) throw new Refusal('name-taken', { field: 'name' })
    const before = await policiesInForce(tx, orgId)
    const inForce: string[] = []
    for (const row of before)
      inForce.push(
        row.policy.hoursId === id
          ? await insertVersion(tx, orgId, { policyId: row.policy_id, policy: row.policy, hours }, made)
          : row.id,
      )
    if (before.some(({ policy }) => policy.hoursId === id)) await putInForce(tx, orgId, inForce, made)
    const rows = (await readHours(tx, orgId)).filter((row) => row.id === id)
    const shown = (await hoursShown(tx, orgId, rows))[0]!
    const verb = given.id ? 'hours.changed' : 'hours.made'
    await record(tx, orgId, actor, made.at, { verb, subject: { kind: 'hours', id }, facts: { name } })
    return shown
  })

/** @throws Refusal `hours-in-use` while a promise is made in them. */
export const removeHours = ({ db, clock }: Deps, { orgId, actor }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    await lockPromises(tx, orgId)
    const found = (await readHours(tx, orgId)).find((row) => row.id === id)
    if (!found) throw notFound('hours')
    const user = (await policiesInForce(tx, orgId)).find(({ policy }) => policy.hoursId === id)
    if (user) throw new Refusal('hours-in-use', { status: 409, field: 'id', params: { promise: user.policy.name } })
    await deleteHours(tx, orgId, id)
    const event = { verb: 'hours.removed', subject: { kind: 'hours', id }, facts: { name: found.name } }
    await record(tx, orgId, actor, clock(), event)
    return { id }
  })
