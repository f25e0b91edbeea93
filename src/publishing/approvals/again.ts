// Looks again at what a planned post needs when something around it has changed: where it belongs, its lanes, its guardrails.

import { sql } from 'kysely'
import { type Db, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { callerMay, may } from '../../people/permissions.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { changePosts, lockPost, type PostWithVariants, type VariantRow } from '../store.ts'
import { quietOf } from './guardrail-rules.ts'
import { lockLiveRequest } from './store.ts'
import { plannedStates, readGuardrails } from './store-lanes.ts'
import { submitVariants } from './submit.ts'

type Deps = Pick<Services, 'db' | 'clock'>

/** Nothing of it was sent, so that consent can still be asked for. */
const waits = ({ state, out, doubt, due_at }: VariantRow): boolean =>
  plannedStates.includes(state) && out === 0 && !doubt && due_at !== null

interface Again {
  by: Caller | null
  now: Date
  /** When it goes out, where that is another time than was planned. */
  at?: Date
}

/**
 * The post is locked by the caller. Answers what is to be recorded; the caller looks after the state of the post. `by` is who moved
 * it; null: what is around it changed. Where no lane is left, an open question is answered only if both who asked and who moved it
 * may let it go: nobody takes a post out of its lane to send it without them.
 */
export async function reviewAgain(tx: Tx, found: PostWithVariants, { by, now, at }: Again): Promise<NewEvent[]> {
  const { post } = found
  const variants = found.variants.filter(waits)
  if (variants.length === 0) return []
  const prior = await lockLiveRequest(tx, post.org_id, post.id)
  const asker = prior ? (await readActiveMembers(tx, post.org_id)).find(({ id }) => id === prior.asked_by) : undefined
  const mayLetGo =
    prior?.state !== 'open' ||
    (asker !== undefined && may(asker.role, 'posts.schedule') && (by === null || callerMay(by, 'posts.schedule')))
  return submitVariants(tx, {
    found,
    variants: variants.map((variant) => ({ variant, content: variant.frozen ?? variant.content ?? post.content })),
    dueAt: at ?? variants[0]!.due_at!,
    atOnce: prior?.at_once ?? (at !== undefined && at <= now),
    by: by ?? { memberId: prior?.asked_by ?? post.updated_by, actor: longrunItself },
    ...{ mayLetGo, again: true, now },
  })
}

export interface Moved {
  postId: string
  accountIds: string[]
  at: Date
}

/** For posts that go out later than somebody planned: a quiet period may have begun since. Answers what is to be recorded. */
export async function reviewMoved(tx: Tx, orgId: string, moved: Moved[], { by, now }: Again): Promise<NewEvent[]> {
  const guardrails = await readGuardrails(tx, orgId)
  const events: NewEvent[] = []
  for (const { postId, accountIds, at } of moved) {
    if (quietOf(guardrails, { dueAt: at, accountIds }).length === 0) continue
    const found = await lockPost(tx, orgId, postId)
    if (found) events.push(...(await reviewAgain(tx, found, { by, now, at })))
  }
  return events
}

/** All posts of an organisation that still wait. Each in a transaction of its own: thousands may wait. Answers how many there were. */
export async function reviewAllAgain(services: Deps, orgId: string): Promise<number> {
  const posts = await waitingPosts(services.db, orgId)
  const failures: unknown[] = []
  for (const id of posts) await reviewOne(services, orgId, id).catch((error) => failures.push(error))
  // The others were looked at all the same; the job is tried again for those that were not.
  if (failures.length > 0) throw new AggregateError(failures, 'Some posts could not be looked at again.')
  return posts.length
}

const reviewOne = (services: Deps, orgId: string, id: string): Promise<void> =>
  changePosts(services.db, orgId, async (tx) => {
    const found = await lockPost(tx, orgId, id)
    if (!found || found.post.deleted_at) return
    const now = services.clock()
    const events = await reviewAgain(tx, found, { by: null, now })
    await refreshPostStates(tx, [[orgId, id]])
    await recordAll(tx, orgId, longrunItself, now, events)
  })

/** Those that are due soonest first. */
const waitingPosts = (db: Db, orgId: string): Promise<string[]> =>
  inOrg(db, orgId, async (tx) => {
    const found = await sql<{ id: string }>`
      select post_id as id from variants where org_id = ${orgId} and state = any(${plannedStates})
        and due_at is not null and post_id is not null group by post_id order by min(due_at)`.execute(tx)
    return found.rows.map(({ id }) => id)
  })
