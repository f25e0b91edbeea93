// The shapes of recurring posts: the rule with its beginning, a series, and its single occurrences.

import { z } from 'zod'
import { instant, timeZone, wallTime } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

/** Looked at in `recurrence.ts`, which says what is wrong with it. */
export const ruleText = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('Value of an RRULE (RFC 5545), at most one time a day: FREQ=WEEKLY;BYDAY=MO,TH')
  .meta({ examples: ['FREQ=WEEKLY;BYDAY=MO'] })

export const recurrence = z.object({
  rule: ruleText,
  /** The first occurrence is the first day of the rule from here on; all have this time of day. */
  wall: wallTime.meta({ examples: ['2027-03-01T09:00'] }),
  zone: timeZone,
})
export type Recurrence = z.infer<typeof recurrence>

/** A time that the rule gives. */
export const plannedOccurrence = z.object({
  wall: wallTime,
  at: instant,
  movedTo: wallTime.nullable().describe('The clocks skip the time that day: the same time after the change'),
  twice: z.boolean().describe('The clocks show the time twice that day: it goes out at the first'),
})

export const occurrence = plannedOccurrence.extend({
  /** null: not made yet, or left out. */
  postId: z.uuid().nullable(),
  summary: z.string().nullable(),
  state: z.string().nullable().describe('State of its post'),
  detached: z.boolean().describe('Changed alone; changes of the series leave it as it is'),
  leftOut: z.boolean(),
  /** Why it could not be scheduled and is a draft. */
  trouble: z.string().nullable(),
})

export const seriesView = z.object({
  id: z.uuid(),
  summary: z.string(),
  accountIds: z.array(z.uuid()),
  campaignId: z.uuid().nullable(),
  rule: z.string(),
  wall: wallTime,
  zone: z.string(),
  /** Later occurrences belong to the series that follows it. */
  endsBefore: wallTime.nullable(),
  scheduled: z.boolean().describe('Whether occurrences are scheduled by themselves; else they wait as drafts'),
  state: z.enum(['running', 'paused', 'ended', 'done']),
  by: person.describe('On whose behalf occurrences are made'),
  createdAt: instant,
  next: plannedOccurrence.nullable(),
  /** Occurrences that lie ahead and are made. */
  ahead: z.number().int(),
  troubled: z.number().int(),
})
