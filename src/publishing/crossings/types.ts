// The shapes of crossing points: where campaign and always-on meet, as rows with a trigger, a condition, an action and who is told.

import { z } from 'zod'
import { roles } from '../../people/permissions.ts'

/** Parts of Longrun that some point needs and that are not here yet. */
export const awaited = ['listening', 'inbox', 'protocols', 'insights'] as const
export type Awaited = (typeof awaited)[number]

export const triggerVerbs = [
  'campaign.created',
  'campaign.neared',
  'campaign.begun',
  'campaign.over',
  'campaign.closed',
  'campaign.reopened',
  'campaign.handed-over',
  'post.published',
  'post.replied',
  'post.rejected',
  'post.unconfirmed',
  'post.parked',
  'account.lost',
  'trend.found',
  'incident.opened',
] as const
export type TriggerVerb = (typeof triggerVerbs)[number]

export const actions = [
  'tell',
  'hand-over',
  'hold-campaign',
  'hold-campaigns',
  'report',
  'make-brief',
  'quick-campaign',
  'use-listening',
] as const
export type Action = (typeof actions)[number]

/** What an organisation's own points may do. */
export const ownActions = ['tell', 'hand-over', 'hold-campaign', 'make-brief'] as const satisfies Action[]

export const condition = z.object({
  fact: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('A fact of the event; of posts and campaigns also `campaignId`, `kind`, `initiator`'),
  is: z.enum(['present', 'absent', 'equal', 'not-equal', 'at-least']),
  value: z.string().max(200).default(''),
})
export type Condition = z.infer<typeof condition>

export const options = z.object({
  daysBefore: z.number().int().min(1).max(90).optional().describe('Of `campaign.neared`: days before the first day'),
  text: z.string().max(1000).optional().describe('What those who are told read'),
})
export type Options = z.infer<typeof options>

export const tell = z.object({
  owner: z.boolean().describe('Owner and deputy of the campaign'),
  memberIds: z.array(z.uuid()).max(100),
  roles: z.array(z.enum(roles)),
  departmentIds: z.array(z.uuid()).max(100),
})
export type Tell = z.infer<typeof tell>

/** Who or what made a point fire. */
export const cause = z.object({
  verb: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid().nullable() }),
  facts: z.record(z.string(), z.unknown()),
})
export type Cause = z.infer<typeof cause>

export const outcome = z.object({
  did: z.enum(['told', 'handed-over', 'joined', 'held', 'was-held', 'reported', 'brief-made', 'begun', 'rehearsed']),
  told: z.number().int().describe('How many members were told'),
  id: z
    .uuid()
    .nullable()
    .describe('Of the hold, the report, the brief, the campaign, or the hand-over that it was added to'),
  count: z.number().int().nullable().describe('New replies handed over, or posts that a hold stopped'),
})
export type Outcome = z.infer<typeof outcome>
