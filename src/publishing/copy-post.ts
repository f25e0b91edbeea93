// Copies a post into a new draft at another time: its words, files and belonging; nothing of its way.

import type { z } from 'zod'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { notFound } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { postView } from './contract.ts'
import { plannedFor, setPlace } from './place-draft.ts'
import { mustBeMedia, newMedia } from './references.ts'
import { changePosts, findPost, insertPost } from './store.ts'
import type { WallTime } from './times.ts'
import type { Belonging } from './types.ts'
import { viewOf } from './views.ts'

/** The copy says that it is used again, and from what: the recycled share counts it. */
export function copyPost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id: from, ...when }: { id: string } & WallTime,
): Promise<z.infer<typeof postView>> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const [id, at] = [newId(), services.clock()]
    const found = await findPost(tx, caller.orgId, from)
    if (!found || found.post.deleted_at) throw notFound('post')
    const { post } = found
    const planning = plannedFor(when, at)
    const variants = found.variants.map((each) => ({ accountId: each.account_id, content: each.content }))
    await mustBeMedia(tx, caller.orgId, newMedia(post.content, variants))
    await insertPost(tx, caller.orgId, {
      ...{ id, content: post.content, variants, by: caller.memberId, at },
      belonging: {
        campaignId: post.campaign_id,
        departmentId: post.department_id,
        ownerId: post.owner_id,
        initiator: post.initiator as Belonging['initiator'],
        origin: 'recycled',
        originPostId: from,
      },
    })
    await setPlace(tx, caller.orgId, id, planning)
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'post.copied',
      subject: { kind: 'post', id },
      facts: { from, dueAt: planning.dueAt },
    })
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}
