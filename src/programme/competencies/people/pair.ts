// Verbs of buddies: somebody at the side of whoever is new, and what that takes them.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../../db/tx.ts'
import { record } from '../../../events/actions.ts'
import { notFound, Refusal } from '../../../lib/refusal.ts'
import { isActiveMember, readActiveMembers } from '../../../people/directory.ts'
import { may } from '../../../people/permissions.ts'
import type { Caller } from '../../../people/types.ts'
import type { Services } from '../../../services.ts'
import { todayOf } from '../../actions.ts'
import { ceilings } from '../../time/store.ts'
import { lockLadder, skillsOf } from '../store.ts'
import type { buddiesView } from './contract.ts'
import { whyNotBuddies } from './rules.ts'
import { type BuddyRow, buddyRows, findBuddies, insertBuddies, markBuddies } from './store.ts'
import type { BuddyFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof buddiesView>

export const listBuddies = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown> =>
  readInOrg(db, orgId, (tx) => show(tx, orgId, clock()))

/** @throws Refusal `own-buddy`, `has-a-buddy`, `buddy-is-new`, `novice-is-a-buddy`, `buddy-has-enough`, `member-unknown`. */
export const pairBuddies = ({ db, clock }: Deps, caller: Caller, facts: BuddyFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    await lockLadder(tx, orgId)
    for (const field of ['noviceId', 'buddyId'] as const)
      if (!(await isActiveMember(tx, orgId, facts[field]))) throw new Refusal('member-unknown', { field })
    await mustFit(tx, orgId, facts)
    const id = await insertBuddies(tx, orgId, { ...facts, by: memberId, at })
    await tell(tx, caller, 'buddy.paired', { id, ...facts }, at)
    return show(tx, orgId, at)
  })

const mark =
  (isEnded: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const { orgId, memberId } = caller
      const at = clock()
      await lockLadder(tx, orgId)
      const row = await findBuddies(tx, orgId, id)
      if (!row) throw notFound('buddies')
      if ((row.ended_at !== null) === isEnded) return show(tx, orgId, at)
      if (!isEnded) await mustFit(tx, orgId, factsOf(row))
      await markBuddies(tx, orgId, id, isEnded ? { at, by: memberId } : null)
      await tell(tx, caller, isEnded ? 'buddy.ended' : 'buddy.resumed', { id, ...factsOf(row) }, at)
      return show(tx, orgId, at)
    })

export const endBuddies = mark(true)
export const resumeBuddies = mark(false)

const factsOf = ({ novice_id, buddy_id, minutes_weekly }: BuddyRow): BuddyFacts => ({
  ...{ noviceId: novice_id, buddyId: buddy_id, minutesWeekly: minutes_weekly },
})

async function mustFit(tx: Tx, orgId: string, facts: BuddyFacts): Promise<void> {
  const refused = whyNotBuddies(facts, (await buddyRows(tx, orgId)).map(factsOf))
  if (refused) throw new Refusal(refused.code, refused)
}

const tell = (
  tx: Tx,
  { orgId, actor }: Caller,
  verb: string,
  { id, ...facts }: BuddyFacts & { id: string },
  at: Date,
) => record(tx, orgId, actor, at, { verb, subject: { kind: 'buddy', id }, facts: { ...facts } })

async function show(tx: Tx, orgId: string, now: Date): Promise<Shown> {
  const members = await readActiveMembers(tx, orgId)
  const names = new Map(members.map(({ id, name }) => [id, name]))
  // Who has left is nobody's buddy any more.
  const rows = (await buddyRows(tx, orgId)).filter((row) => names.has(row.novice_id) && names.has(row.buddy_id))
  const personOf = (id: string) => ({ id, name: names.get(id)! })
  const skills = await skillsOf(tx, orgId, await todayOf(tx, orgId, now))
  const given = await ceilings(tx, orgId)
  const accompanied = new Set(rows.map(({ novice_id }) => novice_id))
  return {
    pairs: rows.map(({ id, novice_id, buddy_id, minutes_weekly, begun_at }) => ({
      ...{ id, novice: personOf(novice_id), buddy: personOf(buddy_id), minutesWeekly: minutes_weekly },
      begunAt: begun_at.toISOString(),
    })),
    loads: [...Map.groupBy(rows, ({ buddy_id }) => buddy_id)].map(([id, own]) => ({
      ...{ buddy: personOf(id), novices: own.length, ceiling: given.get(id) ?? null },
      minutesWeekly: own.reduce((sum, { minutes_weekly }) => sum + minutes_weekly, 0),
    })),
    alone: members
      .filter(({ id, role }) => may(role, 'programme.log') && !skills.has(id) && !accompanied.has(id))
      .filter(({ id }) => !rows.some(({ buddy_id }) => buddy_id === id))
      .map(({ id, name }) => ({ id, name })),
  }
}
