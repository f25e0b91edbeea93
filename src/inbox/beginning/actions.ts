// Verbs of conversations that we begin: with somebody who was heard, planned by the week, counted apart from replies.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { findAuthor } from '../../listening/authors/store.ts'
import { newestOf } from '../../listening/handing-on/for-inbox.ts'
import { mentionId } from '../../listening/mentions/identity.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { contactsById } from '../contacts/store.ts'
import { takeOverByHand } from '../taking-over/actions.ts'
import { weeksOf } from './rules.ts'
import { begunWeeks, goalRows, putGoal, seenDepartments } from './store.ts'

type Deps = Parameters<typeof takeOverByHand>[0]

interface Beginning {
  id: string
  reason: string
  anyway: boolean
}

/** @throws Refusal `nothing-heard`, or as taking over does. */
export const beginWithAuthor = (services: Deps, caller: Caller, given: Beginning) =>
  begin(services, caller, given, async (tx) => {
    const isKnown =
      (await newestOf(tx, caller.orgId, [given.id])) !== null ||
      (await findAuthor(tx, caller.orgId, given.id)) !== undefined
    if (!isKnown) throw notFound('person')
    return [given.id]
  })

/** By whatever network they are heard on. @throws Refusal as `beginWithAuthor`. */
export const beginWithContact = (services: Deps, caller: Caller, given: Beginning) =>
  begin(services, caller, given, async (tx) => {
    const [contact] = await contactsById(tx, caller.orgId, [given.id])
    if (!contact) throw notFound('contact')
    return (contact.identities ?? []).map(({ network, remoteId }) => mentionId(network, remoteId))
  })

/** With what they said last: nobody is written to out of nothing. */
async function begin(
  services: Deps,
  caller: Caller,
  { reason, anyway }: Beginning,
  authorsOf: (tx: Tx) => Promise<string[]>,
) {
  const { orgId, memberId } = caller
  const mention = await readInOrg(services.db, orgId, async (tx) => newestOf(tx, orgId, await authorsOf(tx)))
  if (mention === null) throw new Refusal('nothing-heard', { status: 409, field: 'id' })
  return takeOverByHand(services, caller, { id: mention, reason, anyway, assigneeId: memberId, accountId: null })
}

// ── Planned and counted ─────────────────────────────────────────────────────────────────────────────────────────────

type Timed = Pick<Services, 'db' | 'clock'>

export const readBegun = (
  { db, clock }: Timed,
  { orgId }: Pick<Caller, 'orgId'>,
  { weeks, departmentId }: { weeks: number; departmentId?: string | undefined },
) =>
  readInOrg(db, orgId, async (tx) => {
    const zone = await readOrganisationZone(tx, orgId)
    const to = mondayOf(dayIn(clock(), zone))
    const from = addDays(to, -7 * (weeks - 1))
    const told = { rows: await begunWeeks(tx, orgId, { zone, from, to }), goals: await goalRows(tx, orgId) }
    const departments = await seenDepartments(tx, orgId)
    const line = (of: { id: string; name: string } | null) => {
      const [now] = weeksOf(told, { departmentId: of?.id, from: to, to })
      const department = of && { id: of.id, name: of.name }
      return { department, begun: now!.begun, answered: now!.answered, goal: now!.goal }
    }
    const planned = departments.map(line).filter(({ goal }) => goal !== null)
    return { zone, weeks: weeksOf(told, { departmentId, from, to }), thisWeek: [line(null), ...planned] }
  })

/** From this week on. @throws Refusal `department-not-found`. */
export const setGoal = (
  { db, clock }: Timed,
  { orgId, memberId, actor }: Caller,
  { departmentId, weekly }: { departmentId: string | null; weekly: number },
) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const departments = await seenDepartments(tx, orgId)
    const department = departments.find(({ id }) => id === departmentId)
    if (departmentId !== null && !department)
      throw new Refusal('department-not-found', { status: 404, field: 'departmentId' })
    const from = mondayOf(dayIn(at, await readOrganisationZone(tx, orgId)))
    await putGoal(tx, orgId, { departmentId, from, weekly, at, by: memberId })
    const facts = { weekly, department: department?.name ?? null }
    await record(tx, orgId, actor, at, {
      ...{ verb: 'conversation-goal.set', subject: { kind: 'organisation', id: orgId }, facts },
      wallId: department?.isWalled ? department.id : null,
    })
  })
