// The shapes of an assessment: what people think of themselves, and what their accounts show. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const areas = ['listening', 'answering', 'publishing', 'sharing', 'measuring', 'lasting'] as const
export type Area = (typeof areas)[number]

/** 1: not at all; 5: always. */
const grade = z.number().int().min(1).max(5)

export const opinions = z.object({
  listening: grade,
  answering: grade,
  publishing: grade,
  sharing: grade,
  measuring: grade,
  lasting: grade,
})
export type Opinions = z.infer<typeof opinions>

/** What an account told of its own past, as it stood when it was looked at. */
export const toldPast = z.object({
  state: z
    .enum(['read', 'reading', 'waiting', 'failed', 'cannot'])
    .describe('waiting: for somebody to connect the account again; cannot: its network does not tell'),
  posts: z.number().int().nullable().describe('That did not go out through Longrun; null: not known'),
  replies: z.number().int().nullable().describe('That did not go out through Longrun; null: not known'),
  people: z.number().int().nullable().describe('How many wrote them; null: the network does not say'),
  readOn: day.nullable(),
  trouble: z.object({ kind: z.string(), code: z.string() }).nullable().describe('Why the last try failed'),
})
export type ToldPast = z.infer<typeof toldPast>

const accountEvidence = z.object({
  accountId: z.uuid(),
  name: z.string(),
  network: z.string(),
  posts: z.number().int(),
  replies: z.number().int(),
  activeDays: z.number().int(),
  longestGap: z.number().int().describe('Days without anything of ours, the most in a row'),
  lastOn: day.nullable(),
  isYoung: z.boolean().describe('Known for less than three weeks'),
  isDormant: z.boolean().describe('Nothing of ours for three weeks'),
  knownFrom: day.describe('Before this day nothing is known of it'),
  told: toldPast.optional().describe('Absent: looked at before accounts were asked for their past'),
})
export type AccountEvidence = z.infer<typeof accountEvidence>

export const evidence = z.object({
  zone: z.string(),
  from: day,
  to: day,
  weeks: z
    .array(z.object({ week: day, posts: z.number().int().nullable(), replies: z.number().int().nullable() }))
    .describe('null: nothing is known of this week'),
  accounts: z.array(accountEvidence),
  people: z
    .array(z.object({ items: z.number().int() }))
    .describe('Items of each who wrote what went out, most first; without names'),
  peopleFrom: z
    .enum(['longrun', 'accounts'])
    .optional()
    .describe('Who says so: whichever knows of more items. Absent: looked at before accounts were asked'),
  heard: z.number().int(),
  promise: z
    .object({ due: z.number().int(), kept: z.number(), medianHours: z.number().nullable() })
    .nullable()
    .describe('First replies; null: nobody was promised anything, or nobody wrote'),
  topics: z.number().int(),
  briefs: z.number().int(),
  coded: z.number().int(),
  goals: z.number().int().describe('Open goals with a reading of the last four weeks'),
  visits: z.number().int().describe('Times that people followed a link of ours'),
})
export type Evidence = z.infer<typeof evidence>
