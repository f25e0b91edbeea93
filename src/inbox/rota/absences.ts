// Verbs of absences: list, plan, move, call off. Everybody for themselves; those who lead for others too.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActors } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { askAgain } from '../routing/store-routes.ts'
import type { rotaContract } from './contract.ts'
import { absenceFault } from './rules.ts'
import { type AbsenceRow, absenceRows, insertAbsence, lockAbsence, updateAbsence } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type AbsenceShown = z.infer<(typeof rotaContract)['absences']['plan']['~orpc']['outputSchema'] & z.ZodType>

const place = z.tuple([z.iso.datetime(), z.uuid()])

interface Listing {
  memberId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  cursor?: string | undefined
}

export const listAbsences = ({ db, clock }: Deps, caller: Caller, { limit, cursor, ...asked }: Listing) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const from = asked.from ? new Date(asked.from) : clock()
    const to = asked.to ? new Date(asked.to) : null
    const query = { memberId: asked.memberId, from, to, after: readCursor(cursor, place), limit: limit + 1 }
    const rows = await absenceRows(tx, caller.orgId, query)
    const show = await absenceShower(tx, caller, rows)
    return pageFrom(rows, limit, (row) => [row.from_at.toISOString(), row.id], show)
  })

async function absenceShower(tx: Tx, caller: Caller, rows: readonly AbsenceRow[]) {
  const person = await readActors(
    tx,
    caller.orgId,
    rows.flatMap(({ member_id, planned_by }) => [member_id, planned_by]),
  )
  return (row: AbsenceRow): AbsenceShown => ({
    ...{ id: row.id, member: person(row.member_id)!, from: row.from_at.toISOString(), to: row.to_at.toISOString() },
    // Why somebody is away is often their health: colleagues need to know that, and not why.
    reason: isFor(caller, row.member_id) ? row.reason : null,
    plannedBy: person(row.planned_by),
  })
}

const isFor = ({ memberId, role }: Caller, of: string): boolean => of === memberId || may(role, 'work.change')

function mustBeFor(caller: Caller, of: string): void {
  if (!isFor(caller, of)) throw new Refusal('absence-of-others', { status: 403 })
}

interface Planning {
  memberId?: string | undefined
  from: string
  to: string
  reason: string
}

/** @throws Refusal `absence-ends-before`, `absence-over`, `absence-too-long`, `absence-of-others`. */
export const planAbsence = ({ db, clock }: Deps, caller: Caller, { reason, ...given }: Planning) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId: by } = caller
    const [memberId, at] = [given.memberId ?? by, clock()]
    if (!(await isActiveMember(tx, orgId, memberId))) throw new Refusal('member-not-found', { field: 'memberId' })
    mustBeFor(caller, memberId)
    const span = { from: new Date(given.from), to: new Date(given.to) }
    mustBePlannable(span, at)
    const row = {
      ...{ org_id: orgId, id: newId(), member_id: memberId, from_at: span.from, to_at: span.to, reason },
      ...{ planned_at: at, planned_by: by },
    }
    await insertAbsence(tx, row)
    const shown = (await absenceShower(tx, caller, [{ ...row, ended_at: null, ended_by: null }]))(row as AbsenceRow)
    await record(tx, orgId, caller.actor, at, told('absence.planned', shown))
    return shown
  })

function mustBePlannable(span: { from: Date; to: Date }, now: Date): void {
  const fault = absenceFault(span, now)
  if (fault) throw new Refusal(fault, { field: 'to' })
}

/** Without the reason: the log is read by everybody. */
const told = (verb: string, { id, member, from, to }: AbsenceShown): NewEvent => ({
  verb,
  subject: { kind: 'absence', id },
  facts: { member: member.name, from, to },
})

interface Changing {
  id: string
  from?: string | undefined
  to?: string | undefined
  reason?: string | undefined
}

export const changeAbsence = ({ db, clock }: Deps, caller: Caller, { id, ...change }: Changing) =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const row = await standing(tx, caller, id, at)
    const span = {
      from: change.from ? new Date(change.from) : row.from_at,
      to: change.to ? new Date(change.to) : row.to_at,
    }
    mustBePlannable(span, at)
    const values = { from_at: span.from, to_at: span.to, reason: change.reason ?? row.reason }
    await updateAbsence(tx, caller.orgId, id, values)
    await askAgain(tx, caller.orgId, at)
    const shown = (await absenceShower(tx, caller, [row]))({ ...row, ...values })
    await record(tx, caller.orgId, caller.actor, at, told('absence.changed', shown))
    return shown
  })

/** One that holds and is not over. */
async function standing(tx: Tx, caller: Caller, id: string, now: Date): Promise<AbsenceRow> {
  const row = await lockAbsence(tx, caller.orgId, id)
  if (!row || row.ended_at !== null) throw notFound('absence')
  mustBeFor(caller, row.member_id)
  if (row.to_at <= now) throw new Refusal('absence-over', { status: 409 })
  return row
}

export const callOffAbsence = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }) =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const row = await standing(tx, caller, id, at)
    await updateAbsence(tx, caller.orgId, id, { ended_at: at, ended_by: caller.memberId })
    await askAgain(tx, caller.orgId, at)
    const shown = (await absenceShower(tx, caller, [row]))(row)
    await record(tx, caller.orgId, caller.actor, at, told('absence.called-off', shown))
    return { calledOff: true as const }
  })
