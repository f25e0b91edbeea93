// Begins and saves posts. A second tab that saved first is never overwritten, and what is out is never rewritten.

import type { z } from 'zod'
import { inOrg, type Tx } from '../db/tx.ts'
import { type NewEvent, recordAll } from '../events/actions.ts'
import { canonicalJson } from '../lib/hash.ts'
import { newId } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { followChanges } from './approvals/follow.ts'
import { mustBelong } from './belonging.ts'
import { beginByPost, belongingFrom } from './briefs/make-post.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { mustBeAccounts, mustBeMedia, newMedia } from './references.ts'
import { allows } from './rules.ts'
import { detachEdited } from './series/detach.ts'
import {
  changePosts,
  deleteVariants,
  findPost,
  insertPost,
  insertVariants,
  lockPost,
  moveVariant,
  type PostWithVariants,
  reviseVariants,
  setVariantContent,
  updatePostContent,
  type VariantContent,
} from './store.ts'
import type { Belonging, draft } from './types.ts'
import { viewOf } from './views.ts'

type PostView = z.infer<typeof postView>
type Draft = z.infer<typeof draft>

export function createPost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: { content: Draft; variants: VariantContent[]; belonging?: Partial<Belonging> },
): Promise<PostView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    await mustBeAccounts(tx, caller.orgId, given.variants)
    await mustBeMedia(tx, caller.orgId, newMedia(given.content, given.variants))
    await mustBelong(tx, caller.orgId, given.belonging ?? {}, 'belonging.')
    const belonging = await belongingFrom(tx, caller.orgId, given.belonging ?? {})
    await insertPost(tx, caller.orgId, {
      ...{ id, content: given.content, variants: given.variants, belonging },
      by: caller.memberId,
      at,
    })
    const begun = await beginByPost(tx, caller, { briefId: belonging.briefId, at })
    const created = { verb: 'post.created', subject: { kind: 'post', id } }
    await recordAll(tx, caller.orgId, caller.actor, at, [created, ...begun])
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

export interface Saving {
  id: string
  revision: number
  content?: Draft
  variants?: VariantContent[]
}

/** Saving takes a scheduled post back to a draft: what was checked and allowed to go is not what stands there now. */
export const savePost = (services: Pick<Services, 'db' | 'clock'>, caller: Caller, saving: Saving): Promise<PostView> =>
  changePosts(services.db, caller.orgId, (tx) => saveWords(tx, caller, saving, services.clock()))

/** The same inside a transaction. `told`: what else is to be recorded with it. */
export async function saveWords(
  tx: Tx,
  caller: Caller,
  saving: Saving,
  at: Date,
  told: NewEvent[] = [],
): Promise<PostView> {
  const found = await livePost(tx, caller.orgId, saving.id)
  mustBeCurrent(found, saving.revision)
  const content = saving.content ?? found.post.content
  const touched = touchedBy(found, saving)
  if (
    touched.changed.length + touched.removed.length + touched.added.length === 0 &&
    canonicalJson(content) === canonicalJson(found.post.content)
  )
    return viewOf(tx, found)
  mustBeEditable([...touched.changed, ...touched.removed])
  await mustBeAccounts(tx, caller.orgId, saving.variants ?? [])
  await mustBeMedia(tx, caller.orgId, newMedia(saving.content, saving.variants ?? [], found))
  await updatePostContent(tx, found.post, { content, by: caller.memberId, at })
  await writeVariants(tx, found, touched, at)
  await detachEdited(tx, found.post, at)
  await refreshPostStates(tx, [[caller.orgId, saving.id]])
  const voided = await followChanges(tx, caller.orgId, saving.id, { at, by: caller.memberId, edited: true })
  await recordAll(tx, caller.orgId, caller.actor, at, [
    { verb: 'post.saved', subject: { kind: 'post', id: saving.id }, facts: { revision: found.post.revision + 1 } },
    ...told,
    ...voided,
  ])
  return viewOf(tx, (await findPost(tx, caller.orgId, saving.id))!)
}

async function writeVariants(
  tx: Tx,
  { post: { org_id: orgId, id } }: PostWithVariants,
  { changed, removed, added }: ReturnType<typeof touchedBy>,
  at: Date,
): Promise<void> {
  const ids = (some: Touched[]) => some.map(({ variant }) => variant.id)
  for (const { variant, content } of changed) await setVariantContent(tx, orgId, variant.id, content)
  await reviseVariants(tx, orgId, ids(changed))
  for (const { variant } of changed)
    await moveVariant(tx, variant, { state: 'draft', reason: null, dueAt: variant.due_at, wakeAt: null }, at)
  await deleteVariants(tx, orgId, ids(removed))
  if (added.length > 0) await insertVariants(tx, orgId, id, added, at)
}

export async function livePost(tx: Tx, orgId: string, id: string): Promise<PostWithVariants> {
  const found = await lockPost(tx, orgId, id)
  if (!found || found.post.deleted_at) throw notFound('post')
  return found
}

function mustBeCurrent({ post }: PostWithVariants, revision: number): void {
  if (post.revision !== revision)
    throw new Refusal('edited-elsewhere', { status: 409, field: 'revision', params: { revision: post.revision } })
}

type Touched = { variant: PostWithVariants['variants'][number]; content: Draft | null }

/** Which variants say something else afterwards: edited ones, and those that follow the post when the post changes. */
function touchedBy(
  { post, variants }: PostWithVariants,
  saving: Saving,
): { changed: Touched[]; removed: Touched[]; added: VariantContent[] } {
  const wanted =
    saving.variants ?? variants.map((variant) => ({ accountId: variant.account_id, content: variant.content }))
  const byAccount = new Map(wanted.map((each) => [each.accountId, each.content]))
  const postChanges = saving.content !== undefined && canonicalJson(saving.content) !== canonicalJson(post.content)
  const kept = variants
    .filter((variant) => byAccount.has(variant.account_id))
    .map((variant) => ({ variant, content: byAccount.get(variant.account_id) ?? null }))
  const known = new Set(variants.map((variant) => variant.account_id))
  return {
    changed: kept.filter(
      ({ variant, content }) =>
        canonicalJson(variant.content) !== canonicalJson(content) || (content === null && postChanges),
    ),
    removed: variants
      .filter((variant) => !byAccount.has(variant.account_id))
      .map((variant) => ({ variant, content: null })),
    added: wanted.filter((each) => !known.has(each.accountId)),
  }
}

function mustBeEditable(touched: Touched[]): void {
  const stuck = touched.find(({ variant }) => !allows(variant, 'edit'))?.variant
  if (!stuck) return
  // In a state that could be edited, were nothing of it out.
  if (allows({ ...stuck, out: 0, doubt: false }, 'edit')) throw new Refusal('partly-published', { status: 409 })
  throw new Refusal('too-late-to-edit', { status: 409, params: { state: stuck.state } })
}
