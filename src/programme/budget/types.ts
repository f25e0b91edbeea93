// The shapes of money: lines of a yearly budget, and what was spent. Amounts are in the smallest unit of the budget's currency. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'
import { channelName } from '../time/types.ts'

/** What money is for. `time` is that of one's own people. */
export const kinds = ['time', 'advertising', 'content', 'tools', 'training', 'other'] as const
export type Kind = (typeof kinds)[number]

export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'A currency like EUR')
  .meta({ examples: ['EUR'] })

/** Beyond this nobody means it. */
const mostAmount = 1e13

export const budgetLine = z.object({
  id: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(kinds),
  channel: channelName,
  campaignId: z.uuid().nullable().default(null),
  months: z
    .array(z.number().int().min(0).max(mostAmount))
    .length(12)
    .describe('January to December, in the smallest unit of the currency')
    .meta({ examples: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]] }),
})
export type BudgetLine = z.infer<typeof budgetLine>

export const budgetLines = z.array(budgetLine).max(200)

export const spendFacts = z.object({
  day,
  amount: z.number().int().min(-mostAmount).max(mostAmount).describe('In the smallest unit; below 0: money came back'),
  kind: z.enum(kinds).default('other'),
  channel: channelName,
  campaignId: z.uuid().nullable().default(null),
  what: z.string().trim().min(1).max(300),
  isCommitted: z
    .boolean()
    .default(false)
    .describe('Ordered and not paid yet: its day may lie ahead, and it counts as committed'),
  reference: z.string().trim().min(1).max(100).nullable().default(null).describe('Of an invoice: counted once'),
})
export type SpendFacts = z.infer<typeof spendFacts>

export const year = z.coerce.number().int().min(2000).max(2200)

/** Of one file. */
export const [mostRows, mostFileBytes] = [5000, 5_000_000]
