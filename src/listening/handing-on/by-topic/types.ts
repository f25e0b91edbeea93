// What of a topic's mentions is handed to the inbox by itself: words that pages and server share.

import { z } from 'zod'
import { intents } from '../../text/types.ts'

/** What we say ourselves, and what is said back to it, is in the inbox without this. */
export const handedInitiators = ['customer', 'industry'] as const

export const dangers = ['any', 'only', 'never'] as const

export const handOnRule = z.object({
  intents: z.array(z.enum(intents)).max(intents.length).default([]).describe('Empty: whatever people want'),
  sentiments: z
    .array(z.union([z.literal(-1), z.literal(0), z.literal(1)]))
    .max(3)
    .default([])
    .describe('Empty: any, also what was not judged'),
  danger: z.enum(dangers).default('any').describe('Whether people are hurt or in need'),
  initiators: z.array(z.enum(handedInitiators)).min(1).max(2).default(['customer']).describe('Who began it'),
  leastFollowers: z.number().int().min(0).max(1_000_000_000).default(0).describe('Of its author; 0: whoever it is'),
  dailyMost: z.number().int().min(1).max(500).default(20).describe('Handed on in one day of the organisation'),
})
export type HandOnRule = z.infer<typeof handOnRule>
