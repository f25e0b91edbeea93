// Verbs of needs: read them, say one, take it back.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../../db/tx.ts'
import { record } from '../../../events/actions.ts'
import { Refusal } from '../../../lib/refusal.ts'
import { readActiveMembers } from '../../../people/directory.ts'
import { may } from '../../../people/permissions.ts'
import type { Caller } from '../../../people/types.ts'
import type { Services } from '../../../services.ts'
import { mustGoOn, todayOf } from '../../actions.ts'
import { knownActivities, oneOf } from '../../load/costs/activities.ts'
import { findGoingOn } from '../../store.ts'
import { lockLadder, rungRows } from '../store.ts'
import type { needsView } from './contract.ts'
import { abilitiesOf, type Grounds, nobodyMay, usualNeeds } from './rules.ts'
import { putNeed, readGrounds, takeNeedBack } from './store.ts'
import type { NeedFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof needsView>

export const listNeeds = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown> =>
  readInOrg(db, orgId, (tx) => show(tx, orgId, clock()))

/** @throws Refusal `no-programme`, `competency-unknown` with the field. */
export const sayNeed = ({ db, clock }: Deps, caller: Caller, { activity, key }: NeedFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    const programme = await mustGoOn(tx, orgId)
    await lockLadder(tx, orgId)
    const rung = (await rungRows(tx, orgId, programme.id)).find((each) => each.key === key)
    if (key !== null && !rung) throw new Refusal('competency-unknown', { field: 'key' })
    await putNeed(tx, orgId, { activity, key, by: memberId, at })
    const facts = { activity, name: rung?.name ?? null }
    const subject = { kind: 'programme', id: programme.id }
    await record(tx, orgId, actor, at, { verb: 'need.said', subject, facts })
    return show(tx, orgId, at)
  })

/** Where nothing was said nothing changes. @throws Refusal `no-programme`. */
export const takeBack = ({ db, clock }: Deps, caller: Caller, { activity }: { activity: string }): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const at = clock()
    const programme = await mustGoOn(tx, orgId)
    await lockLadder(tx, orgId)
    await takeNeedBack(tx, orgId, activity, at)
    const subject = { kind: 'programme', id: programme.id }
    await record(tx, orgId, actor, at, { verb: 'need.taken-back', subject, facts: { activity } })
    return show(tx, orgId, at)
  })

async function show(tx: Tx, orgId: string, now: Date): Promise<Shown> {
  const programme = await findGoingOn(tx, orgId)
  if (!programme) return { needs: [], rungs: [] }
  const today = await todayOf(tx, orgId, now)
  const grounds = await readGrounds(tx, orgId, { programmeId: programme.id, today })
  const members = (await readActiveMembers(tx, orgId)).filter(({ role }) => may(role, 'programme.log'))
  return {
    needs: activitiesOf(grounds).map(viewer(grounds, members)),
    rungs: grounds.rungs.map(({ key, name }) => ({ key, name })),
  }
}

/** The known ones, and whatever else something was said of. */
const activitiesOf = ({ said }: Grounds): string[] => [
  ...new Set([...knownActivities.map(({ id }): string => id), ...said.keys()]),
]

function viewer(
  grounds: Grounds,
  members: readonly { id: string; name: string }[],
): (activity: string) => Shown['needs'][number] {
  const abilities = abilitiesOf(grounds)
  const names = new Map(members.map(({ id, name }) => [id, name]))
  return (activity) => {
    const need = abilities.needOf(activity)
    const able = members.filter(({ id }) => abilities.may(id, activity))
    return {
      activity,
      ...{ said: grounds.said.get(activity) ?? null, isSaid: grounds.said.has(activity) },
      ...{ usual: usualNeeds[activity] ?? null, holds: need?.key ?? null },
      able: able.map(({ id, name }) => ({
        ...{ id, name, beside: names.get(abilities.besideOf(id, activity) ?? '') ?? null },
      })),
      says: need && able.length === 0 ? nobodyMay(oneOf(activity), need) : null,
    }
  }
}
