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
