// Begins to repeat a post: it becomes the first occurrence, and its words the template of the others.

import { inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { mustMay } from '../../people/admit.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustBeAdvised } from '../advice/actions.ts'
import { setPlace } from '../place-draft.ts'
import { scheduleWithin } from '../schedule-post.ts'
import { changePosts, findPost, lockPost, type PostRow, type PostWithVariants } from '../store.ts'
import { makeSeries } from './jobs-asked.ts'
import { mustHappen, type Occurrence } from './recurrence.ts'
import { insertOccurrence, insertSeries, occurrenceOfPost, type Template } from './store.ts'
import type { Recurrence } from './types.ts'
import { type SeriesShown, showOne } from './views.ts'

export type SeriesDeps = Pick<Services, 'db' | 'clock' | 'queue' | 'linkBases'>

export interface Beginning extends Recurrence {
  postId: string
  scheduled: boolean
}

export async function beginSeries(services: SeriesDeps, caller: Caller, given: Beginning): Promise<SeriesShown> {
  await inOrg(services.db, caller.orgId, (tx) => mustBeRepeatable(tx, caller.orgId, given.postId))
  mustRun(caller, given.scheduled)
  const startWall = given.wall.slice(0, 16)
  const { rule, first } = mustHappen({ startWall, zone: given.zone, endsBefore: null }, given.rule)
  if (first.at <= services.clock()) throw new Refusal('time-has-passed', { field: 'wall' })
  const schedule = { rule, startWall: first.wall, zone: given.zone, endsBefore: null }
  return changePosts(services.db, caller.orgId, async (tx) => {
    // Under its lock: of two who repeat one post at a moment the second is told.
    await lockPost(tx, caller.orgId, given.postId)
    const found = await mustBeRepeatable(tx, caller.orgId, given.postId)
    const [id, at] = [newId(), services.clock()]
    if (given.scheduled && found.post.state === 'draft') await mustBeAdvised(tx, caller, at)
    // Whatever stands against scheduling stands against the series: nothing has begun then.
    const planned = given.scheduled
      ? await scheduleFirst(tx, services, caller, { ...given, first, now: at })
      : await placeFirst(tx, found.post, first, given.zone)
    await insertSeries(tx, caller.orgId, {
      ...{ id, schedule, scheduled: given.scheduled, by: caller.memberId, at, follows: null },
      ...templateOf(found),
      summary: found.post.summary,
      firstPostId: given.postId,
    })
    const { movedTo, twice } = first
    const made = { wall: first.wall, movedTo, twice, postId: given.postId, at, settled: true }
    await insertOccurrence(tx, caller.orgId, id, made)
    await services.queue.send(tx, makeSeries, { seriesId: id }, { key: id })
    const facts = { postId: given.postId, ...schedule, scheduled: given.scheduled }
    const begun = { verb: 'series.begun', subject: { kind: 'series', id }, facts }
    await recordAll(tx, caller.orgId, caller.actor, at, [...planned, begun])
    return showOne(tx, caller.orgId, id, at)
  })
}

async function mustBeRepeatable(tx: Tx, orgId: string, postId: string): Promise<PostWithVariants> {
  const found = await findPost(tx, orgId, postId)
  if (!found || found.post.deleted_at) throw notFound('post')
  if (found.variants.length === 0) throw new Refusal('no-account-chosen', { field: 'variants' })
  if (await occurrenceOfPost(tx, orgId, postId)) throw new Refusal('already-repeats', { status: 409, field: 'postId' })
  return found
}

const scheduleFirst = (
  tx: Tx,
  services: SeriesDeps,
  caller: Caller,
  { postId: id, zone, first, now }: Beginning & { first: Occurrence; now: Date },
): Promise<NewEvent[]> => {
  const when = { kind: 'at', wall: first.movedTo ?? first.wall, zone } as const
  return scheduleWithin(tx, services, caller, { id, when, sameTextAgain: true, now })
}

/** What is out or on its way keeps its time: a series of drafts begins with a draft. */
async function placeFirst(tx: Tx, post: PostRow, { at, wall, movedTo }: Occurrence, zone: string): Promise<NewEvent[]> {
  if (post.state !== 'draft') throw new Refusal('not-a-draft', { status: 409, params: { state: post.state } })
  await setPlace(tx, post.org_id, post.id, { dueWall: movedTo ?? wall, dueZone: zone, dueAt: at })
  return []
}

/** What the others will say. */
export const templateOf = ({ post, variants }: PostWithVariants): Template => ({
  content: post.content,
  variants: variants.map(({ account_id, content }) => ({ accountId: account_id, content })),
  belonging: {
    campaignId: post.campaign_id,
    departmentId: post.department_id,
    ownerId: post.owner_id,
    initiator: post.initiator as 'brand' | 'customer' | 'industry',
  },
})

/** A series that schedules by itself is as much as scheduling every one of its posts. */
export function mustRun(caller: Caller, scheduled: boolean): void {
  if (scheduled) mustMay(caller, 'posts.schedule')
}
