// Makes a new draft of a post: adapted for somebody, or used again as it is; the origin is marked, so that it can be counted.

import type { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { postView } from '../contract.ts'
import { findPost } from '../store.ts'
import { createPost } from '../write-post.ts'

export interface Reuse {
  id: string
  as: 'adapted' | 'recycled'
  adaptedFor?: string
  departmentId?: string | null
}

/** The words are copied with their pictures; an adapted post chooses its accounts anew, a recycled one keeps them. */
export async function reusePost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, as, adaptedFor, departmentId }: Reuse,
): Promise<z.infer<typeof postView>> {
  const found = await inOrg(services.db, caller.orgId, (tx) => findPost(tx, caller.orgId, id))
  if (!found || found.post.deleted_at) throw notFound('post')
  const { post, variants } = found
  return createPost(services, caller, {
    content: post.content,
    variants: as === 'recycled' ? variants.map((each) => ({ accountId: each.account_id, content: each.content })) : [],
    belonging: {
      ...{ origin: as, originPostId: id, adaptedFor: as === 'adapted' ? (adaptedFor ?? null) : null },
      ...{ campaignId: null, departmentId: departmentId === undefined ? post.department_id : departmentId },
    },
  })
}
