// The shapes of approval: who has to agree, in which order, which rules raise the tier, and why a lane applies.

import { z } from 'zod'
import { timeZone } from '../../lib/route.ts'

/** A member, everybody with a role, everybody of a department, or somebody outside. */
export const approver = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member'), id: z.uuid() }),
  z.object({ kind: z.literal('role'), role: z.enum(['owner', 'admin', 'manager', 'contributor', 'approver']) }),
  z.object({ kind: z.literal('department'), id: z.uuid() }),
  z.object({ kind: z.literal('outsider'), id: z.uuid() }),
])
export type Approver = z.infer<typeof approver>

const minutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 90)
  .nullable()

export const stepRule = z.object({
  approvers: z.array(approver).min(1).max(50),
  needed: z.union([z.literal('all'), z.number().int().min(1).max(50)]).default(1),
  /** Answer in their place when nobody did for `deputyAfter` minutes; in a fast lane at once. */
  deputies: z.array(approver).max(50).default([]),
  notAuthor: z.boolean().default(true).describe('Whoever wrote the words does not count'),
  /** Minutes after the step began; null: never. */
  remindAfter: minutes.default(240),
  deputyAfter: minutes.default(480),
  managerAfter: minutes.default(1440),
})
export type StepRule = z.infer<typeof stepRule>

export const fastRule = z.object({
  minutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24),
  users: z.array(approver).min(1).max(50).describe('Who may use it'),
  whenSilent: z
    .enum(['hold', 'go'])
    .default('hold')
    .describe('When nobody answers: it stays here, or it goes out, the latter only where no guardrail matched'),
})
export type FastRule = z.infer<typeof fastRule>

export const laneKinds = ['ordinary', 'fast', 'investor'] as const

export const laneScope = z.object({
  scope: z.enum(['organisation', 'account', 'campaign', 'department']),
  id: z.uuid().nullable().default(null).describe('Of the account, campaign or department'),
})
export type LaneScope = z.infer<typeof laneScope>

export const guardrailKinds = [
  'domain-not-listed',
  'domain-listed',
  'money',
  'competitors',
  'words',
  'quiet-period',
  'first-post',
  'many-accounts',
] as const
export type GuardrailKind = (typeof guardrailKinds)[number]

/** Which of them matter depends on the kind; the others are ignored. */
export const guardrailSettings = z.object({
  /** Words, names or domains. `*` in a word stands for any letters. */
  list: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
  /** Quiet period: days as people's calendars have them, both are part of it. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  zone: timeZone.optional(),
  /** Too many accounts: more than this. */
  most: z.number().int().min(1).max(100).optional(),
})
export type GuardrailSettings = z.infer<typeof guardrailSettings>

/** What a guardrail found, in the words of the post. */
export const finding = z.object({
  guardrailId: z.uuid(),
  name: z.string(),
  kind: z.enum(guardrailKinds),
  match: z.string(),
  accountId: z.uuid().nullable(),
  laneId: z.uuid(),
})
export type Finding = z.infer<typeof finding>

/** Why a lane applies. */
export const laneReason = z.object({
  code: z.enum([
    'organisation',
    'account',
    'campaign',
    'department',
    'guardrail',
    'asked-fast',
    'nobody-else',
    'invited',
  ]),
  /** Name of the guardrail, and what it found. */
  name: z.string().optional(),
  match: z.string().optional(),
  id: z.uuid().optional(),
})
export type LaneReason = z.infer<typeof laneReason>

export const requestStates = ['open', 'granted', 'rejected', 'voided', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]
