// Runs one verb on many posts, one after another: each post wholly or not at all, and a refusal of one stops no other.

import { inOrg } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { mustMay } from '../../people/admit.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { assignPost } from '../belonging.ts'
import { copyPost } from '../copy-post.ts'
import { placeDraft } from '../place-draft.ts'
import { schedulePost, unschedulePost } from '../schedule-post.ts'
import { cancelPost, holdPost, releasePost, removePost } from '../stop-post.ts'
import { plansOf } from './store.ts'
import type { Assignment, BulkAnswer, Outcome, Place } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>
type Made = Partial<Pick<Outcome, 'newId' | 'before'>>

/** What is scheduled is scheduled anew, with every check; what is a draft is only placed. */
export async function movePosts(services: Deps, caller: Caller, places: Place[]): Promise<BulkAnswer> {
  const plans = await plansFor(services, caller, places)
  return each(places, async ({ id, wall, zone }) => {
    const state = plans.get(id)?.state
    if (state === 'draft') await placeDraft(services, caller, { id, wall, zone })
    else if (state === 'scheduled' || state === 'in-review') {
      mustMay(caller, 'posts.schedule')
      await schedulePost(services, caller, { id, when: { kind: 'at', wall, zone }, only: ['scheduled', 'in-review'] })
    } else throw notMovable(state)
  })
}

export const copyPosts = (services: Deps, caller: Caller, places: Place[]): Promise<BulkAnswer> =>
  each(places, async ({ id, wall, zone }) => ({ newId: (await copyPost(services, caller, { id, wall, zone })).id }))

export async function schedulePosts(services: Deps, caller: Caller, ids: string[]): Promise<BulkAnswer> {
  const plans = await plansFor(services, caller, idsOnly(ids))
  return each(idsOnly(ids), async ({ id }) => {
    const plan = plans.get(id)
    if (!plan) throw notFound('post')
    if (!(plan.wall && plan.zone)) throw new Refusal('no-time-planned', { field: 'when' })
    await schedulePost(services, caller, { id, when: { kind: 'at', wall: plan.wall, zone: plan.zone } })
  })
}

export const unschedulePosts = (services: Deps, caller: Caller, ids: string[]): Promise<BulkAnswer> =>
  each(idsOnly(ids), ({ id }) => unschedulePost(services, caller, { id }))

export const cancelPosts = (services: Deps, caller: Caller, given: Stopping): Promise<BulkAnswer> =>
  each(idsOnly(given.ids), ({ id }) => cancelPost(services, caller, { id, reason: given.reason }))

export const holdPosts = (services: Deps, caller: Caller, given: Stopping): Promise<BulkAnswer> =>
  each(idsOnly(given.ids), ({ id }) => holdPost(services, caller, { id, reason: given.reason }))

export const releasePosts = (services: Deps, caller: Caller, ids: string[]): Promise<BulkAnswer> =>
  each(idsOnly(ids), ({ id }) => releasePost(services, caller, { id }))

export const removePosts = (services: Deps, caller: Caller, ids: string[]): Promise<BulkAnswer> =>
  each(idsOnly(ids), ({ id }) => removePost(services, caller, { id }))

export async function assignPosts(services: Deps, caller: Caller, changes: Assignment[]): Promise<BulkAnswer> {
  const plans = await plansFor(services, caller, changes)
  return each(changes, async (change) => {
    await assignPost(services, caller, change)
    return { before: plans.get(change.id)?.belonging ?? null }
  })
}

interface Stopping {
  ids: string[]
  reason: string
}

const idsOnly = (ids: string[]) => ids.map((id) => ({ id }))

const plansFor = (services: Deps, caller: Caller, some: { id: string }[]) =>
  inOrg(services.db, caller.orgId, (tx) =>
    plansOf(
      tx,
      caller.orgId,
      some.map(({ id }) => id),
    ),
  )

const notMovable = (state: string | undefined) =>
  state === undefined ? notFound('post') : new Refusal('not-movable', { status: 409, params: { state } })

async function each<Row extends { id: string }>(
  some: Row[],
  change: (row: Row) => Promise<unknown>,
): Promise<BulkAnswer> {
  if (new Set(some.map(({ id }) => id)).size !== some.length) throw new Refusal('named-twice', { field: 'id' })
  const rows: Outcome[] = []
  for (const row of some) rows.push(await outcomeOf(row, change))
  const done = rows.filter((row) => row.done).length
  return { done, refused: rows.length - done, rows }
}

/** Only a refusal is an answer; anything else is trouble of ours, and what was done so far is done. */
async function outcomeOf<Row extends { id: string }>(
  row: Row,
  change: (row: Row) => Promise<unknown>,
): Promise<Outcome> {
  const plain = { id: row.id, code: null, field: null, params: {}, newId: null, before: null }
  try {
    const made = (await change(row)) as Made | undefined
    return { ...plain, done: true, newId: made?.newId ?? null, before: made?.before ?? null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...plain, done: false, code: error.code, field: error.field ?? null, params: error.params }
  }
}
