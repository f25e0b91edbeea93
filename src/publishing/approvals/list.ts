// Lists of requests: those that wait for the viewer, those they asked, all.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { memberNames } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { peopleOf } from './approvers.ts'
import { isAsked } from './rules.ts'
import type { requestLine } from './shapes.ts'
import { standingOf } from './standing.ts'
import { accountsAsked, listRequests, type RequestRow, stepsOf, votesOf } from './store.ts'
import type { RequestState } from './types.ts'

type Line = z.infer<typeof requestLine>

const place = z.tuple([z.iso.datetime(), z.uuid()])
/** Open requests among which those for the viewer are looked for. */
const mostOpen = 1000

export function listApprovals(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  given: { whose: 'waiting' | 'asked' | 'all'; state?: RequestState; limit: number; cursor?: string },
): Promise<{ items: Line[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)
  return inOrg(db, caller.orgId, async (tx) => {
    if (given.whose === 'waiting') {
      const open = await listRequests(tx, caller.orgId, { state: 'open', after: null, limit: mostOpen })
      const lines = (await linesOf(tx, caller, open)).filter(({ forMe }) => forMe)
      // What is due first is answered first.
      return { items: lines.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).slice(0, given.limit), nextCursor: null }
    }
    const askedBy = given.whose === 'asked' ? caller.memberId : undefined
    const rows = await listRequests(tx, caller.orgId, { state: given.state, askedBy, after, limit: given.limit + 1 })
    const page = pageFrom(
      rows,
      given.limit,
      (row) => [row.asked_at.toISOString(), row.id],
      (row) => row,
    )
    return { items: await linesOf(tx, caller, page.items), nextCursor: page.nextCursor }
  })
}

async function linesOf(tx: Tx, { orgId, memberId }: Caller, rows: RequestRow[]): Promise<Line[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const people = await peopleOf(tx, orgId)
  const steps = Map.groupBy(await stepsOf(tx, orgId, ids), ({ request_id }) => request_id)
  const votes = Map.groupBy(await votesOf(tx, orgId, ids), ({ request_id }) => request_id)
  const asked = Map.groupBy(await accountsAsked(tx, orgId, ids), ({ request_id }) => request_id)
  const names = await memberNames(
    tx,
    orgId,
    rows.map(({ asked_by }) => asked_by),
  )
  const posts = await tx
    .selectFrom('posts')
    .select(['id', 'summary', 'department_id', 'picture_id'])
    .where('org_id', '=', orgId)
    .where(
      'id',
      'in',
      rows.map(({ post_id }) => post_id),
    )
    .execute()
  return rows.map((request) => {
    const post = posts.find(({ id }) => id === request.post_id)!
    const own = steps.get(request.id) ?? []
    const whole = { request, steps: own, votes: votes.get(request.id) ?? [], people }
    return {
      ...{ id: request.id, postId: post.id, summary: post.summary, state: request.state, atOnce: request.at_once },
      askedBy: { id: request.asked_by, name: names.get(request.asked_by) ?? '' },
      ...{ askedAt: request.asked_at.toISOString(), dueAt: request.due_at.toISOString() },
      accountIds: (asked.get(request.id) ?? []).map(({ account_id }) => account_id),
      lanes: [...new Set(own.map(({ lane_name }) => lane_name))],
      forMe: request.state === 'open' && isAsked(standingOf(whole, post), memberId),
      thumbnailUrl: post.picture_id ? `/files/${orgId}/${post.picture_id}/thumbnail` : null,
    }
  })
}
