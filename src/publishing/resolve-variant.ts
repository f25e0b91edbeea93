// A person says what became of a post that nobody could look up: it is there, it is not, or it no longer matters.

import type { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { endWithWhatIsOut } from './end-thread.ts'
import { allows, partRoles } from './rules.ts'
import { changePosts, findPost, moveVariant, type VariantRow } from './store.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

export interface Decision {
  id: string
  variant: string
  decision: 'published' | 'send' | 'forget'
  url?: string
}

export async function resolveVariant(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: Decision,
): Promise<z.infer<typeof postView>> {
  if (given.decision === 'published' && !given.url) throw new Refusal('address-needed', { field: 'url' })
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await livePost(tx, caller.orgId, given.id)
    const variant = found.variants.find((each) => each.id === given.variant)
    if (!variant) throw notFound('variant')
    if (!allows(variant, 'resolve'))
      throw new Refusal('not-in-doubt', { status: 409, params: { state: variant.state } })
    const now = services.clock()
    const last = partRoles(variant.content ?? found.post.content).length - 1
    if (given.decision === 'forget' && variant.out > 0) await endWithWhatIsOut(tx, variant, caller, now)
    else await settleDoubt(tx, variant, { ...given, last, by: caller.memberId, now })
    await refreshPostStates(tx, [[caller.orgId, given.id]])
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'post.resolved',
      subject: { kind: 'post', id: given.id },
      facts: { variantId: variant.id, decision: given.decision, ...(given.url ? { url: given.url } : {}) },
    })
    return viewOf(tx, (await findPost(tx, caller.orgId, given.id))!)
  })
}

type Doubtful = Pick<VariantRow, 'org_id' | 'id' | 'account_id' | 'revision' | 'worker_id' | 'due_at' | 'remote_url'>

/** What a person says of a variant of which nothing else is out. `last`: its last part. */
export async function settleDoubt(
  tx: Tx,
  variant: Doubtful,
  { decision, url, last, by, now }: Pick<Decision, 'decision' | 'url'> & { last: number; by: string; now: Date },
): Promise<void> {
  if (decision === 'published') await confirm(tx, variant, { url: url!, last, now })
  if (decision === 'send') await sendAgain(tx, variant, now)
  if (decision === 'forget') await forget(tx, variant, by, now)
}

const doubtful = (tx: Tx, variant: Doubtful) =>
  tx
    .updateTable('parts')
    .where('org_id', '=', variant.org_id)
    .where('variant_id', '=', variant.id)
    .where('revision', '=', variant.revision)
    .where('published_at', 'is', null)

/** The person's word is the proof. What would follow in a thread needs the network's own reference, so it is not sent. */
async function confirm(
  tx: Tx,
  variant: Doubtful,
  { url, last, now }: { url: string; last: number; now: Date },
): Promise<void> {
  const parts = await doubtful(tx, variant)
    .set({ published_at: now, remote_url: url, ref: null })
    .returning('position')
    .execute()
  const complete = parts.some((part) => part.position === last)
  await moveVariant(
    tx,
    variant,
    { state: 'published', reason: complete ? null : { code: 'rest-not-sent' }, dueAt: variant.due_at, wakeAt: null },
    now,
  )
  await tx
    .updateTable('variants')
    .set({ published_at: now, remote_url: variant.remote_url ?? url })
    .where('org_id', '=', variant.org_id)
    .where('id', '=', variant.id)
    .execute()
}

/** The doubt stays on record: should it ever be scheduled again, it is looked up before it is sent. */
async function forget(tx: Tx, variant: Doubtful, by: string, now: Date): Promise<void> {
  await moveVariant(
    tx,
    variant,
    { state: 'cancelled', reason: { code: 'forgotten', by }, dueAt: variant.due_at, wakeAt: null },
    now,
  )
}

async function sendAgain(tx: Tx, variant: Doubtful, now: Date): Promise<void> {
  await doubtful(tx, variant).set({ sent_at: null, ref: null }).execute()
  await moveVariant(tx, variant, { state: 'scheduled', reason: null, dueAt: variant.due_at ?? now, wakeAt: now }, now)
}
