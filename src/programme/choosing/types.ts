// The shapes of choosing: what a plan may use, what is wanted of it, and what it says. Plain data: it also crosses to a thread and to the browser.

import { z } from 'zod'

const id = z.string().min(1).max(200)

/** Minutes by week, from the first week of the plan on; the last one goes on. */
const byWeek = z.array(z.number().min(0).max(10_080)).min(1).max(260)

export const planPerson = z.object({
  id,
  name: z.string().min(1).max(200),
  department: id.nullable().default(null),
  skills: z.array(id).max(50).default([]),
  minutes: byWeek.describe('Minutes there are in each week: what the ramp, cut-back weeks, tapers and absences leave'),
  ceiling: z.number().min(0).max(10_080).nullable().default(null).describe('Never more than this in a week'),
  before: z
    .number()
    .min(0)
    .max(10_080)
    .nullable()
    .default(null)
    .describe('Minutes a week in the review period before; null: as in the first week'),
})
export type PlanPerson = z.infer<typeof planPerson>

export const planLine = z.object({
  id,
  channel: id,
  activity: id,
  name: z.string().min(1).max(200).describe('One item in words, without an article: “blog article”'),
  minutes: z.number().positive().max(10_080).describe('What one item costs'),
  value: z.number().min(0).max(1e9).describe('Of the first item in a week, in the unit of the goal'),
  decay: z
    .number()
    .gt(0)
    .max(1)
    .default(0.85)
    .describe('Each further item of a week is worth so much of the one before'),
  spread: z
    .number()
    .min(0)
    .max(10)
    .default(0.45)
    .describe('How unsure the value is: standard deviation of log(1 + value)'),
  decaySpread: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe('How unsure the decay is: standard deviation of the logarithm of its distance to 1'),
  most: z.number().int().min(0).max(500).describe('Items a week at most'),
  skills: z.array(id).max(20).default([]).describe('All of them are needed'),
  departments: z.array(id).max(100).nullable().default(null).describe('Who may do it; null: everybody'),
  people: z.array(id).max(500).nullable().default(null).describe('Who is named for it; null: nobody in particular'),
  before: z
    .number()
    .int()
    .min(0)
    .max(20_000)
    .nullable()
    .default(null)
    .describe('Items in the review period before; null: it is new'),
  mayFall: z.boolean().default(false).describe('It may fall further than a review permits: there is no room otherwise'),
})
export type PlanLine = z.infer<typeof planLine>

export const wishKinds = ['promise', 'minimum', 'event', 'steady'] as const

export const planFloor = z.object({
  id,
  line: id,
  kind: z.enum(['promise', 'minimum', 'event']),
  least: z.number().int().min(1).max(20_000),
  from: z.number().int().min(0).describe('First week, counted from 0'),
  to: z.number().int().min(0).describe('Last week'),
})
export type PlanFloor = z.infer<typeof planFloor>

export const planQuestion = z.object({
  weeks: z.number().int().min(1).max(104),
  review: z.number().int().min(1).max(26).default(4).describe('Weeks from one review to the next'),
  change: z
    .number()
    .min(0)
    .max(5)
    .default(0.3)
    .describe('Share by which a line may change from one review to the next'),
  people: z.array(planPerson).max(500),
  lines: z.array(planLine).max(500),
  floors: z.array(planFloor).max(1000).default([]),
  explore: z
    .object({
      share: z.number().min(0).max(0.2).describe('Share of the minutes that is kept to find out; 0.1 to 0.2 is usual'),
      seed: z.number().int(),
    })
    .nullable()
    .default(null),
})
export type PlanQuestion = z.infer<typeof planQuestion>
export type PlanInput = z.input<typeof planQuestion>

/** So many items of a line for a person in a week. */
export interface PlanItem {
  week: number
  line: string
  person: string
  count: number
}

/** Items that are done to find out what a line is worth. */
export interface Exploration {
  week: number
  line: string
  count: number
}

/** What the solver found things to be worth: with it a changed question is planned much faster. */
export interface PlanPrices {
  /** Of one item, by the line's id and the week. */
  items: Record<string, number[]>
  /** Of rows over several weeks, by their key. */
  rows: Record<string, number>
}

export interface Plan {
  items: PlanItem[]
  /** In the unit of the goal, over all weeks. */
  value: number
  /** No plan is worth more than this. */
  bound: number
  /** (bound − value) ÷ bound: at most so much is missing to the best plan. */
  gap: number
  by: 'solver' | 'greedy'
  /** Whether the wanted gap was reached, or the time was over before. */
  ended: 'done' | 'time'
  explored: Exploration[]
  /** The share of minutes kept for exploring that fitted beside everything promised. */
  exploreShare: number
  seed: number | null
  prices: PlanPrices | null
  /** Lines that fall further than a review permits, since nothing fitted otherwise. */
  gaveWay: string[]
}

export interface Wish {
  id: string
  kind: (typeof wishKinds)[number]
  line: string
  least: number
  /** Weeks in which it counts, the first and the last. */
  from: number
  to: number
}

export interface Conflict {
  /** They cannot be had together; without any one of them the others can. Empty: not even the empty plan fits. */
  wishes: Wish[]
  words: string
}

export type PlanAnswer = { state: 'planned'; plan: Plan } | { state: 'conflict'; conflict: Conflict }

/** The plan that is there: what need not change stays, and its prices spare most of the work. */
export type PlanBefore = Pick<Plan, 'items' | 'prices'>

export interface PlanLimits {
  /** Share of the bound that may be missing; 0: the best plan. */
  gap?: number
  timeMs?: number
}

export interface PlanProgress {
  done: number
  of: number
  /** So far, of the weeks that are planned. */
  value: number
  /** Of all weeks; null while it is not known. */
  bound: number | null
}
