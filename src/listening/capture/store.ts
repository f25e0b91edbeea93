// Every query of what was captured by hand, and of the files that it came in.

import { type Selectable, sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import type { CaptureImports } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { mentionAt } from '../mentions/mention-at.ts'
import { insertSource } from '../sources/store.ts'
import { byHand } from '../sources/types.ts'
import { byHandNetwork, type Channel, channelNames } from './types.ts'

/** Until the transaction ends nobody else brings anything to this organisation. */
export async function oneAtATime(tx: Tx, orgId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.captures}, hashtext(${orgId}))`.execute(tx)
}

/** The source of a channel, made when somebody first brings something from there. Two who do so at once get the same one. */
export async function sourceOf(
  tx: Tx,
  orgId: string,
  channel: Channel,
  who: { at: Date; by: string },
): Promise<string> {
  await oneAtATime(tx, orgId)
  const found = await sql<{ id: string }>`
    select id from sources where org_id = ${orgId} and kind = ${byHand} and settings ->> 'channel' = ${channel} and removed_at is null
      order by created_at limit 1`.execute(tx)
  if (found.rows[0]) return found.rows[0].id
  return insertSource(tx, orgId, {
    ...who,
    connector: byHandNetwork,
    kind: byHand,
    name: channelNames[channel],
    settings: { channel },
    keepsAll: true,
    ...{ accountId: null, readerId: null, costPerThousand: null, currency: null },
  })
}

export interface NewCapture {
  mentionId: string
  at: Date
  note: string
}

export async function insertCaptures(
  tx: Tx,
  orgId: string,
  captures: readonly NewCapture[],
  { sourceId, importId, at, by }: { sourceId: string; importId: string | null; at: Date; by: string },
): Promise<void> {
  if (captures.length === 0) return
  await sql`
    insert into captures (org_id, mention_id, at, source_id, import_id, note, captured_at, captured_by)
      select ${orgId}, mention_id, at, ${sourceId}, ${importId}::uuid, note, ${at}, ${by}
      from unnest(${captures.map(({ mentionId }) => mentionId)}::uuid[], ${captures.map((each) => each.at)}::timestamptz[],
        ${captures.map(({ note }) => note)}::text[]) c (mention_id, at, note)
      on conflict do nothing`.execute(tx)
}

/** Those of the mentions that were captured before, whenever that was. */
export async function capturedAmong(tx: Tx, orgId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ mention_id: string }>`
    select mention_id from captures where org_id = ${orgId} and mention_id = any(${ids}::uuid[])`.execute(tx)
  return new Set(found.rows.map(({ mention_id }) => mention_id))
}

export interface CaptureRow {
  id: string
  at: Date
  captured_at: Date
  captured_by: string
  import_id: string | null
  note: string
  channel: Channel
  body: string
  title: string | null
  url: string | null
  author_name: string | null
  place: string | null
  topics: number[]
  sentiment: number | null
}

/** Newest first. */
export async function captureRows(
  tx: Tx,
  orgId: string,
  { limit, after, id }: { limit: number; after: [string, string] | null; id?: string },
): Promise<CaptureRow[]> {
  const found = await sql<CaptureRow>`
    select m.id, m.at, c.captured_at, c.captured_by, c.import_id, c.note, s.settings ->> 'channel' as channel, m.body, m.title, m.url, m.author_name,
        m.place, m.topics, m.sentiment
      from captures c cross join ${mentionAt(orgId, sql`c.at`, sql`c.mention_id`)} m
        join sources s on s.org_id = c.org_id and s.id = c.source_id
      where c.org_id = ${orgId} ${id ? sql`and c.mention_id = ${id}` : sql``}
        ${after ? sql`and (c.captured_at, c.mention_id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by c.captured_at desc, c.mention_id desc limit ${limit}`.execute(tx)
  return found.rows
}

export async function uncountKept(tx: Tx, orgId: string, sourceId: string, day: Date, count: number): Promise<void> {
  await sql`update source_days set kept = greatest(0, kept - ${count})
    where org_id = ${orgId} and source_id = ${sourceId} and day = (${day}::timestamptz at time zone 'UTC')::date`.execute(
    tx,
  )
}

export interface CaptureKey {
  source_id: string
  import_id: string | null
  captured_at: Date
}

export const findCapture = (tx: Tx, orgId: string, id: string): Promise<CaptureKey | undefined> =>
  tx
    .selectFrom('captures')
    .select(['source_id', 'import_id', 'captured_at'])
    .where('org_id', '=', orgId)
    .where('mention_id', '=', id)
    .executeTakeFirst()

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type ImportRow = Selectable<CaptureImports> & { channel: Channel }

export async function insertImport(
  tx: Tx,
  orgId: string,
  made: {
    id: string
    fileName: string
    sourceId: string
    rows: number
    stored: number
    known: number
    problems: object[]
    at: Date
    by: string
  },
): Promise<void> {
  await tx
    .insertInto('capture_imports')
    .values({
      ...{ org_id: orgId, id: made.id, file_name: made.fileName, source_id: made.sourceId },
      ...{ row_count: made.rows, stored: made.stored, known: made.known, problems: JSON.stringify(made.problems) },
      ...{ created_at: made.at, created_by: made.by },
    })
    .execute()
}

export async function noteStored(
  tx: Tx,
  orgId: string,
  id: string,
  { stored, known }: { stored: number; known: number },
): Promise<void> {
  await tx
    .updateTable('capture_imports')
    .set({ stored, known })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

/** Newest first; with `id` that one, locked until the transaction ends. */
export async function importRows(
  tx: Tx,
  orgId: string,
  { limit, after, id }: { limit: number; after: [string, string] | null; id?: string },
): Promise<ImportRow[]> {
  const found = await sql<ImportRow>`
    select i.*, s.settings ->> 'channel' as channel from capture_imports i join sources s on s.org_id = i.org_id and s.id = i.source_id
      where i.org_id = ${orgId} ${id ? sql`and i.id = ${id}` : sql``}
        ${after ? sql`and (i.created_at, i.id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
      order by i.created_at desc, i.id desc limit ${limit} ${id ? sql`for update of i` : sql``}`.execute(tx)
  return found.rows
}

export async function mentionsOfImport(tx: Tx, orgId: string, id: string): Promise<string[]> {
  const found = await tx
    .selectFrom('captures')
    .select('mention_id')
    .where('org_id', '=', orgId)
    .where('import_id', '=', id)
    .execute()
  return found.map(({ mention_id }) => mention_id)
}

export async function markUndone(
  tx: Tx,
  orgId: string,
  id: string,
  { at, by, removed }: { at: Date; by: string; removed: number },
): Promise<void> {
  await tx
    .updateTable('capture_imports')
    .set({ undone_at: at, undone_by: by, removed })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}
