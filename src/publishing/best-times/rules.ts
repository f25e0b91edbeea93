// Which times of the week did better for an account than its mean, as far as its own posts tell. Pure.

import { poolMeans, varianceWithin, z80 } from '../../lib/stats/pooling.ts'

export interface PostResult {
  /** Wall time at which it went out, in the account's zone. */
  wall: string
  /** Likes, replies and reposts at the age of a day. */
  engagements: number
}

export interface Hint {
  /** Monday is 1. */
  day: number
  /** The block begins with this hour. */
  hour: number
  n: number
  /** Engagements of a post, after pooling: likely, and where they lie with 80 %. */
  likely: number
  low: number
  high: number
  /** How much the posts of this time count beside the mean of all. */
  trust: number
}

export interface BestTimes {
  posts: number
  needed: number
  /** Of all posts; null while there are too few. */
  mean: number | null
  hints: Hint[]
}

export const neededPosts = 20
export const blockHours = 3
const neededInBlock = 3
const mostHints = 3
/** Least spread between times of the week (science.md B2). */
const floor = 0.02
/** A time is named when it is better than the mean with this probability. */
const sureDeviations = 0.8416

export function bestTimes(results: PostResult[]): BestTimes {
  const posts = results.length
  if (posts < neededPosts) return { posts, needed: neededPosts, mean: null, hints: [] }
  const blocks = [...Map.groupBy(results, blockOf)]
  const values = blocks.map(([, some]) => some.map(({ engagements }) => Math.log1p(engagements)))
  const within = varianceWithin(values)
  // Where nothing varies, or no time has two posts, nothing can be told apart.
  if (!within) return { posts, needed: neededPosts, mean: meanOf(results), hints: [] }
  const pooled = poolMeans(
    values.map((some) => ({ n: some.length, mean: some.reduce((sum, value) => sum + value, 0) / some.length })),
    within,
    floor,
  )
  const hints = blocks.flatMap(([block, some], index) => {
    const { estimate, standardError, trust } = pooled.groups[index]!
    if (some.length < neededInBlock || estimate - sureDeviations * standardError <= pooled.mean) return []
    const [day, hour] = block.split(' ').map(Number) as [number, number]
    const at = (deviations: number) => Math.max(0, Math.expm1(estimate + deviations * standardError))
    return [{ day, hour, n: some.length, likely: at(0), low: at(-z80), high: at(z80), trust }]
  })
  return {
    ...{ posts, needed: neededPosts, mean: Math.expm1(pooled.mean) },
    hints: hints.sort((a, b) => b.likely - a.likely || a.day - b.day || a.hour - b.hour).slice(0, mostHints),
  }
}

const meanOf = (results: PostResult[]): number =>
  Math.expm1(results.reduce((sum, { engagements }) => sum + Math.log1p(engagements), 0) / results.length)

function blockOf({ wall }: PostResult): string {
  const weekday = new Date(`${wall.slice(0, 10)}T00:00Z`).getUTCDay() || 7
  const hour = Math.floor(Number(wall.slice(11, 13)) / blockHours) * blockHours
  return `${weekday} ${hour}`
}
