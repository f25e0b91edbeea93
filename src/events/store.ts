// Every query of the event log and of notifications.

import { beginningWith } from '../db/like.ts'
import type { Tx } from '../db/tx.ts'

export interface EventRow {
  org_id: string
  seq: number
  at: Date
  verb: string
  actor_kind: string
  actor_id: string | null
  subject_kind: string
  subject_id: string | null
  facts: unknown
  hash: string
}

export interface EventFilter {
  subjectId?: string
  verb?: string
  actorId?: string
  before?: string
  after?: string
}

/** Newest first; `beforeSeq` continues a list. */
export function readEvents(
  tx: Tx,
  orgId: string,
  filter: EventFilter,
  page: { beforeSeq: number | null; limit: number },
): Promise<EventRow[]> {
  let query = tx.selectFrom('events').selectAll().where('org_id', '=', orgId)
  if (page.beforeSeq !== null) query = query.where('seq', '<', page.beforeSeq)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId)
  if (filter.verb?.endsWith('.*')) query = query.where('verb', 'like', beginningWith(filter.verb.slice(0, -1)))
  else if (filter.verb) query = query.where('verb', '=', filter.verb)
  if (filter.before) query = query.where('at', '<', new Date(filter.before))
  if (filter.after) query = query.where('at', '>=', new Date(filter.after))
  return query.orderBy('seq', 'desc').limit(page.limit).execute()
}

export const readEventsAfter = (tx: Tx, orgId: string, seq: number, limit: number): Promise<EventRow[]> =>
  tx
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()

export const readHead = (tx: Tx, orgId: string): Promise<{ seq: number; hash: string } | undefined> =>
  tx.selectFrom('event_heads').select(['seq', 'hash']).where('org_id', '=', orgId).executeTakeFirst()

export async function readOrganisationIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom('event_heads').select('org_id').orderBy('org_id').execute()).map((row) => row.org_id)
}

/** Organisations with events of which webhooks have not been told. */
export async function readBehind(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('event_heads')
    .leftJoin('event_fan_outs', 'event_fan_outs.org_id', 'event_heads.org_id')
    .select('event_heads.org_id')
    .where(({ eb, fn, val, ref }) =>
      eb(fn.coalesce(ref('event_fan_outs.fanned_out_seq'), val(0)), '<', ref('event_heads.seq')),
    )
    .orderBy('event_heads.org_id')
    .execute()
  return rows.map((row) => row.org_id)
}

/** The place up to which an organisation has been fanned out; undefined while another worker has it in hand. */
export async function lockFanOut(tx: Tx, orgId: string): Promise<number | undefined> {
  await tx
    .insertInto('event_fan_outs')
    .values({ org_id: orgId, fanned_out_seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('event_fan_outs')
    .select('fanned_out_seq')
    .where('org_id', '=', orgId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.fanned_out_seq
}

export const moveFanOut = (tx: Tx, orgId: string, seq: number): Promise<unknown> =>
  tx.updateTable('event_fan_outs').set({ fanned_out_seq: seq }).where('org_id', '=', orgId).execute()

// ── Notifications ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface NotificationRow {
  id: string
  kind: string
  facts: unknown
  subject_kind: string | null
  subject_id: string | null
  created_at: Date
  read_at: Date | null
}

export function readNotifications(
  tx: Tx,
  orgId: string,
  memberId: string,
  page: { beforeId: string | null; limit: number },
): Promise<NotificationRow[]> {
  let query = tx
    .selectFrom('notifications')
    .select(['id', 'kind', 'facts', 'subject_kind', 'subject_id', 'created_at', 'read_at'])
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export async function countUnread(tx: Tx, orgId: string, memberId: string): Promise<number> {
  const counted = await tx
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('unread'))
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(counted.unread)
}

/** `ids` null: all of them. */
export async function markNotificationsRead(
  tx: Tx,
  orgId: string,
  memberId: string,
  { ids, at }: { ids: string[] | null; at: Date },
): Promise<void> {
  if (ids?.length === 0) return
  let query = tx
    .updateTable('notifications')
    .set({ read_at: at })
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('read_at', 'is', null)
  if (ids) query = query.where('id', 'in', ids)
  await query.execute()
}

export async function deleteOldNotifications(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('notifications').where('created_at', '<', before).execute()
}
