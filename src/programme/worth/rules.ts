// Pure: what an item is by what it says, at which age it is judged, and what a line is worth and takes.

import type { ContentKind } from '../../connectors/contract.ts'
import { z80 } from '../../lib/stats/pooling.ts'
import { usualDecay } from '../choosing/decay.ts'
import { type LineValue, type MeasuredItem, weightAt } from '../choosing/values.ts'
import type { GoalUnit, KnownBy } from './types.ts'

const dayMs = 86_400_000

const activities: Record<ContentKind, string> = { post: 'short-post', article: 'blog-post', video: 'short-video' }
export const activityOfKind = (kind: ContentKind): string => activities[kind]

const decays: Record<string, number> = {
  'short-post': usualDecay['short-post'],
  'status-update': usualDecay.post,
  'group-post': usualDecay.post,
  'blog-post': usualDecay.article,
  'short-video': usualDecay.video,
  'inbox-reply': usualDecay.reply,
  'group-reply': usualDecay.reply,
}
export const decayOf = (activity: string): number => decays[activity] ?? usualDecay.post

/** Until this many items were judged, somebody’s own estimate counts. */
export const enoughItems = 10

/** One a day: more is a decision of somebody. */
const usualMost = 7

/** As many as one a day, or as the most that a line has grown to with what one review adds. */
export const mostOf = (perWeek: number): number => Math.max(usualMost, Math.ceil(perWeek * 1.3 + 1))

/** An item is judged at the first planned age by which nearly all has come; what lives longest, at the last one. */
export const judgedAt = (wantedMinutes: number, ages: readonly number[]): number =>
  ages.find((age) => age >= wantedMinutes) ?? ages.at(-1)!

export interface JudgedItem {
  publishedAt: Date
  ages: number[]
  reactions: (number | null)[]
  replies: (number | null)[]
  views: (number | null)[]
  /** null: it has no link of ours. */
  visits: number | null
}

export type Judged = { state: 'judged'; value: number } | { state: 'young' | 'unread' }

/** What an item had at its age. What nobody read then, or what its network does not offer, is not known. */
export function judge(item: JudgedItem, { unit, age, now }: { unit: GoalUnit; age: number; now: Date }): Judged {
  if (now.getTime() - item.publishedAt.getTime() < age * 60_000) return { state: 'young' }
  const at = item.ages.indexOf(age)
  const value = unit === 'visits' ? item.visits : at < 0 ? null : (item[unit][at] ?? null)
  return value === null ? { state: 'unread' } : { state: 'judged', value }
}

/**
 * What was measured is the usual item, and values are averaged as logarithms: it is the one in the middle of its week. The first of them is worth
 * more where each further one is worth less.
 */
export const firstOfWeek = (usual: number, perWeek: number, decay: number): number =>
  perWeek <= 1 ? usual : usual / decay ** ((perWeek - 1) / 2)

/** How many of a line came in the week of a usual one of its items: as they are remembered, so that what is forgotten does not count here either. */
export function usualCount(items: readonly Pick<MeasuredItem, 'weeksAgo'>[]): number {
  const weeks = new Map<number, number>()
  for (const { weeksAgo } of items) weeks.set(Math.floor(weeksAgo), (weeks.get(Math.floor(weeksAgo)) ?? 0) + 1)
  const all = sumOver(items, () => 1)
  return all === 0 ? 0 : sumOver(items, (weeksAgo) => weeks.get(Math.floor(weeksAgo))!) / all
}

const sumOver = (items: readonly Pick<MeasuredItem, 'weeksAgo'>[], of: (weeksAgo: number) => number): number =>
  items.reduce((sum, { weeksAgo }) => sum + weightAt(weeksAgo) * of(weeksAgo), 0)

export const weeksBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / (7 * dayMs)

export interface Belief {
  known: KnownBy
  likely: number
  low: number
  high: number
  log: { mean: number; deviation: number }
  trust: number
}

/** How unsure somebody’s own estimate is: as lines are between each other (science.md B2). */
const estimateDeviation = 0.45

/** An estimate counts until enough items are judged. null: nobody knows anything. */
export function beliefOf(measured: LineValue | undefined, estimate: number | null): Belief | null {
  if (estimate !== null && (measured?.items ?? 0) < enoughItems) {
    const mean = Math.log1p(estimate)
    const at = (reach: number) => Math.max(0, Math.expm1(mean + reach * estimateDeviation))
    return {
      ...{ known: 'estimate', likely: estimate, low: at(-z80), high: at(z80), trust: 0 },
      log: { mean, deviation: estimateDeviation },
    }
  }
  if (!measured) return null
  const { likely, low, high, log, trust, items } = measured
  return { known: items > 0 ? 'measured' : 'assumed', likely, low, high, log, trust }
}

export interface Month {
  /** Like 2027-01. */
  month: string
  items: number
  /** Of what was judged. */
  mean: number
}

/** Month by month, oldest first. */
export function trendOf(items: readonly (MeasuredItem & { month: string })[]): Month[] {
  return [...Map.groupBy(items, ({ month }) => month)]
    .map(([month, some]) => ({
      ...{ month, items: some.length },
      mean: some.reduce((sum, { value }) => sum + value, 0) / some.length,
    }))
    .toSorted((a, b) => (a.month < b.month ? -1 : 1))
}
