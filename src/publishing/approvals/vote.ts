// Consent and refusal: a vote counts for the exact renditions of a request, for members and for people outside alike.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Actor, Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { changePosts, lockPost, moveVariant, type PostWithVariants } from '../store.ts'
import type { Reason } from '../types.ts'
import { mayVote } from './rules.ts'
import { isLiving, settleRequest, type Whole, wholeOf } from './standing.ts'
import { changeRequest, findRequest, insertVote, lockRequest, type RequestRow } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export interface Voting {
  id: string
  vote: 'approve' | 'reject'
  reason: string
}

/** A member, or somebody outside who came by a link. */
export interface Voter {
  orgId: string
  kind: 'member' | 'outsider'
  id: string
  actor: Actor
}

export const memberVoter = ({ orgId, memberId, actor }: Caller): Voter => ({
  ...{ orgId, kind: 'member', id: memberId, actor },
})

export interface Open {
  tx: Tx
  found: PostWithVariants
  request: RequestRow
  now: Date
}

/**
 * Runs `work` on a request that is open, with its post and itself locked: an edit and a vote at the same moment come one after the
 * other, and the later one sees what the earlier one did.
 */
export function onOpenRequest<T>(
  services: Deps,
  orgId: string,
  id: string,
  work: (open: Open) => Promise<{ result: T; events: NewEvent[] }>,
  actor: Actor,
): Promise<T> {
  return changePosts(services.db, orgId, async (tx) => {
    const known = await findRequest(tx, orgId, id)
    const found = known && (await lockPost(tx, orgId, known.post_id))
    const request = found && (await lockRequest(tx, orgId, id))
    if (!request || !found || found.post.deleted_at) throw notFound('approval')
    if (request.state !== 'open') throw new Refusal('request-over', { status: 409, params: { state: request.state } })
    const now = services.clock()
    const { result, events } = await work({ tx, found, request, now })
    await refreshPostStates(tx, [[orgId, found.post.id]])
    await recordAll(tx, orgId, actor, now, events)
    return result
  })
}

export const voteOn = (services: Deps, voter: Voter, voting: Voting): Promise<void> =>
  onOpenRequest(services, voter.orgId, voting.id, (open) => castVote(open, voter, voting), voter.actor)

async function castVote(
  { tx, found, request, now }: Open,
  voter: Voter,
  { vote, reason }: Voting,
): Promise<{ result: undefined; events: NewEvent[] }> {
  const whole = await wholeOf(tx, found.post, request)
  // An edit ends the request in its own transaction; this is a second lock on the same door.
  if (!whole.renditions.some((each) => isLiving(each, found.variants)))
    throw new Refusal('request-over', { status: 409, params: { state: 'voided' } })
  if (!mayVote(whole.standings, voter.id)) throw refusedVoter(whole, voter.id)
  if (whole.votes.findLast((each) => each.voter_id === voter.id)?.vote === vote)
    throw new Refusal('already-voted', { status: 409 })
  if (vote === 'reject' && reason === '') throw new Refusal('reason-needed', { field: 'reason' })
  await insertVote(tx, {
    ...{ org_id: request.org_id, id: newId(), request_id: request.id, vote, reason, at: now },
    ...{ voter_kind: voter.kind, voter_id: voter.id },
  })
  const subject = { kind: 'post', id: found.post.id }
  const facts = { requestId: request.id, ...(reason ? { reason } : {}) }
  if (vote === 'approve') {
    const settled = await settleRequest(tx, { found, request, now })
    return { result: undefined, events: [{ verb: 'approval.given', subject, facts }, ...settled] }
  }
  const why = voter.kind === 'member' ? { by: voter.id } : {}
  await turnBack({ tx, found, request, now }, whole, { code: 'approval-refused', text: reason, ...why })
  await changeRequest(tx, request, {
    ...{ state: 'rejected', ended_at: now, ended_by: voter.id, reason, look_at: now },
  })
  return { result: undefined, events: [{ verb: 'approval.refused', subject, facts }] }
}

function refusedVoter({ request, standings }: Whole, id: string): Refusal {
  const named = standings.some(({ step }) => [...step.approvers, ...step.deputies, ...step.managers].includes(id))
  if (request.authors.includes(id) && named) return new Refusal('own-post', { status: 403 })
  const later = standings.some(({ state, step }) => state === 'waiting' && step.approvers.includes(id))
  return new Refusal(later ? 'not-your-turn' : 'not-asked', { status: 403 })
}

/** Back to its author as a draft, which may say why. */
async function turnBack({ tx, found, now }: Open, { renditions }: Whole, reason: Reason | null): Promise<void> {
  for (const { variant_id } of renditions) {
    const variant = found.variants.find(({ id }) => id === variant_id)
    if (variant?.state === 'in-review')
      await moveVariant(tx, variant, { state: 'draft', reason, dueAt: variant.due_at, wakeAt: null }, now)
  }
}

/** By whoever asked, or whoever may schedule. It is a draft again, and nobody has to answer. */
export const withdrawRequest = (services: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  onOpenRequest(
    services,
    caller.orgId,
    id,
    async (open) => {
      const { tx, found, request, now } = open
      if (request.asked_by !== caller.memberId && !callerMay(caller, 'posts.schedule'))
        throw new Refusal('not-your-request', { status: 403 })
      await turnBack(open, await wholeOf(tx, found.post, request), null)
      await changeRequest(tx, request, {
        ...{ state: 'withdrawn', ended_at: now, ended_by: caller.memberId, look_at: null, end_told_at: now },
      })
      const facts = { requestId: id }
      const event = { verb: 'approval.withdrawn', subject: { kind: 'post', id: found.post.id }, facts }
      return { result: undefined, events: [event] }
    },
    caller.actor,
  )
