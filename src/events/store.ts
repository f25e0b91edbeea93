// Every query of the event log and of notifications.

import { type SqlBool, sql } from 'kysely'
import { beginningWith } from '../db/like.ts'
import type { Tx } from '../db/tx.ts'
import { ownWalls } from '../people/walls.ts'

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
  /** The walled department in whose chain it is; null: in the organisation's. */
  wall_id: string | null
}

export interface EventFilter {
  subjectId?: string
  verb?: string
  actorId?: string
  before?: string
  after?: string
}

/** Where a list goes on in both chains: the organisation's, and that of the reader's own walled department. null: at the end. */
export type EventPlace = [common: number | null, walled: number | null]

export type PlacedEvent = EventRow & { place: EventPlace }

/** Newest first: what everybody sees, and what happened behind the reader's own wall, by their times. */
export async function readEvents(
  tx: Tx,
  orgId: string,
  filter: EventFilter,
  { place, limit }: { place: EventPlace; limit: number },
): Promise<PlacedEvent[]> {
  const [own] = await ownWalls(tx)
  const common = await readChain(tx, { orgId, wallId: null }, filter, { beforeSeq: place[0], limit })
  const walled = own ? await readChain(tx, { orgId, wallId: own }, filter, { beforeSeq: place[1], limit }) : []
  const rows: PlacedEvent[] = []
  let [lastCommon, lastWalled] = place
  while (rows.length < limit && common.length + walled.length > 0) {
    const isWalled = walled.length > 0 && (common.length === 0 || walled[0]!.at > common[0]!.at)
    const row = (isWalled ? walled : common).shift()!
    if (isWalled) lastWalled = row.seq
    else lastCommon = row.seq
    rows.push({ ...row, place: [lastCommon, lastWalled] })
  }
  return rows
}

/** null as wall: what happened in the organisation behind none. */
interface Chain {
  orgId: string
  wallId: string | null
}

const chainOf = ({ orgId, wallId }: Chain) =>
  sql<SqlBool>`org_id = ${orgId} and ${wallId === null ? sql`wall_id is null` : sql`wall_id = ${wallId}`}`

function readChain(
  tx: Tx,
  chain: Chain,
  filter: EventFilter,
  page: { beforeSeq: number | null; limit: number },
): Promise<EventRow[]> {
  let query = tx.selectFrom('events').selectAll().where(chainOf(chain))
  if (page.beforeSeq !== null) query = query.where('seq', '<', page.beforeSeq)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId)
  if (filter.verb?.endsWith('.*')) query = query.where('verb', 'like', beginningWith(filter.verb.slice(0, -1)))
  else if (filter.verb) query = query.where('verb', '=', filter.verb)
  if (filter.before) query = query.where('at', '<', new Date(filter.before))
  if (filter.after) query = query.where('at', '>=', new Date(filter.after))
  return query.orderBy('seq', 'desc').limit(page.limit).execute()
}

/** In their order, behind a place. */
export const readEventsAfter = (tx: Tx, chain: Chain, seq: number, limit: number): Promise<EventRow[]> =>
  tx.selectFrom('events').selectAll().where(chainOf(chain)).where('seq', '>', seq).orderBy('seq').limit(limit).execute()

export const readHead = (tx: Tx, chain: Chain): Promise<{ seq: number; hash: string } | undefined> =>
  tx.selectFrom('event_heads').select(['seq', 'hash']).where(chainOf(chain)).executeTakeFirst()

/** Departments that have, or may have, a chain of their own. */
export async function readChainWalls(tx: Tx, orgId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from departments where org_id = ${orgId} union select wall_id from event_heads where org_id = ${orgId} and wall_id is not null order by 1`.execute(
    tx,
  )
  return found.rows.map((row) => row.id)
}

export async function readOrganisationIds(tx: Tx): Promise<string[]> {
  return (
    await tx.selectFrom('event_heads').select('org_id').where('wall_id', 'is', null).orderBy('org_id').execute()
  ).map((row) => row.org_id)
}

/** Organisations with events of which webhooks have not been told. */
export async function readBehind(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('event_heads')
    .leftJoin('event_fan_outs', 'event_fan_outs.org_id', 'event_heads.org_id')
    .select('event_heads.org_id')
    .where('event_heads.wall_id', 'is', null)
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
