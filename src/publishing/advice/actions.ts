// An advice before publishing: written by the programme, read by who writes posts, set aside for some days by who may let posts go. It is no lock: whoever may send says why, and sends.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { dayIn } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readActors, readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { adviceView } from './contract.ts'
import { holdsFor, untilFault } from './rules.ts'
import { findAdvice, putAdvice, removeAdvice, setOverride } from './store.ts'
import { longestDays, type OverrideFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof adviceView>
type Who = Pick<Caller, 'orgId' | 'memberId'>

/** Within a verb of the programme: from now on it is advised, except for these teams; null: not any more. */
export const setAdvice = (
  tx: Tx,
  orgId: string,
  advice: { since: Date; openDepartmentIds: string[] } | null,
): Promise<unknown> => (advice ? putAdvice(tx, orgId, advice) : removeAdvice(tx, orgId))

export const readAdvice = ({ db, clock }: Deps, caller: Caller): Promise<Shown | null> =>
  readInOrg(db, caller.orgId, (tx) => show(tx, caller, clock()))

/** @throws Refusal `day-past`, `until-too-far`, not found where nothing is advised. */
export const overrideAdvice = ({ db, clock }: Deps, caller: Caller, facts: OverrideFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    const fault = untilFault(facts.until, await todayOf(tx, orgId, at))
    if (fault) throw new Refusal(fault, { field: 'until', params: { days: longestDays } })
    if (!(await setOverride(tx, orgId, { ...facts, by: memberId, at }))) throw notFound('advice')
    const subject = { kind: 'publishing-advice', id: null }
    await record(tx, orgId, actor, at, { verb: 'publishing-advice.overridden', subject, facts })
    return (await show(tx, caller, at))!
  })

export const restoreAdvice = ({ db, clock }: Deps, caller: Caller): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const at = clock()
    if (!(await setOverride(tx, orgId, null))) throw notFound('advice')
    const subject = { kind: 'publishing-advice', id: null }
    await record(tx, orgId, actor, at, { verb: 'publishing-advice.restored', subject })
    return (await show(tx, caller, at))!
  })

/** Before somebody lets a post go. @throws Refusal `listening-first` with its rule, the requirement and the way out. */
export async function mustBeAdvised(tx: Tx, caller: Who, now: Date): Promise<void> {
  if (!(await isAdvised(tx, caller, now))) return
  throw new Refusal('listening-first', {
    ...{ status: 409, field: 'when' },
    params: { rule: 'listening-first', requirement: 'R0-21' },
  })
}

/** What a post was let go in spite of, for its event. */
export async function inSpiteOf(tx: Tx, caller: Who): Promise<{ inSpiteOf?: 'listening-first' }> {
  const row = await findAdvice(tx, caller.orgId)
  if (!row) return {}
  const departmentId = await departmentOf(tx, caller)
  return departmentId !== null && row.open_department_ids.includes(departmentId) ? {} : { inSpiteOf: 'listening-first' }
}

async function isAdvised(tx: Tx, caller: Who, now: Date): Promise<boolean> {
  const row = await findAdvice(tx, caller.orgId)
  if (!row) return false
  const advice = { openDepartmentIds: row.open_department_ids, overriddenUntil: row.overridden_until }
  const departmentId = await departmentOf(tx, caller)
  return holdsFor(advice, { departmentId, today: await todayOf(tx, caller.orgId, now) })
}

async function departmentOf(tx: Tx, { orgId, memberId }: Who): Promise<string | null> {
  return (await readActiveMembers(tx, orgId)).find(({ id }) => id === memberId)?.departmentId ?? null
}

const todayOf = async (tx: Tx, orgId: string, now: Date): Promise<string> =>
  dayIn(now, await readOrganisationZone(tx, orgId))

async function show(tx: Tx, caller: Who, now: Date): Promise<Shown | null> {
  const row = await findAdvice(tx, caller.orgId)
  if (!row) return null
  const today = await todayOf(tx, caller.orgId, now)
  const isSetAside = row.overridden_until !== null && row.overridden_until >= today
  const who = await readActors(tx, caller.orgId, [row.overridden_by])
  return {
    ...{ code: 'listening-first', isOn: await isAdvised(tx, caller, now), since: row.since.toISOString(), today },
    override: isSetAside
      ? {
          ...{ reason: row.override_reason!, until: row.overridden_until! },
          ...{ at: row.overridden_at!.toISOString(), by: who(row.overridden_by) },
        }
      : null,
  }
}
