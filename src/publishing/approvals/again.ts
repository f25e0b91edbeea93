// Looks again at what a planned post needs when something around it has changed: where it belongs, its lanes, its guardrails.

import { sql } from 'kysely'
import { type Db, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { type Actor, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { changePosts, lockPost, type PostWithVariants, type VariantRow } from '../store.ts'
import { lockLiveRequest } from './store.ts'
import { plannedStates } from './store-lanes.ts'
import { submitVariants } from './submit.ts'

/** Nothing of it was sent, so that consent can still be asked for. */
const waits = ({ state, out, doubt, due_at }: VariantRow): boolean =>
  plannedStates.includes(state) && out === 0 && !doubt && due_at !== null

/** The post is locked by the caller. Answers what is to be recorded; the caller looks after the state of the post. */
export async function reviewAgain(
  tx: Tx,
  found: PostWithVariants,
  by: { memberId: string; actor: Actor } | null,
  now: Date,
): Promise<NewEvent[]> {
  const { post } = found
  const variants = found.variants.filter(waits)
  if (variants.length === 0) return []
  const prior = await lockLiveRequest(tx, post.org_id, post.id)
  const asker = prior ? (await readActiveMembers(tx, post.org_id)).find(({ id }) => id === prior.asked_by) : undefined
  const mayLetGo = prior?.state !== 'open' || (asker !== undefined && may(asker.role, 'posts.schedule'))
  return submitVariants(tx, {
    found,
    variants: variants.map((variant) => ({ variant, content: variant.frozen ?? variant.content ?? post.content })),
    dueAt: variants[0]!.due_at!,
    atOnce: prior?.at_once ?? false,
    by: by ?? { memberId: prior?.asked_by ?? post.updated_by, actor: longrunItself },
    ...{ mayLetGo, again: true, now },
  })
}

/** All posts of an organisation that still wait. Each in a transaction of its own: thousands may wait. Answers how many there were. */
export async function reviewAllAgain(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<number> {
  const posts = await waitingPosts(services.db, orgId)
  for (const id of posts)
    await changePosts(services.db, orgId, async (tx) => {
      const found = await lockPost(tx, orgId, id)
      if (!found || found.post.deleted_at) return
      const now = services.clock()
      const events = await reviewAgain(tx, found, null, now)
      await refreshPostStates(tx, [[orgId, id]])
      await recordAll(tx, orgId, longrunItself, now, events)
    })
  return posts.length
}

/** Those that are due soonest first. */
const waitingPosts = (db: Db, orgId: string): Promise<string[]> =>
  inOrg(db, orgId, async (tx) => {
    const found = await sql<{ id: string }>`
      select post_id as id from variants where org_id = ${orgId} and state = any(${plannedStates})
        and due_at is not null group by post_id order by min(due_at)`.execute(tx)
    return found.rows.map(({ id }) => id)
  })
