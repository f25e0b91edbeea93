// The shapes of monthly reviews. Runs in the browser.

import { z } from 'zod'
import type { GoalUnit } from '../worth/types.ts'

export const decisions = ['keep', 'shift', 'stop'] as const
export type Decision = (typeof decisions)[number]

/** `watch`: doubtful, and not long enough to be judged. */
export const proposals = ['keep', 'watch', 'shift', 'stop'] as const
export type Proposal = (typeof proposals)[number]

export const findings = ['right', 'wrong', 'unclear'] as const
export type Finding = (typeof findings)[number]

const range = z.object({ likely: z.number(), low: z.number(), high: z.number() })
export type HourRange = z.infer<typeof range>

/** So many more items of a line in four weeks, with the minutes a week that they take. */
export const move = z.object({
  channel: z.string(),
  channelName: z.string(),
  activity: z.string(),
  name: z.string(),
  items: z.number().int(),
  minutesWeekly: z.number(),
})
export type Move = z.infer<typeof move>

/** What was known when the review was made. */
export const evidence = z.object({
  name: z.string().describe('One item in words'),
  items: z.number().int().describe('Judged'),
  months: z.number().describe('Since the first of them, within a year'),
  anHour: range.describe('Worth of an hour of work, in which 80 % of what is believed lies'),
  others: z.number().nullable().describe('The same of the others on average; null: there are none'),
  probability: z.number().nullable().describe('That it is worth less than half of the others'),
  minutesWeekly: z.number().describe('That it takes now'),
  plannedWeekly: z.number().describe('Items a week in the plan; 0: the plan does not have it'),
  signals: z.object({ links: z.number().nullable(), interactions: z.number().nullable() }),
  trend: z.array(z.object({ month: z.string(), items: z.number().int(), mean: z.number() })),
  moves: z.object({ stop: z.array(move), shift: z.array(move) }).describe('Where its minutes could go'),
})
export type Evidence = z.infer<typeof evidence>

export interface StopEvidence {
  unit: GoalUnit
  name: string
  anHour: HourRange
  minutesWeekly: number
  moved: Move[]
  /** Of whoever decided it. */
  reason: string
}
