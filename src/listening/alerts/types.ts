// Words about alerts that pages and server share.

import { z } from 'zod'
import type { Reading, ShareNow, Why } from '../spikes/types.ts'

export const profiles = ['off', 'quiet', 'standard', 'watchful'] as const
export type AlertProfile = (typeof profiles)[number]

export const answers = ['real', 'false', 'planned'] as const
export type Answer = (typeof answers)[number]

export const triggers = ['volume', 'negative-share', 'slow-rise'] as const
export const kinds = ['opportunity', 'potential-issue', 'unclear'] as const
export const watches = ['learning', 'suspended', 'watching'] as const satisfies readonly Reading['watch'][]

const band = z.object({ low: z.number(), expected: z.number(), high: z.number() })

export const why = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('volume'),
    count: z.number(),
    minutes: z.number(),
    band: band.describe('Four such windows in five lie within'),
    surprise: z.number().describe('Once in so many windows, as a power of ten'),
    weekday: z.number().nullable().describe('0 is Monday; null: weekdays are not known yet'),
    hour: z.number(),
    mood: z.number().optional().describe('So many times the usual was said in the hour before'),
  }),
  z.object({
    code: z.literal('negative-share'),
    minutes: z.number(),
    judged: z.number(),
    negative: z.number(),
    usual: z.number(),
    probability: z.number().describe('That the share rose by ten points or more'),
  }),
  z.object({
    code: z.literal('slow-rise'),
    days: z.number(),
    ratio: z.number(),
    sum: z.number(),
    over: z
      .enum(['back', 'learnt'])
      .nullish()
      .describe('Why it ended: back at the level before it, or the higher level is the usual one by now'),
  }),
]) satisfies z.ZodType<Why>

export const sentiment = z.object({
  judged: z.number(),
  negative: z.number(),
  usual: z.number().nullable(),
  probability: z.number().nullable(),
}) satisfies z.ZodType<ShareNow>

export const defaultDailyBudget = 8
