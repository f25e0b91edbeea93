// The shapes of mass withdrawals: which published posts, and how each of them stands.

import { z } from 'zod'
import { instant } from '../../lib/route.ts'

export const itemStates = ['waiting', 'done', 'gone', 'refused', 'by-hand', 'stopped'] as const
export type ItemState = (typeof itemStates)[number]

/** Which published posts; every part given narrows it. */
export const selection = z
  .object({
    campaignId: z
      .union([z.uuid(), z.literal('none')])
      .optional()
      .describe('`none`: always-on'),
    accountId: z.uuid().optional(),
    from: instant.optional().describe('Published at or after'),
    to: instant.optional().describe('Published before'),
    words: z.string().trim().max(200).optional().describe('Words that occur in what was published'),
    postIds: z.array(z.uuid()).min(1).max(10_000).optional(),
  })
  .meta({ examples: [{ words: 'recall' }] })
export type Selection = z.infer<typeof selection>

/** Whether anything narrows it: nobody withdraws everything by an empty form. */
export const isNarrow = (given: Selection): boolean =>
  Object.values(given).some((value) => value !== undefined && value !== '')
