// Every query of briefs and of the visitors who send them.

import { type Selectable, sql } from 'kysely'
import type { Briefs } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { BriefKind, BriefState, BriefUse, BriefWords } from './types.ts'

export type BriefRow = Omit<Selectable<Briefs>, 'state' | 'kind' | 'use'> & {
  state: BriefState
  kind: BriefKind
  use: BriefUse
}

export const findBrief = (tx: Tx, orgId: string, id: string): Promise<BriefRow | undefined> =>
  tx.selectFrom('briefs').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst() as Promise<
    BriefRow | undefined
  >

export const lockBrief = (tx: Tx, orgId: string, id: string): Promise<BriefRow | undefined> =>
  tx
    .selectFrom('briefs')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst() as Promise<BriefRow | undefined>

export const columnsOf = (words: Partial<BriefWords>) => {
  const columns = {
    ...{ title: words.title, kind: words.kind, use: words.use, material: words.material, links: words.links },
    ...{ media_ids: words.mediaIds, asked_by: words.askedBy, contact: words.contact, due_on: words.dueOn },
    ...{ department_id: words.departmentId, campaign_id: words.campaignId, owner_id: words.ownerId },
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<
    typeof columns
  >
}

export async function insertBrief(
  tx: Tx,
  orgId: string,
  given: Partial<BriefWords> & { id: string; title: string; by: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('briefs')
    .values({
      ...{ org_id: orgId, id: given.id, title: given.title, kind: given.kind ?? 'idea', use: given.use ?? 'other' },
      ...columnsOf({ ...given, title: undefined, kind: undefined, use: undefined }),
      ...{ created_at: given.at, created_by: given.by, updated_at: given.at },
    })
    .execute()
}

export async function updateBrief(
  tx: Tx,
  { org_id, id, revision }: BriefRow,
  set: Partial<Omit<BriefRow, 'org_id' | 'id' | 'revision'>>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('briefs')
    .set({ ...set, revision: revision + 1, updated_at: at })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute()
}

/** As `hasMaterial` in rules.ts says it; words are stored trimmed. */
const bare = sql<boolean>`material = '' and cardinality(links) = 0 and cardinality(media_ids) = 0`

export interface BriefFilter {
  state?: BriefState | 'unfinished'
  kind?: BriefKind
  ownerId?: string
  campaignId?: string
  /** Only what is unfinished, due by this day, and has nothing to be made from. */
  bareUntil?: string
  after: [at: string, id: string] | null
  limit: number
}

export async function listBriefRows(
  tx: Tx,
  orgId: string,
  filter: BriefFilter,
): Promise<(BriefRow & { post_count: number })[]> {
  const { state, kind, ownerId, campaignId, bareUntil, after } = filter
  const found = await sql<BriefRow & { post_count: number }>`
    select b.*, (select count(*)::int from posts p where p.org_id = b.org_id and p.brief_id = b.id and p.deleted_at is null) as post_count
    from briefs b where b.org_id = ${orgId}
      ${state === 'unfinished' ? sql`and b.state in ('open', 'in-work')` : state ? sql`and b.state = ${state}` : sql``}
      ${kind ? sql`and b.kind = ${kind}` : sql``}
      ${ownerId ? sql`and b.owner_id = ${ownerId}` : sql``}
      ${campaignId ? sql`and b.campaign_id = ${campaignId}` : sql``}
      ${bareUntil ? sql`and b.ended_at is null and b.due_on <= ${bareUntil} and ${bare}` : sql``}
      ${after ? sql`and (b.updated_at, b.id) < (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
    order by b.updated_at desc, b.id desc limit ${filter.limit}`.execute(tx)
  return found.rows
}

export const postsOfBrief = (tx: Tx, orgId: string, id: string) =>
  tx
    .selectFrom('posts')
    .select(['id', 'summary', 'state', 'due_at'])
    .where('org_id', '=', orgId)
    .where('brief_id', '=', id)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .limit(200)
    .execute()

/** Those that have nothing to be made from, and of which nobody was told. */
export const bareAndDue = (tx: Tx, orgId: string, until: string): Promise<BriefRow[]> =>
  tx
    .selectFrom('briefs')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .where('due_on', '<=', until)
    .where('material_warned_at', 'is', null)
    .where(bare)
    .forUpdate()
    .execute() as unknown as Promise<BriefRow[]>

// ── Visitors ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface VisitorPage {
  since: Date | null
  words: string
}

export async function visitorPage(tx: Tx, orgId: string): Promise<VisitorPage> {
  const row = await tx
    .selectFrom('content_settings')
    .select(['visitors_since', 'visitors_words'])
    .where('org_id', '=', orgId)
    .executeTakeFirst()
  return { since: row?.visitors_since ?? null, words: row?.visitors_words ?? '' }
}

export async function keepVisitorPage(
  tx: Tx,
  orgId: string,
  { since, words, by }: VisitorPage & { by: string },
): Promise<void> {
  const columns = { visitors_since: since, visitors_words: words, visitors_by: by }
  await tx
    .insertInto('content_settings')
    .values({ org_id: orgId, ...columns })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(columns))
    .execute()
}

/**
 * Counts one more of this sender where there is room, and forgets who came before `from`. Who is refused does not count: else one
 * sender alone could close the page for everybody.
 */
export async function admitSender(
  tx: Tx,
  orgId: string,
  given: { sender: string; from: Date; at: Date; mostOfSender: number; mostOfAll: number },
): Promise<boolean> {
  // One at a time in an organisation: else many at one moment would all be the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`visitors ${orgId}`}, 0))`.execute(tx)
  await tx.deleteFrom('visitor_senders').where('org_id', '=', orgId).where('at', '<', given.from).execute()
  const found = await sql<{ own: number; all: number }>`
    select (count(*) filter (where sender = ${given.sender}))::int as own, count(*)::int as all
    from visitor_senders where org_id = ${orgId}`.execute(tx)
  const { own, all } = found.rows[0]!
  if (own >= given.mostOfSender || all >= given.mostOfAll) return false
  await tx
    .insertInto('visitor_senders')
    .values({ org_id: orgId, id: newId(), sender: given.sender, at: given.at })
    .execute()
  return true
}

export async function forgetSendersBefore(tx: Tx, from: Date): Promise<void> {
  await tx.deleteFrom('visitor_senders').where('at', '<', from).execute()
}
