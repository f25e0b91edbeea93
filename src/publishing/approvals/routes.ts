// Approval over HTTP: each route calls one verb; who is asked is told at once rather than at the next minute.

import { inOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { clientAddressHeader } from '../../people/auth.ts'
import { addOutsider, listOutsiders, removeOutsider } from '../../people/outsiders.ts'
import { type RouteContext, serve } from '../../people/serve.ts'
import { schedulePost } from '../schedule-post.ts'
import { commentOn, takeSuggestion } from './comments.ts'
import { approvalsContract } from './contract.ts'
import {
  addGuardrail,
  changeGuardrail,
  foresee,
  listGuardrails,
  removeGuardrail,
  restoreGuardrail,
  tryText,
} from './guardrails.ts'
import { changeLane, type LaneChanged, listLanes, makeLane, retire } from './lanes.ts'
import { inviteOutsider, revokeLink, uninviteOutsider } from './links.ts'
import { listApprovals } from './list.ts'
import { commentOutside, type Holder, holderOf, openReview, voteOutside } from './outside.ts'
import { reviewViewOf } from './review-view.ts'
import { requestsOfPost } from './store.ts'
import { tendSoon } from './tend.ts'
import { laneViewOf, requestShown, requestViewOf } from './views.ts'
import { memberVoter, voteOn, withdrawRequest } from './vote.ts'

const os = serve(approvalsContract)
const removed = { removed: true } as const
const changedLane = (lane: LaneChanged) => ({ ...laneViewOf(lane), lookingAgain: lane.lookingAgain })

/** Requests of one post that are shown; older ones are on its way. */
const mostOfPost = 20

async function shown({ services, caller }: RouteContext, id: string) {
  const view = await inOrg(services.db, caller.orgId, (tx) => requestShown(tx, caller.orgId, id, caller.memberId))
  if (!view) throw notFound('approval')
  return view
}

async function shownAfter(context: RouteContext, id: string, work: Promise<unknown>) {
  await work
  await tendSoon(context.services, 'id', id)
  return shown(context, id)
}

const holder = ({ services, request }: RouteContext, secret: string): Promise<Holder> =>
  holderOf(services, secret, request.headers.get(clientAddressHeader) ?? '')

async function reviewed({ services }: RouteContext, holding: Holder, work?: Promise<unknown>) {
  await work
  if (work) await tendSoon(services, 'id', holding.link.request_id)
  return openReview(services, holding, (tx, request) => reviewViewOf(tx, request, holding))
}

export const approvalsRoutes = os.router({
  approvals: {
    list: os.approvals.list.handler(({ context: { services, caller }, input }) =>
      listApprovals(services, caller, input),
    ),
    read: os.approvals.read.handler(({ context, input }) => shown(context, input.id)),
    ofPost: os.approvals.ofPost.handler(({ context: { services, caller }, input }) =>
      inOrg(services.db, caller.orgId, async (tx) => {
        const requests = await requestsOfPost(tx, caller.orgId, input.id, mostOfPost)
        const views = []
        for (const request of requests) views.push(await requestViewOf(tx, request, caller.memberId))
        return views
      }),
    ),
    foresee: os.approvals.foresee.handler(({ context: { services, caller }, input }) =>
      foresee(services, caller, input),
    ),
    ask: os.approvals.ask.handler(async ({ context: { services, caller }, input }) => {
      const post = await schedulePost(services, caller, input)
      await tendSoon(services, 'post_id', input.id)
      return post
    }),
    withdraw: os.approvals.withdraw.handler(({ context, input }) =>
      shownAfter(context, input.id, withdrawRequest(context.services, context.caller, input)),
    ),
    vote: os.approvals.vote.handler(({ context, input }) =>
      shownAfter(context, input.id, voteOn(context.services, memberVoter(context.caller), input)),
    ),
    comment: os.approvals.comment.handler(({ context, input }) =>
      shownAfter(context, input.id, commentOn(context.services, memberVoter(context.caller), input)),
    ),
    take: os.approvals.take.handler(({ context: { services, caller }, input }) =>
      takeSuggestion(services, caller, input),
    ),
    invite: os.approvals.invite.handler(async ({ context: { services, caller }, input }) => {
      const { link, url } = await inviteOutsider(services, caller, input)
      await tendSoon(services, 'id', input.id)
      return { url, mailed: link.mailed, expiresAt: link.expires_at.toISOString() }
    }),
    revokeLink: os.approvals.revokeLink.handler(async ({ context: { services, caller }, input }) => {
      await revokeLink(services, caller, input)
      return removed
    }),
    uninvite: os.approvals.uninvite.handler(async ({ context: { services, caller }, input }) => {
      await uninviteOutsider(services, caller, input)
      return removed
    }),
  },
  lanes: {
    list: os.lanes.list.handler(async ({ context: { services, caller } }) =>
      (await listLanes(services, caller.orgId)).map(laneViewOf),
    ),
    make: os.lanes.make.handler(async ({ context: { services, caller }, input }) =>
      changedLane(await makeLane(services, caller, input)),
    ),
    change: os.lanes.change.handler(async ({ context: { services, caller }, input }) =>
      changedLane(await changeLane(services, caller, input)),
    ),
    retire: os.lanes.retire.handler(async ({ context: { services, caller }, input }) => ({
      ...removed,
      ...(await retire(services, caller, input.id)),
    })),
  },
  guardrails: {
    list: os.guardrails.list.handler(({ context: { services, caller } }) => listGuardrails(services, caller.orgId)),
    add: os.guardrails.add.handler(({ context: { services, caller }, input: { org: _, ...content } }) =>
      addGuardrail(services, caller, content),
    ),
    change: os.guardrails.change.handler(({ context: { services, caller }, input: { org: _, ...guardrail } }) =>
      changeGuardrail(services, caller, guardrail),
    ),
    remove: os.guardrails.remove.handler(async ({ context: { services, caller }, input }) => ({
      ...removed,
      ...(await removeGuardrail(services, caller, input.id)),
    })),
    restore: os.guardrails.restore.handler(({ context: { services, caller }, input }) =>
      restoreGuardrail(services, caller, input.id),
    ),
    try: os.guardrails.try.handler(({ context: { services, caller }, input }) => tryText(services, caller, input)),
  },
  outsiders: {
    list: os.outsiders.list.handler(({ context: { services, caller } }) => listOutsiders(services, caller.orgId)),
    add: os.outsiders.add.handler(({ context: { services, caller }, input }) => addOutsider(services, caller, input)),
    remove: os.outsiders.remove.handler(async ({ context: { services, caller }, input }) => {
      await removeOutsider(services, caller, input.id)
      return removed
    }),
  },
  reviews: {
    read: os.reviews.read.handler(async ({ context, input }) => reviewed(context, await holder(context, input.secret))),
    vote: os.reviews.vote.handler(async ({ context, input }) => {
      const holding = await holder(context, input.secret)
      return reviewed(context, holding, voteOutside(context.services, holding, input))
    }),
    comment: os.reviews.comment.handler(async ({ context, input }) => {
      const holding = await holder(context, input.secret)
      return reviewed(context, holding, commentOutside(context.services, holding, input))
    }),
  },
})
