// Puts somebody on duty for a day: what a person enters, and what protocols of crises, events and drills write once they give duties themselves.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { addDays } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Actor } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { readSettings } from '../figures/store.ts'
import { dutiesInARow } from './rules.ts'
import { type DutyRow, dutyRows, insertDuty, lockDuties } from './store.ts'
import type { DutyFacts } from './types.ts'

export type DutyDeps = Pick<Services, 'queue' | 'mailer' | 'clock'>

export interface By {
  orgId: string
  actor: Actor
  /** null: Longrun itself. */
  memberId: string | null
}

/** More days in a row are never asked about. */
const around = 7

/** The same again changes nothing. @throws Refusal `member-unknown`, `no-free-day` with the field. */
export async function putOnDuty(services: DutyDeps, tx: Tx, by: By, facts: DutyFacts): Promise<string> {
  const { orgId } = by
  const { memberId, day, kind } = facts
  const at = services.clock()
  if (!(await isActiveMember(tx, orgId, memberId))) throw new Refusal('member-unknown', { field: 'memberId' })
  await lockDuties(tx, orgId)
  const same = await sameDuty(tx, orgId, { memberId, day, kind }, at)
  if (same) return same.id
  const id = await insertDuty(tx, orgId, { ...facts, by: by.memberId, at })
  await tellDuty(services, tx, by, { id, verb: 'duty.given', facts })
  return id
}

/** Of this person and kind on this day, where there is one; where there is none, one more has to leave a free day. @throws Refusal `no-free-day`. */
export async function sameDuty(
  tx: Tx,
  orgId: string,
  { memberId, day, kind }: Omit<DutyFacts, 'note'>,
  at: Date,
): Promise<DutyRow | null> {
  const near = await dutyRows(tx, orgId, { from: addDays(day, -around), to: addDays(day, around), memberId })
  const same = near.find((row) => row.on_day === day && row.kind === kind)
  if (same) return same
  await mustLeaveAFreeDay(tx, orgId, { day, others: near.map(({ on_day }) => on_day), at })
  return null
}

/** What was is written down as it was: only days to come can be kept free. */
async function mustLeaveAFreeDay(
  tx: Tx,
  orgId: string,
  { day, others, at }: { day: string; others: readonly string[]; at: Date },
): Promise<void> {
  const { daysInARow } = await readSettings(tx, orgId)
  if (day < (await todayOf(tx, orgId, at)) || dutiesInARow(day, others) <= daysInARow) return
  throw new Refusal('no-free-day', {
    field: 'day',
    params: { days: daysInARow, rule: 'recovery', requirement: 'R3-12' },
  })
}

/** Whoever it is about is told, unless they did it themselves. The note is theirs and stands in no log. */
export async function tellDuty(
  services: DutyDeps,
  tx: Tx,
  { orgId, actor, memberId }: By,
  { id, verb, facts: { memberId: whose, day, kind } }: { id: string; verb: string; facts: Omit<DutyFacts, 'note'> },
): Promise<void> {
  const [subject, facts] = [
    { kind: 'duty', id },
    { day, kind },
  ]
  await record(tx, orgId, actor, services.clock(), { verb, subject, facts })
  if (whose === memberId) return
  const told = verb === 'duty.removed' ? 'duty-removed' : 'duty-given'
  await notify(tx, services, orgId, { kind: told, memberIds: [whose], subject, facts })
}
