// Requests as the API shows them: with names, where each step stands, and what was shown before.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { readActorNames } from '../../people/directory.ts'
import { whoIsIn } from '../../people/names.ts'
import { findPost } from '../store.ts'
import type { LaneShown } from './lanes.ts'
import { mayVote, type Standing } from './rules.ts'
import type { laneView, requestView, stepView } from './shapes.ts'
import { shownBefore } from './shown-before.ts'
import { isLiving, type Whole, wholeOf } from './standing.ts'
import { type CommentRow, commentsOf, findRequest, type RequestRow } from './store.ts'
import { type LinkRow, linksOf } from './store-links.ts'

type RequestView = z.infer<typeof requestView>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function requestViewOf(tx: Tx, request: RequestRow, viewerId: string): Promise<RequestView> {
  const { org_id: orgId, post_id: postId, id } = request
  const found = (await findPost(tx, orgId, postId))!
  const whole = await wholeOf(tx, found.post, request)
  const comments = await commentsOf(tx, orgId, [id])
  const links = await linksOf(tx, orgId, [id])
  const names = await namesOf(tx, whole, { comments, links })
  const before = await shownBefore(tx, request, whole.renditions)
  const person = whoIsIn(names)
  const living = whole.renditions.some((each) => isLiving(each, found.variants))
  return {
    ...headOf(request, person),
    findings: request.findings,
    steps: whole.standings.map((standing) => stepOf(standing, whole, person)),
    votes: whole.votes.map((each) => ({
      ...{ voter: person(each.voter_id), outside: each.voter_kind === 'outsider', vote: each.vote },
      ...{ reason: each.reason, at: each.at.toISOString() },
    })),
    renditions: whole.renditions.map((each) => ({
      ...{ variantId: each.variant_id, accountId: each.account_id, words: each.words, content: each.content },
      ...{ contentHash: each.content_hash, voidedAt: iso(each.voided_at), before: before.get(each.variant_id) ?? null },
    })),
    comments: comments.map((each) => commentOf(each, person)),
    links: links.map((each) => linkOf(each, person)),
    mine: mineOf(whole, viewerId, living),
  }
}

type PersonOf = (id: string) => { id: string; name: string }

const headOf = (request: RequestRow, person: PersonOf) => ({
  ...{ id: request.id, postId: request.post_id, state: request.state, note: request.note },
  ...{ askedBy: person(request.asked_by), askedAt: request.asked_at.toISOString() },
  ...{ dueAt: request.due_at.toISOString(), atOnce: request.at_once, endedAt: iso(request.ended_at) },
  ...{ endedBy: request.ended_by ? person(request.ended_by).name : null, reason: request.reason },
  ...{ boxEndsAt: iso(request.box_ends_at), boxOverAt: iso(request.box_over_at) },
  whenSilent: request.when_silent as RequestView['whenSilent'],
})

function stepOf({ step, state, needed, agreed, missing }: Standing, { steps }: Whole, person: PersonOf) {
  const row = steps.find(({ id }) => id === step.id)!
  const named = [...row.rule.approvers, ...row.rule.deputies]
  return {
    ...{ id: step.id, lane: row.lane_name, kind: step.kind, position: step.position, state, needed },
    ...{ reasons: row.reasons, agreed: agreed.map(person), missing: missing.map(person) },
    ...{ deputyAt: iso(step.deputyAt), managerAt: iso(step.managerAt) },
    outsiderIds: named.flatMap((each) => (each.kind === 'outsider' ? [each.id] : [])),
  } satisfies z.infer<typeof stepView>
}

const commentOf = (row: CommentRow, person: PersonOf) => ({
  ...{ id: row.id, variantId: row.variant_id, author: person(row.author_id), outside: row.author_kind === 'outsider' },
  ...{ at: row.at.toISOString(), text: row.text, segment: row.segment, suggestion: row.suggestion },
  takenAt: iso(row.taken_at),
})

const linkOf = (row: LinkRow, person: PersonOf) => ({
  ...{ id: row.id, outsider: person(row.outsider_id), createdAt: row.created_at.toISOString() },
  ...{ expiresAt: row.expires_at.toISOString(), revokedAt: iso(row.revoked_at), lastUsedAt: iso(row.last_used_at) },
  ...{ uses: row.uses, mailed: row.mailed },
})

/** What the viewer may do now, and why not where they are named. */
export function mineOf({ request, standings, votes }: Whole, viewerId: string, living: boolean): RequestView['mine'] {
  const vote = request.state === 'open' && living && mayVote(standings, viewerId)
  const voted = votes.findLast((each) => each.voter_id === viewerId)?.vote ?? null
  const named = standings.find(({ step }) => step.approvers.includes(viewerId))
  const own = request.authors.includes(viewerId)
  const why =
    vote || request.state !== 'open' || !named
      ? null
      : own
        ? 'own-post'
        : named.state === 'waiting'
          ? 'not-your-turn'
          : null
  return { vote, voted, why }
}

function namesOf(
  tx: Tx,
  { request, standings, votes, people }: Whole,
  { comments, links }: { comments: CommentRow[]; links: LinkRow[] },
): Promise<Map<string, string>> {
  const known = [...people.members, ...people.outsiders]
  const ids = [
    ...[request.asked_by, ...(request.ended_by ? [request.ended_by] : [])],
    ...standings.flatMap(({ agreed, missing }) => [...agreed, ...missing]),
    ...votes.map(({ voter_id }) => voter_id),
    ...comments.map(({ author_id }) => author_id),
    ...links.map(({ outsider_id }) => outsider_id),
  ]
  return readActorNames(tx, request.org_id, ids).then((names) => {
    for (const { id, name } of known) names.set(id, name)
    return names
  })
}

/** The request after something was done with it. */
export async function requestShown(tx: Tx, orgId: string, id: string, viewerId: string): Promise<RequestView | null> {
  const request = await findRequest(tx, orgId, id)
  return request ? requestViewOf(tx, request, viewerId) : null
}

export const laneViewOf = (lane: LaneShown): z.infer<typeof laneView> => ({
  ...{ id: lane.id, name: lane.name, kind: lane.kind, steps: lane.steps, fast: lane.fast, scopes: lane.scopes },
  updatedAt: lane.updated_at.toISOString(),
})
