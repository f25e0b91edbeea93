// Every query of certificates and buddies.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../../../db/pool.ts'
import type { Buddies, Certificates } from '../../../db/schema.gen.ts'
import type { Tx } from '../../../db/tx.ts'
import { newId } from '../../../lib/ids.ts'
import type { BuddyFacts, CertificateFacts } from './types.ts'

export type CertificateRow = Selectable<Certificates> & { name: string }
export type BuddyRow = Selectable<Buddies>

/** Of the programme that goes on, newest first. */
export async function certificateRows(tx: Tx, orgId: string, id?: string): Promise<CertificateRow[]> {
  const found = await sql<CertificateRow>`
    select t.*, t.since::text as since, t.until::text as until, c.name from certificates t
      join competencies c on c.org_id = t.org_id and c.id = t.competency_id join programmes p on p.org_id = c.org_id and p.id = c.programme_id
      where t.org_id = ${orgId} and p.ended_at is null ${id ? sql`and t.id = ${id}` : sql``} order by t.given_at desc, t.id desc`.execute(
    tx,
  )
  return found.rows
}

interface NewCertificate extends Omit<CertificateFacts, 'proofId'> {
  since: string
  evidence: Record<string, unknown>
  by: string
  at: Date
}

/** One that counted before ends: the new one takes its place. */
export async function insertCertificate(tx: Tx, orgId: string, given: NewCertificate): Promise<string> {
  const { competencyId, memberId, since, until, how, evidence, by, at } = given
  await tx
    .updateTable('certificates')
    .set({ ended_at: at, ended_by: by })
    .where('org_id', '=', orgId)
    .where('competency_id', '=', competencyId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .execute()
  const id = newId()
  await tx
    .insertInto('certificates')
    .values({
      ...{ org_id: orgId, id, competency_id: competencyId, member_id: memberId, since, until, how },
      ...{ evidence: JSON.stringify(evidence), given_at: at, given_by: by },
    })
    .execute()
  return id
}

export const markCertificate = (tx: Tx, orgId: string, id: string, ended: { at: Date; by: string } | null) =>
  tx
    .updateTable('certificates')
    .set({ ended_at: ended?.at ?? null, ended_by: ended?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export interface EndingCertificate {
  org_id: string
  id: string
  member_id: string
  given_by: string
  until: string
  name: string
}

/** Those that end within so many days of their organisation, told once. Runs as the system. */
export async function markEnding(
  tx: Tx,
  { now, days, limit }: { now: Date; days: number; limit: number },
): Promise<EndingCertificate[]> {
  const found = await sql<EndingCertificate>`
    update certificates t set told_at = ${now} from competencies c
      where c.org_id = t.org_id and c.id = t.competency_id and (t.org_id, t.id) in
        (select e.org_id, e.id from certificates e join organisations o on o.id = e.org_id where e.ended_at is null and e.told_at is null
          and e.until is not null and e.until <= (${now}::timestamptz at time zone o.time_zone)::date + ${days}::integer
          order by e.until limit ${limit} for update of e skip locked)
      returning t.org_id, t.id, t.member_id, t.given_by, t.until::text as until, c.name`.execute(tx)
  return found.rows
}

/** Who are at somebody's side now, longest first. */
export const buddyRows = (tx: Tx, orgId: string): Promise<BuddyRow[]> =>
  tx
    .selectFrom('buddies')
    .select(['org_id', 'id', 'novice_id', 'buddy_id', 'minutes_weekly', 'begun_at', 'begun_by', 'ended_at', 'ended_by'])
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .orderBy('begun_at')
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()

export const findBuddies = (tx: Tx, orgId: string, id: string): Promise<BuddyRow | undefined> =>
  tx.selectFrom('buddies').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export async function insertBuddies(
  tx: Tx,
  orgId: string,
  { noviceId, buddyId, minutesWeekly, by, at }: BuddyFacts & { by: string; at: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('buddies')
    .values({
      ...{ org_id: orgId, id, novice_id: noviceId, buddy_id: buddyId, minutes_weekly: minutesWeekly },
      ...{ begun_at: at, begun_by: by },
    })
    .execute()
  return id
}

export const markBuddies = (tx: Tx, orgId: string, id: string, ended: { at: Date; by: string } | null) =>
  tx
    .updateTable('buddies')
    .set({ ended_at: ended?.at ?? null, ended_by: ended?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
