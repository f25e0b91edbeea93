// What a post refers to, accounts and files, must exist here: an id of another organisation is answered like one that never was.

import { withoutAccount } from '../accounts/session.ts'
import type { Draft } from '../connectors/contract.ts'
import type { Tx } from '../db/tx.ts'
import { Refusal } from '../lib/refusal.ts'
import { keepMedia, type MediaUse } from '../media/actions.ts'
import { postableKinds } from '../media/rules.ts'
import type { PostWithVariants, VariantContent } from './store.ts'

export async function mustBeAccounts(tx: Tx, orgId: string, variants: VariantContent[]): Promise<void> {
  if (new Set(variants.map((each) => each.accountId)).size !== variants.length)
    throw new Refusal('account-twice', { field: 'variants' })
  if (variants.length === 0) return
  const found = await tx
    .selectFrom('accounts')
    .select('id')
    .where('org_id', '=', orgId)
    .where('auth_method', '<>', withoutAccount)
    .where(
      'id',
      'in',
      variants.map((each) => each.accountId),
    )
    .execute()
  const known = new Set(found.map((row) => row.id))
  const missing = variants.findIndex((each) => !known.has(each.accountId))
  if (missing >= 0) throw new Refusal('account-not-found', { field: `variants.${missing}.accountId` })
}

export interface MediaReference {
  id: string
  /** Path into the input. */
  field: string
}

/** Every file that a draft names. */
export function mediaOf(draft: Draft, path: string): MediaReference[] {
  const inSegments = draft.segments.flatMap(({ media, link }, segment) => [
    ...media.map(({ id }, position) => ({ id, field: `${path}segments.${segment}.media.${position}.id` })),
    ...(link?.imageId ? [{ id: link.imageId, field: `${path}segments.${segment}.link.imageId` }] : []),
  ])
  return draft.featured ? [...inSegments, { id: draft.featured.id, field: `${path}featured.id` }] : inSegments
}

/** What was there before is not asked for again: a file that went missing must not keep words from being saved. */
export function newMedia(
  content: Draft | undefined,
  variants: VariantContent[],
  before?: PostWithVariants,
): MediaReference[] {
  const drafts = before ? [before.post.content, ...before.variants.flatMap((each) => each.content ?? [])] : []
  const known = new Set(drafts.flatMap((draft) => mediaOf(draft, '')).map(({ id }) => id))
  const named = [
    ...(content ? mediaOf(content, 'content.') : []),
    ...variants.flatMap((each, index) => (each.content ? mediaOf(each.content, `variants.${index}.content.`) : [])),
  ]
  return named.filter(({ id }) => !known.has(id))
}

/** `conversationId`: they go out in an answer there. `kinds`: absent, what posts can show. @throws Refusal `media-not-found`, `media-behind-wall`. */
export async function mustBeMedia(
  tx: Tx,
  orgId: string,
  references: MediaReference[],
  use: MediaUse = {},
): Promise<void> {
  const ids = [...new Set(references.map(({ id }) => id))]
  const faultOf = await keepMedia(tx, orgId, ids, { kinds: postableKinds, ...use })
  for (const { id, field } of references) {
    const fault = faultOf(id)
    if (fault) throw new Refusal(fault, { field })
  }
}
