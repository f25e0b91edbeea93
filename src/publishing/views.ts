// Posts as the API shows them.

import type { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { memberNames, whoIsIn } from '../people/names.ts'
import type { calendarLine, postLine, postView, variantView } from './contract.ts'
import type { LineRow } from './lines.ts'
import type { PostRow, PostWithVariants, VariantRow } from './store.ts'
import type { Belonging } from './types.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function viewOf(tx: Tx, { post, variants }: PostWithVariants): Promise<z.infer<typeof postView>> {
  const names = await memberNames(tx, post.org_id, [post.created_by, post.updated_by])
  const person = whoIsIn(names)
  return {
    id: post.id,
    content: post.content,
    summary: post.summary,
    revision: post.revision,
    state: post.state,
    createdAt: post.created_at.toISOString(),
    createdBy: person(post.created_by),
    updatedAt: post.updated_at.toISOString(),
    updatedBy: person(post.updated_by),
    dueAt: iso(post.due_at),
    dueWall: post.due_wall?.slice(0, 16) ?? null,
    dueZone: post.due_zone,
    belonging: belongingOf(post),
    variants: variants.map(variantOf),
  }
}

const belongingOf = (post: PostRow): Belonging => ({
  campaignId: post.campaign_id,
  departmentId: post.department_id,
  briefId: post.brief_id,
  ownerId: post.owner_id,
  initiator: post.initiator as Belonging['initiator'],
  origin: post.origin as Belonging['origin'],
  originPostId: post.origin_post_id,
  adaptedFor: post.adapted_for,
})

const variantOf = (variant: VariantRow): z.infer<typeof variantView> => ({
  id: variant.id,
  accountId: variant.account_id,
  content: variant.content,
  frozen: variant.frozen,
  revision: variant.revision,
  state: variant.state,
  reason: variant.reason,
  stateSince: variant.state_since.toISOString(),
  dueAt: iso(variant.due_at),
  out: variant.out,
  doubt: variant.doubt,
  wakeAt: iso(variant.wake_at),
  publishedAt: iso(variant.published_at),
  remoteUrl: variant.remote_url,
})

export const calendarLineOf =
  (orgId: string) =>
  (row: Omit<LineRow, 'updated_at'>): z.infer<typeof calendarLine> => ({
    id: row.id,
    summary: row.summary,
    state: row.state,
    dueAt: iso(row.due_at),
    accountIds: row.account_ids,
    campaignId: row.campaign_id,
    thumbnailUrl: row.picture_id ? `/files/${orgId}/${row.picture_id}/thumbnail` : null,
  })

export const lineOf =
  (orgId: string) =>
  (row: LineRow): z.infer<typeof postLine> => ({
    ...calendarLineOf(orgId)(row),
    updatedAt: row.updated_at.toISOString(),
  })
