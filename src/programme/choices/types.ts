// The shapes of a choice made by the planner. Runs in the browser.

import { z } from 'zod'
import { channelKey, goalUnits } from '../worth/types.ts'

/** By the load curve, which grows by rule; or all that people give, to see where it may lead. */
export const times = ['curve', 'given'] as const

export const askedFacts = z.object({
  unit: z.enum(goalUnits).optional().describe('Other than the chosen one'),
  weeks: z.number().int().min(1).max(26).default(4),
  time: z.enum(times).default('curve'),
  explore: z.number().min(0).max(0.2).default(0.1).describe('Share of the minutes that is kept to find out'),
  seed: z.number().int().min(0).max(2_147_483_647).nullable().default(null).describe('null: drawn, and told'),
  change: z
    .number()
    .min(0)
    .max(5)
    .default(0.3)
    .describe('Share by which a line may change from one review (four weeks) to the next'),
})
export type AskedFacts = z.infer<typeof askedFacts>

const fromWeek = z.number().int().min(0).max(25).default(0).describe('Counted from 0')

/** What would be if. */
export const changeFacts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person-leaves'), memberId: z.uuid(), fromWeek }),
  z.object({
    kind: z.literal('minutes'),
    memberId: z.uuid().nullable().default(null).describe('null: everybody'),
    more: z.number().min(-2400).max(2400).describe('Minutes a week; below 0: less'),
    weekday: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7)])
      .nullable()
      .default(null)
      .describe('Monday is 1; null: on no day in particular'),
    fromWeek,
  }),
  z.object({ kind: z.literal('channel-stops'), channel: channelKey }),
])
export type ChangeFacts = z.infer<typeof changeFacts>

export const choiceStates = ['waiting', 'working', 'planned', 'conflict', 'stopped', 'failed'] as const
export type ChoiceState = (typeof choiceStates)[number]

export const isOpen = (state: ChoiceState): boolean => state === 'waiting' || state === 'working'
