// The shapes of a plan. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'
import { activityId, channelName } from '../time/types.ts'

const choice = z.object({ activity: activityId, voice: z.enum(['company', 'person']).optional() })

const cadenceLine = z.object({
  id: z.string().min(1).max(60),
  channel: channelName,
  every: z.number().int().min(1).max(52),
  unit: z.enum(['day', 'working-day', 'week']),
  slots: z
    .array(z.object({ anyOf: z.array(choice).min(1).max(10) }))
    .min(1)
    .max(50)
    .describe('What one period asks for; the first choice of each is the usual one'),
  campaignId: z.uuid().nullable().optional().describe('The campaign that its sessions and their time are for'),
  people: z
    .array(z.uuid())
    .max(20)
    .optional()
    .describe('Members who do it, whoever is asked first at the front; absent or empty: everybody who may'),
  block: z.boolean().optional().describe('What one period asks for of one kind is booked together, as one session'),
  grows: z
    .object({
      first: z.number().int().min(1).max(49).describe('So many of its slots at first, the first ones'),
      from: day.describe('From the week of this day on it grows; until then it stays at the first'),
      weeks: z.number().int().min(1).max(104).describe('After so many weeks a period has all of its slots'),
    })
    .optional()
    .describe('It begins with less and grows by itself, beside all other lines'),
  differ: z.boolean().optional().describe('No two of its slots may be filled by the same kind of thing'),
})

/** How often what is to be done; from the first day of the week in which the plan begins. */
export const cadenceLines = z.array(cadenceLine).max(40)
export type CadenceLines = z.infer<typeof cadenceLines>

/** Why nobody does a line: it is not learned, or whoever it names does not take part. */
export const lackCodes = ['unable', 'named-gone'] as const

/** Half a year ahead: what lies beyond is planned when it is near. */
export const planWeeks = 26

export const plannedWeek = z.object({
  monday: day,
  minutes: z.number(),
  phase: z.enum(['build', 'hold', 'cut-back', 'taper', 'event', 'away']),
  because: z.string().describe('What decided about its minutes'),
  limit: z.number().nullable().describe('The most that breaks no rule; null: nothing limits it'),
})
export type StoredWeek = z.infer<typeof plannedWeek>
