// The shapes of goals. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

/** What a goal can be measured by. All but the last are read by Longrun itself, over the last four whole weeks. */
export const measures = [
  'posts-weekly',
  'replies-weekly',
  'begun-weekly',
  'visits-weekly',
  'mentions-weekly',
  'first-reply-hours',
  'promise-kept',
  'own',
] as const
export type Measure = (typeof measures)[number]

/** Of these less is better. */
export const lessIsBetter: ReadonlySet<Measure> = new Set<Measure>(['first-reply-hours'])

/** Of these no more than 100 can be. */
export const inPercent: ReadonlySet<Measure> = new Set<Measure>(['promise-kept'])

/** As somebody writes them down: what is missing is told, and nothing is guessed. */
export const goalDraft = z.object({
  title: z.string().trim().max(200).default(''),
  measure: z.enum(measures).nullable().default(null),
  unit: z.string().trim().max(60).default('').describe('In words, for a measure of your own: leads, euros, visitors'),
  baseline: z.number().finite().nullable().default(null).describe('What it is today'),
  target: z.number().finite().nullable().default(null),
  dueOn: day.nullable().default(null),
})
export type GoalDraft = z.infer<typeof goalDraft>

/** One that says all that makes it a goal. */
export interface GoalFacts {
  title: string
  measure: Measure
  unit: string
  baseline: number
  target: number
  dueOn: string
}

/** What of a goal can be changed. Another measure would be another goal: its readings say nothing of it. */
export type GoalChange = Pick<GoalDraft, 'title' | 'baseline' | 'target' | 'dueOn'>

export const outcomes = ['reached', 'missed', 'given-up'] as const
export type Outcome = (typeof outcomes)[number]
