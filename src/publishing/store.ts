// Every query of posts and variants, except those of delivery.

import { type NotNull, type Selectable, sql } from 'kysely'
import type { Draft } from '../connectors/contract.ts'
import { keepPlan } from '../db/pool.ts'
import { inOrgRetried } from '../db/retry.ts'
import type { Posts, Variants } from '../db/schema.gen.ts'
import type { Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { contentHash } from './keys.ts'
import { pictureOf, summaryOf } from './rules.ts'
import { keepWords } from './search.ts'
import { belongingColumns } from './store-belonging.ts'
import { keepAccounts, keepUses } from './store-uses.ts'
import type { Belonging, Reason, VariantState } from './types.ts'

export type PostRow = Omit<Selectable<Posts>, 'content' | 'state'> & { content: Draft; state: VariantState }
export type VariantRow = Omit<Selectable<Variants>, 'content' | 'frozen' | 'state' | 'reason' | 'post_id'> & {
  post_id: string
  content: Draft | null
  /** Exactly what goes out; null until it is scheduled or shown for approval. */
  frozen: Draft | null
  state: VariantState
  reason: Reason | null
  /** Parts of this revision that are published, and whether one is in doubt. */
  out: number
  doubt: boolean
}

export interface PostWithVariants {
  post: PostRow
  variants: VariantRow[]
}

/** Deleted posts are found too. */
export async function findPost(tx: Tx, orgId: string, id: string): Promise<PostWithVariants | null> {
  const post = await postById(tx, orgId, id).modifyEnd(keepPlan).executeTakeFirst()
  if (!post) return null
  return {
    post: post as unknown as PostRow,
    variants: (await variantsOf(tx, orgId, id).modifyEnd(keepPlan).execute()) as unknown as VariantRow[],
  }
}

/**
 * Nobody else, the sweep included, changes the post until this transaction ends. Delivery locks variants before their post, so
 * the same order is kept here; variants that were added in between are only known once the post is locked.
 */
export async function lockPost(tx: Tx, orgId: string, id: string): Promise<PostWithVariants | null> {
  await variantsOf(tx, orgId, id).forUpdate('variants').execute()
  // Whoever writes a post that was made from this one only needs it to stay: that must not wait.
  const post = await postById(tx, orgId, id).forNoKeyUpdate().executeTakeFirst()
  if (!post) return null
  const variants = await variantsOf(tx, orgId, id).forUpdate('variants').execute()
  return { post: post as unknown as PostRow, variants: variants as unknown as VariantRow[] }
}

const postById = (tx: Tx, orgId: string, id: string) =>
  tx.selectFrom('posts').selectAll().where('org_id', '=', orgId).where('id', '=', id)

const variantsOf = (tx: Tx, orgId: string, postId: string) =>
  tx
    .selectFrom('variants')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('parts')
          .select([
            sql<number>`count(published_at)::int`.as('out'),
            sql<boolean>`coalesce(bool_or(published_at is null and (sent_at is not null or ref is not null)), false)`.as(
              'doubt',
            ),
          ])
          .whereRef('parts.org_id', '=', 'variants.org_id')
          .whereRef('parts.variant_id', '=', 'variants.id')
          .whereRef('parts.revision', '=', 'variants.revision')
          .as('standing'),
      (join) => join.onTrue(),
    )
    .selectAll()
    .where('variants.org_id', '=', orgId)
    .where('post_id', '=', postId)
    .orderBy('id')

/** Runs a verb on posts: they and delivery lock the same rows. */
export const changePosts = inOrgRetried

export interface NewPost {
  id: string
  content: Draft
  variants: VariantContent[]
  belonging?: Partial<Belonging>
  by: string
  at: Date
}

export interface VariantContent {
  accountId: string
  content: Draft | null
}

export async function insertPost(
  tx: Tx,
  orgId: string,
  { id, content, variants, belonging = {}, by, at }: NewPost,
): Promise<void> {
  await tx
    .insertInto('posts')
    .values({
      org_id: orgId,
      id,
      content: JSON.stringify(content),
      summary: summaryOf(content),
      picture_id: pictureOf(content),
      state: 'draft',
      created_at: at,
      created_by: by,
      updated_at: at,
      updated_by: by,
      ...belongingColumns(belonging),
    })
    .execute()
  await keepWords(tx, orgId, id, { before: '', after: summaryOf(content) })
  if (variants.length > 0) await insertVariants(tx, orgId, id, variants, at)
  else await keepUses(tx, orgId, [id])
}

export async function insertVariants(
  tx: Tx,
  orgId: string,
  postId: string,
  variants: VariantContent[],
  at: Date,
): Promise<void> {
  const rows = variants.map(({ accountId, content }) => ({
    org_id: orgId,
    id: newId(),
    post_id: postId,
    account_id: accountId,
    content: content === null ? null : JSON.stringify(content),
    state: 'draft',
    state_since: at,
  }))
  await tx.insertInto('variants').values(rows).execute()
  await keepAccounts(tx, orgId, postId)
  await keepUses(tx, orgId, [postId])
}

export async function updatePostContent(
  tx: Tx,
  post: PostRow,
  change: { content: Draft; by: string; at: Date },
): Promise<void> {
  const summary = summaryOf(change.content)
  await keepWords(tx, post.org_id, post.id, { before: post.summary, after: summary })
  await tx
    .updateTable('posts')
    .set({
      content: JSON.stringify(change.content),
      summary,
      picture_id: pictureOf(change.content),
      revision: post.revision + 1,
      updated_at: change.at,
      updated_by: change.by,
    })
    .where('org_id', '=', post.org_id)
    .where('id', '=', post.id)
    .execute()
  await keepUses(tx, post.org_id, [post.id])
}

/** New words are a new revision: parts and keys of the old one stay on record and are never sent again. */
export async function reviseVariants(tx: Tx, orgId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('variants')
    .set((eb) => ({ revision: eb('revision', '+', 1), content_hash: null, frozen: null, approved_hash: null }))
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute()
}

export async function setVariantContent(tx: Tx, orgId: string, id: string, content: Draft | null): Promise<void> {
  const changed = await tx
    .updateTable('variants')
    .set({ content: content === null ? null : JSON.stringify(content) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returning('post_id')
    .$narrowType<{ post_id: NotNull }>()
    .execute()
  const posts = changed.map((row) => row.post_id)
  await keepUses(tx, orgId, posts)
}

export async function deleteVariants(tx: Tx, orgId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const gone = tx.deleteFrom('variants').where('org_id', '=', orgId).where('id', 'in', ids).returning('post_id')
  const posts = new Set((await gone.$narrowType<{ post_id: NotNull }>().execute()).map((row) => row.post_id))
  for (const postId of posts) await keepAccounts(tx, orgId, postId)
  await keepUses(tx, orgId, [...posts])
}

export interface Planning {
  dueWall: string | null
  dueZone: string | null
  dueAt: Date | null
}

export async function planPost(tx: Tx, orgId: string, id: string, planning: Planning): Promise<void> {
  await tx
    .updateTable('posts')
    .set({ due_wall: planning.dueWall, due_zone: planning.dueZone, due_at: planning.dueAt })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

export interface VariantMove {
  state: VariantState
  reason: Reason | null
  dueAt: Date | null
  wakeAt: Date | null
}

/** What a variant says from now on until somebody edits it, and whether that needs consent. */
export interface Freezing {
  content: Draft
  needsApproval: boolean
}

/** Moves a variant by a person's hand. Whatever worker held it loses it: its fence no longer fits. */
export async function moveVariant(
  tx: Tx,
  variant: Pick<VariantRow, 'org_id' | 'id' | 'account_id' | 'worker_id'>,
  move: VariantMove,
  at: Date,
  freezing?: Freezing,
): Promise<void> {
  await tx
    .updateTable('variants')
    .set({
      state: move.state,
      reason: move.reason === null ? null : JSON.stringify(move.reason),
      state_since: at,
      due_at: move.dueAt,
      wake_at: move.wakeAt,
      worker_id: null,
      lease_until: null,
      tries: 0,
      announced: null,
      hold_id: null,
      ...(freezing
        ? {
            frozen: JSON.stringify(freezing.content),
            content_hash: contentHash(freezing.content, variant.account_id),
            needs_approval: freezing.needsApproval,
          }
        : {}),
    })
    .where('org_id', '=', variant.org_id)
    .where('id', '=', variant.id)
    .execute()
  // The worker that had it tells nothing any more.
  if (variant.worker_id)
    await sql`update attempts set ended_at = ${at}, outcome = 'deferred', error_code = 'held'
      where org_id = ${variant.org_id} and variant_id = ${variant.id} and ended_at is null`.execute(tx)
}

/** Instants at which something is planned for an account, from `after` on: what queue slots have to avoid. */
export async function plannedTimes(tx: Tx, orgId: string, accountId: string, after: Date): Promise<Date[]> {
  const rows = await tx
    .selectFrom('variants')
    .select('due_at')
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .where('due_at', '>', after)
    .where('post_id', 'is not', null)
    .where('state', 'in', [
      'in-review',
      'scheduled',
      'held',
      'sending',
      'processing',
      'looking-up',
      'unconfirmed',
      'parked',
      'published',
    ])
    .execute()
  return rows.flatMap((row) => (row.due_at ? [row.due_at] : []))
}
