// Routes of approval: requests and votes, lanes, guardrails, people outside and what they do with their link.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { postView, when } from '../contract.ts'
import { sameTextAgain } from '../similar/types.ts'
import { belonging, draft } from '../types.ts'
import { guardrailView, laneView, outsiderView, requestLine, requestView, reviewView } from './shapes.ts'
import {
  fastRule,
  finding,
  guardrailKinds,
  guardrailSettings,
  laneKinds,
  laneReason,
  laneScope,
  requestStates,
  stepRule,
} from './types.ts'

const name = z.string().trim().min(1).max(200)

const laneInput = inOrgInput.extend({
  name,
  kind: z.enum(laneKinds).default('ordinary'),
  steps: z.array(stepRule).min(1).max(10),
  fast: fastRule.nullable().default(null),
  scopes: z
    .array(laneScope)
    .max(200)
    .default([])
    .meta({ examples: [[]] }),
})

const guardrailInput = inOrgInput.extend({
  name,
  kind: z.enum(guardrailKinds),
  settings: guardrailSettings,
  accountIds: z.array(z.uuid()).max(200).default([]),
  laneId: z.uuid(),
})

const voteInput = { vote: z.enum(['approve', 'reject']), reason: z.string().trim().max(2000).default('') }
const commentInput = {
  variantId: z.uuid(),
  text: z.string().trim().max(5000).default(''),
  suggestion: z
    .object({ segment: z.number().int().min(0).max(199), text: z.string().max(100_000) })
    .optional()
    .describe('Other words for one segment'),
}

const secret = z.string().min(1).max(200)

const removed = z.object({ removed: z.literal(true) })

/** A change of lanes and guardrails reaches what is planned by a job, within seconds. */
const lookingAgain = {
  lookingAgain: z.number().int().describe('Planned posts that are looked at again now, in the background'),
}
const changedLane = laneView.extend(lookingAgain)
const changedGuardrail = guardrailView.extend(lookingAgain)
const removedRule = removed.extend(lookingAgain)

export const approvalsContract = {
  approvals: {
    list: route('approvals.read')
      .route({ method: 'GET', path: '/orgs/{org}/approvals', summary: 'Requests for approval, newest first' })
      .input(
        pageInput.extend({
          whose: z.enum(['waiting', 'asked', 'all']).default('all').describe('Waiting for me, asked by me, all'),
          state: z.enum(requestStates).optional(),
        }),
      )
      .output(pageOf(requestLine)),
    read: route('approvals.read')
      .route({ method: 'GET', path: '/orgs/{org}/approvals/{id}', summary: 'One request, with what it is about' })
      .input(byId)
      .output(requestView),
    ofPost: route('approvals.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/posts/{id}/approvals',
        summary: 'Requests about a post, newest first',
      })
      .input(byId)
      .output(z.array(requestView)),
    foresee: route('approvals.ask')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/foresee',
        summary: 'What would have to be approved, and why',
      })
      .input(
        inOrgInput.extend({
          content: draft,
          variants: z.array(z.object({ accountId: z.uuid(), content: draft.nullable().default(null) })).max(100),
          dueAt: instant.optional(),
          ...belonging.pick({ campaignId: true, departmentId: true }).shape,
        }),
      )
      .output(
        z.object({
          lanes: z.array(
            z.object({
              id: z.uuid(),
              name: z.string(),
              kind: z.enum(laneKinds),
              accountIds: z.array(z.uuid()),
              reasons: z.array(laneReason),
            }),
          ),
          findings: z.array(finding),
          fast: z.array(
            z.object({
              id: z.uuid(),
              name: z.string(),
              minutes: z.number().int(),
              whenSilent: z.enum(['hold', 'go']),
            }),
          ),
        }),
      ),
    ask: route('approvals.ask')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/{id}/ask',
        summary: 'Ask for approval with a planned time; where none is needed and the role allows it, it is scheduled',
      })
      .input(
        byId.extend({
          when,
          note: z.string().trim().max(2000).default(''),
          fastLaneId: z.uuid().optional().describe('Instead of the ordinary lanes'),
          sameTextAgain,
        }),
      )
      .output(postView),
    withdraw: route('approvals.ask')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/{id}/withdraw',
        summary: 'Take it back; it is a draft again',
      })
      .input(byId)
      .output(requestView),
    vote: route('approvals.vote')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/{id}/vote',
        summary: 'Approve or refuse exactly what was shown',
      })
      .input(byId.extend(voteInput))
      .output(requestView),
    comment: route('approvals.vote')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/{id}/comments',
        summary: 'Comment, or suggest other words',
      })
      .input(byId.extend(commentInput))
      .output(requestView),
    take: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/{id}/comments/{comment}/take',
        summary: 'Take a suggestion over: an edit, so that consent is void',
      })
      .input(byId.extend({ comment: z.uuid() }))
      .output(postView),
    invite: route('approvals.ask')
      .route({
        method: 'POST',
        path: '/orgs/{org}/approvals/{id}/links',
        successStatus: 201,
        summary: 'Ask somebody outside; the link is shown once',
      })
      .input(byId.extend({ outsiderId: z.uuid(), days: z.number().int().min(1).max(90).default(14) }))
      .output(z.object({ url: z.string(), mailed: z.boolean(), expiresAt: instant })),
    revokeLink: route('approvals.ask')
      .route({ method: 'DELETE', path: '/orgs/{org}/approvals/{id}/links/{link}', summary: 'End a link at once' })
      .input(byId.extend({ link: z.uuid() }))
      .output(removed),
    uninvite: route('approvals.ask')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/approvals/{id}/outsiders/{outsiderId}',
        summary: 'Somebody who was invited to this request alone is not waited for any more',
      })
      .input(byId.extend({ outsiderId: z.uuid() }))
      .output(removed),
  },
  lanes: {
    list: route('approvals.read')
      .route({ method: 'GET', path: '/orgs/{org}/lanes', summary: 'Ways of approval, and where they apply' })
      .input(inOrgInput)
      .output(z.array(laneView)),
    make: route('approvals.change')
      .route({ method: 'POST', path: '/orgs/{org}/lanes', successStatus: 201, summary: 'Make a lane' })
      .input(laneInput)
      .output(changedLane),
    change: route('approvals.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/lanes/{id}',
        summary: 'Change a lane; requests that are open keep it as it was',
      })
      .input(laneInput.extend({ id: z.uuid() }))
      .output(changedLane),
    retire: route('approvals.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/lanes/{id}', summary: 'Retire a lane' })
      .input(byId)
      .output(removedRule),
  },
  guardrails: {
    list: route('approvals.read')
      .route({ method: 'GET', path: '/orgs/{org}/guardrails', summary: 'Rules that raise the tier' })
      .input(inOrgInput)
      .output(z.array(guardrailView)),
    add: route('approvals.change')
      .route({ method: 'POST', path: '/orgs/{org}/guardrails', successStatus: 201, summary: 'Add a guardrail' })
      .input(guardrailInput)
      .output(changedGuardrail),
    change: route('approvals.change')
      .route({ method: 'PUT', path: '/orgs/{org}/guardrails/{id}', summary: 'Change a guardrail' })
      .input(guardrailInput.extend({ id: z.uuid() }))
      .output(changedGuardrail),
    remove: route('approvals.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/guardrails/{id}', summary: 'Remove a guardrail' })
      .input(byId)
      .output(removedRule),
    restore: route('approvals.change')
      .route({ method: 'POST', path: '/orgs/{org}/guardrails/{id}/restore', summary: 'Bring a removed guardrail back' })
      .input(byId)
      .output(changedGuardrail),
    try: route('approvals.read')
      .route({ method: 'POST', path: '/orgs/{org}/guardrails/try', summary: 'What they would say to a text' })
      .input(
        inOrgInput.extend({
          text: z.string().max(20_000),
          at: instant.optional(),
          accounts: z.number().int().min(1).max(100).default(1),
        }),
      )
      .output(z.array(finding.omit({ accountId: true }))),
  },
  outsiders: {
    list: route('approvals.read')
      .route({ method: 'GET', path: '/orgs/{org}/outsiders', summary: 'People outside who are asked for consent' })
      .input(inOrgInput)
      .output(z.array(outsiderView)),
    add: route('approvals.ask')
      .route({ method: 'POST', path: '/orgs/{org}/outsiders', successStatus: 201, summary: 'Add somebody outside' })
      .input(inOrgInput.extend({ name, email: z.email().max(254) }))
      .output(outsiderView),
    remove: route('approvals.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/outsiders/{id}', summary: 'Remove somebody; their links end' })
      .input(byId)
      .output(removed),
  },
  reviews: {
    read: route('public')
      .route({ method: 'GET', path: '/reviews/{secret}', summary: 'What the holder of this link is asked about' })
      .input(z.object({ secret }))
      .output(reviewView),
    vote: route('public')
      .route({ method: 'POST', path: '/reviews/{secret}/vote', summary: 'Approve or refuse' })
      .input(z.object({ secret, ...voteInput }))
      .output(reviewView),
    comment: route('public')
      .route({ method: 'POST', path: '/reviews/{secret}/comments', summary: 'Comment, or suggest other words' })
      .input(z.object({ secret, ...commentInput }))
      .output(reviewView),
  },
}
