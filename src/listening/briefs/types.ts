// Words about weekly listening briefs that pages and server share.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const briefStates = ['draft', 'published', 'withdrawn'] as const
export type BriefState = (typeof briefStates)[number]

const words = z.string().trim().max(20_000)

/** What people write of a brief, and whom it is for. */
export const briefWords = z.object({
  heard: words.describe('What was said, in a person’s words'),
  learnt: words.describe('What it means'),
  next: words.describe('What follows'),
  readerIds: z.array(z.uuid()).max(500),
  departmentIds: z.array(z.uuid()).max(100),
})
export type BriefWords = z.infer<typeof briefWords>

const counts = z.object({
  total: z.number().int(),
  before: z.number().int(),
  share: z.number().nullable().describe('Share of voice among the topics, 0 to 1; null: nothing was said'),
  negative: z.number().int(),
  positive: z.number().int(),
  judged: z.number().int(),
})

/** Figures as they were when they were made. */
export const briefFigures = z.object({
  topics: z.array(counts.extend({ topicId: z.uuid(), name: z.string(), kind: z.string() })),
  shared: z
    .array(z.object({ mentionId: z.uuid(), shares: z.number().int() }))
    .describe('What was shared most, by reposts that were heard'),
  alerts: z.array(
    z.object({
      id: z.uuid(),
      topic: z.string(),
      network: z.string(),
      sentence: z.string(),
      severity: z.string(),
      answer: z.string().nullable(),
      note: z.string(),
    }),
  ),
  gaps: z
    .array(z.object({ source: z.string(), reason: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
    .describe('What is known to be missing'),
  silent: z.array(z.string()).describe('Sources that gave no sign of life when the figures were made'),
})
export type BriefFigures = z.infer<typeof briefFigures>

export const week = day.describe('The Monday with which it begins')
