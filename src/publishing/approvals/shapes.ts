// What the API shows of approval: requests, lanes, guardrails, and what somebody outside sees.

import { z } from 'zod'
import { instant } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { draft } from '../types.ts'
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

export const laneView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(laneKinds),
  steps: z.array(stepRule),
  fast: fastRule.nullable(),
  scopes: z.array(laneScope),
  updatedAt: instant,
})

export const guardrailView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(guardrailKinds),
  settings: guardrailSettings,
  accountIds: z.array(z.uuid()),
  laneId: z.uuid(),
})

export const outsiderView = z.object({ id: z.uuid(), name: z.string(), email: z.string() })

export const requestLine = z.object({
  id: z.uuid(),
  postId: z.uuid(),
  summary: z.string(),
  state: z.enum(requestStates),
  askedBy: person,
  askedAt: instant,
  dueAt: instant,
  atOnce: z.boolean(),
  accountIds: z.array(z.uuid()),
  lanes: z.array(z.string()),
  /** Whether the viewer is asked now. */
  forMe: z.boolean(),
  thumbnailUrl: z.string().nullable(),
})

const vote = z.object({
  voter: person,
  outside: z.boolean(),
  vote: z.enum(['approve', 'reject']),
  reason: z.string(),
  at: instant,
})

export const stepView = z.object({
  id: z.uuid(),
  lane: z.string(),
  kind: z.enum(['ordinary', 'fast', 'investor', 'anybody', 'invited']),
  position: z.number().int(),
  state: z.enum(['waiting', 'open', 'satisfied']),
  reasons: z.array(laneReason),
  needed: z.number().int(),
  agreed: z.array(person),
  /** Whose consent would count and is not there. */
  missing: z.array(person),
  /** When deputies and managers were asked; null: not yet. */
  deputyAt: instant.nullable(),
  managerAt: instant.nullable(),
  outsiderIds: z.array(z.uuid()),
})

export const commentView = z.object({
  id: z.uuid(),
  variantId: z.uuid(),
  author: person,
  outside: z.boolean(),
  at: instant,
  text: z.string(),
  segment: z.number().int().nullable(),
  suggestion: z.string().nullable(),
  takenAt: instant.nullable(),
})

export const renditionView = z.object({
  variantId: z.uuid(),
  accountId: z.uuid(),
  /** What somebody wrote, and exactly what goes out. */
  words: draft,
  content: draft,
  contentHash: z.string(),
  voidedAt: instant.nullable(),
  /** What was approved, or shown, on this account before; null: nothing. */
  before: z.object({ content: draft, at: instant, approved: z.boolean() }).nullable(),
})

export const requestView = z.object({
  id: z.uuid(),
  postId: z.uuid(),
  state: z.enum(requestStates),
  askedBy: person,
  askedAt: instant,
  note: z.string(),
  dueAt: instant,
  atOnce: z.boolean(),
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  reason: z.string().nullable(),
  boxEndsAt: instant.nullable(),
  boxOverAt: instant.nullable(),
  whenSilent: z.enum(['hold', 'go']).nullable(),
  findings: z.array(finding),
  steps: z.array(stepView),
  votes: z.array(vote),
  renditions: z.array(renditionView),
  comments: z.array(commentView),
  links: z.array(
    z.object({
      id: z.uuid(),
      outsider: person,
      createdAt: instant,
      expiresAt: instant,
      revokedAt: instant.nullable(),
      lastUsedAt: instant.nullable(),
      uses: z.number().int(),
      mailed: z.boolean(),
    }),
  ),
  /** What the viewer may do with it now. */
  mine: z.object({ vote: z.boolean(), voted: z.enum(['approve', 'reject']).nullable(), why: z.string().nullable() }),
})

/** What somebody outside sees: the renditions, and nothing else of the organisation. */
export const reviewView = z.object({
  organisation: z.string(),
  outsider: z.string(),
  expiresAt: instant,
  state: z.enum(requestStates),
  askedBy: z.string(),
  askedAt: instant,
  note: z.string(),
  dueAt: instant,
  atOnce: z.boolean(),
  zone: z.string(),
  renditions: z.array(
    z.object({
      variantId: z.uuid(),
      account: z.object({ name: z.string(), handle: z.string(), network: z.string() }),
      words: draft,
      content: draft,
      voided: z.boolean(),
    }),
  ),
  comments: z.array(
    z.object({
      id: z.uuid(),
      variantId: z.uuid(),
      author: z.string(),
      at: instant,
      text: z.string(),
      segment: z.number().int().nullable(),
      suggestion: z.string().nullable(),
    }),
  ),
  mine: z.object({ vote: z.boolean(), voted: z.enum(['approve', 'reject']).nullable() }),
})
