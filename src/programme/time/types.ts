// The shapes of time spent. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

/** A known activity, or one of the organisation's own words. */
export const activityId = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and hyphens')

export const channelName = z.string().trim().min(1).max(60).nullable().default(null)

/** What it was for. */
export const campaignOf = z.uuid().nullable().default(null).describe('What it is for; null: no campaign')

/** Nobody works longer than this on one thing in a day. */
export const mostMinutes = 16 * 60

/** Less is a slip. */
export const leastMinutes = 0.5

export const itemCount = z
  .number()
  .int()
  .min(0)
  .max(1000)
  .default(1)
  .describe('How many of the activity came of it; 0: it is not done yet')

export const logFacts = z.object({
  activity: activityId,
  channel: channelName,
  campaignId: campaignOf,
  day,
  minutes: z.number().min(leastMinutes).max(mostMinutes),
  items: itemCount,
  note: z.string().trim().max(500).default(''),
})
export type LogFacts = z.infer<typeof logFacts>

/** How the minutes of an entry are known. Estimated ones say nothing about what an activity takes. */
export const hows = ['timer', 'typed', 'estimated'] as const
export type How = (typeof hows)[number]
