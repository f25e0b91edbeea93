// A request as it stands: read as a whole, moved on when votes, people or lanes change.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { moveVariant, type PostRow, type PostWithVariants, planPost, type VariantRow } from '../store.ts'
import { wallOf } from '../times.ts'
import { type People, peopleOf, stepFrom } from './approvers.ts'
import { afterConsent, isGranted, livingStates, type Standing, standingsOf } from './rules.ts'
import {
  changeRequest,
  markStep,
  type RenditionRow,
  type RequestRow,
  renditionsOf,
  type StepRow,
  setConsent,
  stepsOf,
  type VoteRow,
  votesOf,
} from './store.ts'

export interface Whole {
  request: RequestRow
  renditions: RenditionRow[]
  steps: StepRow[]
  votes: VoteRow[]
  people: People
  standings: Standing[]
}

export async function wholeOf(tx: Tx, post: PostRow, request: RequestRow): Promise<Whole> {
  const { org_id: orgId, id } = request
  const people = await peopleOf(tx, orgId)
  const steps = await stepsOf(tx, orgId, [id])
  const votes = await votesOf(tx, orgId, [id])
  const renditions = await renditionsOf(tx, orgId, [id])
  return { request, renditions, steps, votes, people, standings: standingOf({ request, steps, votes, people }, post) }
}

export const standingOf = (
  { request, steps, votes, people }: Pick<Whole, 'request' | 'steps' | 'votes' | 'people'>,
  post: Pick<PostRow, 'department_id'>,
): Standing[] =>
  standingsOf(
    steps.map((row) => stepFrom(row, people, post.department_id)),
    votes.map(({ voter_id, vote, at }) => ({ voterId: voter_id, vote, at })),
    request.authors,
  )

/** Whether what was shown is still exactly what would go out. */
export const isLiving = (rendition: RenditionRow, variants: VariantRow[]): boolean =>
  rendition.voided_at === null &&
  variants.some(
    ({ id, content_hash, state }) =>
      id === rendition.variant_id &&
      content_hash === rendition.content_hash &&
      (livingStates as readonly string[]).includes(state),
  )

export interface Settling {
  found: PostWithVariants
  request: RequestRow
  now: Date
}

/**
 * Marks the steps that are open or passed by now. When all are passed, consent is written to every rendition that is still what was
 * shown, and it goes on its way. The post and the request are locked. Answers what is to be recorded.
 */
export async function settleRequest(tx: Tx, { found, request, now }: Settling): Promise<NewEvent[]> {
  const whole = await wholeOf(tx, found.post, request)
  for (const { step, state } of whole.standings) {
    const row = whole.steps.find(({ id }) => id === step.id)!
    if (state !== 'waiting' && !row.opened_at) await markStep(tx, request.org_id, step.id, { opened_at: now })
    if (state === 'satisfied' && !row.satisfied_at) await markStep(tx, request.org_id, step.id, { satisfied_at: now })
    if (state !== 'satisfied' && row.satisfied_at) await markStep(tx, request.org_id, step.id, { satisfied_at: null })
  }
  if (!isGranted(whole.standings)) {
    await changeRequest(tx, request, { look_at: now })
    return []
  }
  return [await grantRequest(tx, { found, request, renditions: whole.renditions, now })]
}

export async function grantRequest(
  tx: Tx,
  {
    found,
    request,
    renditions,
    now,
    silence = false,
  }: Settling & { renditions: RenditionRow[] /** Nobody objected within the time box. */; silence?: boolean },
): Promise<NewEvent> {
  const { post, variants } = found
  const next = afterConsent({ dueAt: request.due_at, atOnce: request.at_once }, now)
  const living = renditions.filter((rendition) => isLiving(rendition, variants))
  for (const rendition of living) {
    const variant = variants.find(({ id }) => id === rendition.variant_id)!
    await setConsent(tx, post.org_id, variant.id, { needed: true, hash: rendition.content_hash })
    if (variant.state !== 'in-review') continue
    if (next.kind === 'held')
      await moveVariant(
        tx,
        variant,
        { state: 'held', reason: { code: 'approved-too-late' }, dueAt: variant.due_at, wakeAt: null },
        now,
      )
    else await moveVariant(tx, variant, { ...next, state: 'scheduled', reason: null }, now)
  }
  if (next.kind === 'scheduled' && request.at_once && post.due_zone)
    await planPost(tx, post.org_id, post.id, {
      ...{ dueWall: wallOf(now, post.due_zone), dueZone: post.due_zone, dueAt: now },
    })
  await changeRequest(tx, request, {
    ...{ state: 'granted', granted_at: now, ended_at: now, ended_by: null, reason: null, look_at: now },
  })
  return {
    verb: 'approval.granted',
    subject: { kind: 'post', id: post.id },
    facts: {
      requestId: request.id,
      ...{ variantIds: living.map(({ variant_id }) => variant_id) },
      ...(next.kind === 'held' ? { late: true } : { dueAt: next.dueAt }),
      ...(silence ? { silence } : {}),
    },
  }
}
