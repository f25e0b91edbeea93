// Every query of listening briefs and their readers.

import { type Selectable, sql } from 'kysely'
import type { ListeningBriefs } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { BriefFigures, BriefState } from './types.ts'

export type BriefRow = Omit<Selectable<ListeningBriefs>, 'figures' | 'state'> & {
  figures: BriefFigures
  state: BriefState
}

export const findListeningBrief = (tx: Tx, orgId: string, id: string): Promise<BriefRow | undefined> =>
  one(tx, orgId, sql`id = ${id}`)

export const lockListeningBrief = (tx: Tx, orgId: string, id: string): Promise<BriefRow | undefined> =>
  one(tx, orgId, sql`id = ${id} for update`)

export const briefOfWeek = (tx: Tx, orgId: string, week: string): Promise<BriefRow | undefined> =>
  one(tx, orgId, sql`week = ${week}::date`)

async function one(tx: Tx, orgId: string, where: ReturnType<typeof sql>): Promise<BriefRow | undefined> {
  const found = await sql<BriefRow>`select * from listening_briefs where org_id = ${orgId} and ${where}`.execute(tx)
  return found.rows[0]
}

/** Its id; null: somebody else made the brief of that week. Readers are those of the last that was published. */
export async function insertListeningBrief(
  tx: Tx,
  orgId: string,
  { week, figures, at, by }: { week: string; figures: BriefFigures; at: Date; by: string | null },
): Promise<string | null> {
  const made = await sql<{ id: string }>`
    insert into listening_briefs (org_id, id, week, state, revision, figures, figures_at, reader_ids, department_ids, created_at, created_by)
      select ${orgId}, ${newId()}, ${week}::date, 'draft', 1, ${JSON.stringify(figures)}::jsonb, ${at},
        coalesce(last.reader_ids, '{}'), coalesce(last.department_ids, '{}'), ${at}, ${by}::uuid
        from (select 1) one left join lateral (select reader_ids, department_ids from listening_briefs
          where org_id = ${orgId} and published_at is not null order by week desc limit 1) last on true
      on conflict (org_id, week) do nothing returning id`.execute(tx)
  return made.rows[0]?.id ?? null
}

export type BriefChange = Partial<Omit<BriefRow, 'org_id' | 'id' | 'figures'>> & { figures?: string }

export async function updateListeningBrief(tx: Tx, orgId: string, id: string, change: BriefChange): Promise<void> {
  await tx.updateTable('listening_briefs').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()
}

export interface ListedBrief extends BriefRow {
  readers: number
  read: number
}

/** Newest week first, after `before`. */
export async function listListeningBriefs(
  tx: Tx,
  orgId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<ListedBrief[]> {
  const found = await sql<ListedBrief>`
    select b.*, r.readers, r.read from listening_briefs b,
      lateral (select count(*)::integer as readers, count(read_at)::integer as read from listening_brief_readers r
        where r.org_id = b.org_id and r.brief_id = b.id) r
      where b.org_id = ${orgId} ${before ? sql`and b.week < ${before}::date` : sql``} order by b.week desc limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

// ── Readers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Who belongs to the organisation now, of those named and of the departments. */
export async function addReaders(tx: Tx, { org_id, id, reader_ids, department_ids }: BriefRow): Promise<string[]> {
  const added = await sql<{ member_id: string }>`
    insert into listening_brief_readers (org_id, brief_id, member_id)
      select org_id, ${id}, id from members where org_id = ${org_id} and ended_at is null
        and (id = any(${reader_ids}::uuid[]) or department_id = any(${department_ids}::uuid[]))
      on conflict do nothing returning member_id`.execute(tx)
  return added.rows.map(({ member_id }) => member_id)
}

export interface ReceiptRow {
  member_id: string
  read_at: Date | null
  read_by: 'app' | 'link' | null
  reminded_at: Date | null
  mail: 'waiting' | 'sending' | 'sent' | 'refused' | 'unknown' | 'left-out' | null
}

export async function receiptRows(tx: Tx, orgId: string, briefId: string): Promise<ReceiptRow[]> {
  const found = await sql<ReceiptRow>`
    select r.member_id, r.read_at, r.read_by, r.reminded_at, m.state as mail from listening_brief_readers r
      left join listening_brief_mails m on m.org_id = r.org_id and m.brief_id = r.brief_id and m.member_id = r.member_id and m.kind = 'brief'
      where r.org_id = ${orgId} and r.brief_id = ${briefId} order by r.read_at nulls last, r.member_id`.execute(tx)
  return found.rows
}

/** Whether it was not on record before; null: not one of its readers. The first time counts. */
export async function markRead(
  tx: Tx,
  orgId: string,
  { briefId, memberId, by, at }: { briefId: string; memberId: string; by: 'app' | 'link'; at: Date },
): Promise<boolean | null> {
  const found = await sql<{ read_at: Date | null }>`
    select read_at from listening_brief_readers where org_id = ${orgId} and brief_id = ${briefId} and member_id = ${memberId} for update`.execute(
    tx,
  )
  if (!found.rows[0]) return null
  if (found.rows[0].read_at) return false
  await tx
    .updateTable('listening_brief_readers')
    .set({ read_at: at, read_by: by })
    .where('org_id', '=', orgId)
    .where('brief_id', '=', briefId)
    .where('member_id', '=', memberId)
    .execute()
  return true
}

/** Readers of published briefs who said nothing since `before` and were never reminded; they are marked. Must run as the system. */
export async function takeUnreminded(tx: Tx, before: Date, at: Date) {
  const found = await sql<{ org_id: string; brief_id: string; member_id: string; week: string }>`
    update listening_brief_readers r set reminded_at = ${at}
      from listening_briefs b, members m
      where b.org_id = r.org_id and b.id = r.brief_id and b.state = 'published' and b.published_at <= ${before}
        and m.org_id = r.org_id and m.id = r.member_id and m.ended_at is null
        and r.read_at is null and r.reminded_at is null
        and not exists (select from listening_brief_mails x where x.org_id = r.org_id and x.brief_id = r.brief_id and x.member_id = r.member_id
          and x.kind = 'brief' and (x.state in ('waiting', 'sending') or x.settled_at > ${before}))
      returning r.org_id, r.brief_id, r.member_id, b.week`.execute(tx)
  return found.rows
}
