// By what an undo knows that nobody changed a post since it was imported.

import { hashJson } from '../../lib/hash.ts'
import type { PostWithVariants, VariantRow } from '../store.ts'
import type { KeptPost } from './types.ts'

/** Everything of a post that a person sets. What Longrun and the networks do with it is not in here: `removable` looks at that. */
export const markOf = ({ post, variants }: PostWithVariants): string =>
  hashJson([
    post.content,
    post.due_wall?.slice(0, 16) ?? null,
    post.due_zone,
    [
      post.campaign_id,
      post.department_id,
      post.owner_id,
      post.initiator,
      post.origin,
      post.origin_post_id,
      post.adapted_for,
    ],
    variants
      .map(({ account_id, content }) => [account_id, content])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ])

const resting = new Set(['draft', 'in-review', 'scheduled', 'parked', 'rejected'])

/** Why an undo must leave it; null: it may go. */
export function keptBecause(found: PostWithVariants, mark: string | null): KeptPost['code'] | null {
  const codes = found.variants.map(codeOf)
  const urgent = (['published', 'under-way', 'held'] as const).find((code) => codes.includes(code))
  return urgent ?? (markOf(found) === mark ? null : 'changed')
}

function codeOf({ state, out, doubt, hold_id }: VariantRow): KeptPost['code'] | null {
  if (out > 0 || state === 'published' || state === 'removed') return 'published'
  if (doubt) return 'under-way'
  // A hold over many stopped it, which changes nothing of it; a person who held or cancelled this one meant something by it.
  if (state === 'held') return hold_id ? null : 'held'
  if (state === 'cancelled') return 'held'
  return resting.has(state) ? null : 'under-way'
}
