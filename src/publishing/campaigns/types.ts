// The shapes of campaigns: bounded work with a beginning, phases and an end, beside the programme that has none.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const campaignKinds = ['trade-show', 'advertisement', 'promotion', 'event', 'other'] as const
export type CampaignKind = (typeof campaignKinds)[number]

/** Follows from its days and from whether somebody closed it; nothing stores it. */
export const campaignStates = ['planned', 'running', 'over', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]

export const phase = z.object({ name: z.string().trim().min(1).max(100), beginsOn: day, endsOn: day })
export type Phase = z.infer<typeof phase>

export const campaignLink = z.object({
  label: z.string().trim().max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
})
export type CampaignLink = z.infer<typeof campaignLink>

/** A count of the smallest unit of a currency: 12,50 EUR are 1250. */
export const budget = z.object({
  amount: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/, 'A currency like EUR'),
})
export type Budget = z.infer<typeof budget>

/** What a network's numbers of some posts add up to. `n`: posts that have this number. */
const sum = z.object({ sum: z.number().int().nullable(), n: z.number().int() })
export type Sum = z.infer<typeof sum>

export const accountResult = z.object({
  accountId: z.uuid(),
  account: z.string(),
  published: z.number().int(),
  likes: sum,
  replies: sum,
  reposts: sum,
  quotes: sum,
  views: sum,
})

/** What a campaign came to: posts by state, by account and initiator, what was held, and its numbers with the n of each. */
export const campaignResults = z.object({
  posts: z.number().int(),
  byState: z.array(z.object({ state: z.string(), count: z.number().int() })),
  byInitiator: z.array(z.object({ initiator: z.string(), count: z.number().int() })),
  byAccount: z.array(accountResult),
  /** Variants that stand held now, and holds that bound the campaign in its time. */
  heldNow: z.number().int(),
  holds: z.array(
    z.object({
      scope: z.string(),
      reason: z.string(),
      begunAt: z.iso.datetime(),
      endedAt: z.iso.datetime().nullable(),
      stopped: z.number().int(),
    }),
  ),
})
export type CampaignResults = z.infer<typeof campaignResults>
