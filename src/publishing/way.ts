// The way of a post: what people did with it and every attempt to send it, in order of time.

import type { z } from 'zod'
import { inOrg, type Tx } from '../db/tx.ts'
import { notFound } from '../lib/refusal.ts'
import { readActorNames } from '../people/directory.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { wayStep } from './contract.ts'
import { holdsOfPost } from './holds/store.ts'
import { findPost } from './store.ts'
import type { Reason } from './types.ts'

type Step = z.infer<typeof wayStep>

export function wayOfPost(services: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<Step[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await findPost(tx, caller.orgId, id)
    if (!found) throw notFound('post')
    const told = await toldSteps(tx, caller.orgId, id)
    const tried = await attemptSteps(
      tx,
      caller.orgId,
      found.variants.map((variant) => variant.id),
    )
    const held = await heldSteps(tx, caller.orgId, id)
    return [...told, ...tried, ...held].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  })
}

/** What Longrun did without an attempt to send: a post waits for its account or for consent, and goes on. */
const ownSteps = [
  ...['post.parked', 'post.resumed', 'approval.granted', 'approval.reopened', 'approval.changed', 'approval.asked'],
  ...['approval.climbed', 'approval.late', 'approval.box-over'],
]

interface StepFacts {
  variantId?: string
  url?: string
  reason?: string
  dueAt?: string
  decision?: string
  /** Of a request for consent. */
  lanes?: string[]
  lane?: string
}

/** What people did. What Longrun did is told by the attempts, with more detail. */
async function toldSteps(tx: Tx, orgId: string, postId: string): Promise<Step[]> {
  const rows = await tx
    .selectFrom('events')
    .select(['at', 'verb', 'actor_id', 'actor_kind', 'facts'])
    .where('org_id', '=', orgId)
    .where('subject_id', '=', postId)
    .where((eb) => eb.or([eb('actor_kind', 'in', ['member', 'token', 'outsider']), eb('verb', 'in', ownSteps)]))
    .orderBy('seq')
    .limit(1000)
    .execute()
  const names = await readActorNames(
    tx,
    orgId,
    rows.flatMap((row) => (row.actor_kind !== 'token' && row.actor_id ? [row.actor_id] : [])),
  )
  return rows.map((row) => {
    const facts = row.facts as StepFacts
    const said = facts.reason ?? facts.lanes?.join(', ') ?? facts.lane
    const reason: Reason | null =
      said || facts.dueAt || facts.decision
        ? { code: facts.decision ?? row.verb, text: said, until: facts.dueAt }
        : null
    return {
      at: row.at.toISOString(),
      variantId: facts.variantId ?? null,
      code: row.verb,
      by: names.get(row.actor_id ?? '') ?? null,
      position: null,
      url: facts.url ?? null,
      reason,
    }
  })
}

/** Holds over many posts record themselves once, not at each post. */
async function heldSteps(tx: Tx, orgId: string, postId: string): Promise<Step[]> {
  const rows = await holdsOfPost(tx, orgId, postId)
  return rows.flatMap((row) => {
    const step = (at: Date, code: string, by: string | null, reason: Reason | null): Step => ({
      ...{ at: at.toISOString(), variantId: row.variant_id, code, by, position: null, url: null, reason },
    })
    const began = step(row.found_at, `hold.${row.found}`, row.begun_by, { code: 'held', text: row.reason })
    return row.let_go && row.ended_at ? [began, step(row.ended_at, `hold.${row.let_go}`, row.ended_by, null)] : [began]
  })
}

async function attemptSteps(tx: Tx, orgId: string, variantIds: string[]): Promise<Step[]> {
  if (variantIds.length === 0) return []
  const attempts = await tx
    .selectFrom('attempts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('variant_id', 'in', variantIds)
    .orderBy('claimed_at')
    .execute()
  const parts = await tx
    .selectFrom('parts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('variant_id', 'in', variantIds)
    .where('published_at', 'is not', null)
    // What a person linked by its address was not accepted before our eyes: their own step tells it.
    .where('remote_id', 'is not', null)
    .execute()
  const step = (at: Date, variantId: string, code: string, more: Partial<Step> = {}): Step => ({
    at: at.toISOString(),
    variantId,
    code,
    by: null,
    position: null,
    url: null,
    reason: null,
    ...more,
  })
  const accepted = parts.map((part) =>
    step(part.published_at!, part.variant_id, 'part.accepted', { position: part.position, url: part.remote_url }),
  )
  // An attempt knows its last write only; of a thread each part knows its own.
  const written = new Set(attempts.map((attempt) => `${attempt.variant_id} ${attempt.sent_at?.getTime()}`))
  const sent = parts
    .filter((part) => part.sent_at && !written.has(`${part.variant_id} ${part.sent_at.getTime()}`))
    .map((part) => step(part.sent_at!, part.variant_id, 'attempt.sent', { position: part.position }))
  const tried = attempts.flatMap((attempt) => {
    const reason: Reason | null = attempt.error_code
      ? {
          code: attempt.error_code,
          kind: attempt.error_kind ?? undefined,
          field: attempt.field ?? undefined,
          until: attempt.retry_at?.toISOString(),
        }
      : null
    const more = { position: attempt.position, reason }
    return [
      step(attempt.claimed_at, attempt.variant_id, `attempt.${attempt.purpose}`),
      ...(attempt.sent_at
        ? [step(attempt.sent_at, attempt.variant_id, 'attempt.sent', { position: attempt.position })]
        : []),
      ...(attempt.ended_at && attempt.outcome !== 'published'
        ? [step(attempt.ended_at, attempt.variant_id, `outcome.${attempt.outcome}`, more)]
        : []),
    ]
  })
  return [...tried, ...sent, ...accepted]
}
