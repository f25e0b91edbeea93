// The shapes of what items are worth. Runs in the browser.

import { z } from 'zod'
import { activityId } from '../time/types.ts'

/** By what an item is judged. Leads and revenue wait for what measures them. */
export const goalUnits = ['reactions', 'visits', 'views', 'replies'] as const
export type GoalUnit = (typeof goalUnits)[number]
export const usualUnit: GoalUnit = 'reactions'

/** The id of an account, a word for a channel without one, or nothing: wherever. */
export const channelKey = z.string().trim().max(60)

/** Promised to somebody, or a minimum that one wants. */
export const leastKinds = ['promise', 'minimum'] as const

/** How a value is known: measured, said by somebody, what lines of this programme are usually worth, or not at all. */
export const knownBy = ['measured', 'estimate', 'assumed', 'unknown'] as const
export type KnownBy = (typeof knownBy)[number]

export const toldFacts = z.object({
  channel: channelKey,
  activity: activityId,
  unit: z.enum(goalUnits),
  value: z
    .number()
    .min(0)
    .max(1e9)
    .nullable()
    .default(null)
    .describe('Our own estimate of the first item in a week; null: as it is measured'),
  minutes: z.number().min(0.5).max(2400).nullable().default(null).describe('null: as it was measured or assumed'),
  decay: z
    .number()
    .min(0.05)
    .max(1)
    .nullable()
    .default(null)
    .describe('Each further item of a week is worth so much of the one before; null: the usual'),
  mostWeekly: z.number().int().min(0).max(500).nullable().default(null).describe('null: the usual'),
  leastWeekly: z.number().int().min(1).max(500).nullable().default(null).describe('So many a week in any case'),
  leastKind: z.enum(leastKinds).default('minimum'),
  note: z.string().trim().max(500).default(''),
})
export type ToldFacts = z.infer<typeof toldFacts>
