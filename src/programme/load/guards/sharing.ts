// How evenly work lies on people and days: concentration, how few carry half of it, and how even the days of a week are.

import type { LoadSettings } from '../figures/settings.ts'

/** Minutes by person, people without any included: who could share and does not is part of the answer. */
export type MinutesByPerson = ReadonlyMap<string, number>

export interface Sharing {
  people: number
  minutes: number
  /** 1 − normalised entropy: 0 is shared evenly, 1 lies on one person. null: nothing was done. */
  concentration: number | null
  /** The least number of people that carry half of it. null: nothing was done. */
  busFactor: number | null
  /** Who does most, and what share. */
  top: { person: string; share: number } | null
  /** One person carries everybody (R0-25). */
  alarm: boolean
}

export function sharingOf(minutes: MinutesByPerson, { topShare }: Pick<LoadSettings, 'topShare'>): Sharing {
  const people = minutes.size
  const shares = [...minutes].filter(([, each]) => each > 0).sort((a, b) => b[1] - a[1])
  const all = shares.reduce((sum, [, each]) => sum + each, 0)
  const [first] = shares
  if (!first) return { people, minutes: 0, concentration: null, busFactor: null, top: null, alarm: false }
  const entropy = shares.reduce((sum, [, each]) => sum - (each / all) * Math.log(each / all), 0)
  let [carried, busFactor] = [0, 0]
  for (const [, each] of shares) {
    if (carried >= (all / 2) * (1 - 1e-12)) break
    carried += each
    busFactor++
  }
  const top = { person: first[0], share: first[1] / all }
  const concentration = people > 1 ? Math.min(1, Math.max(0, 1 - entropy / Math.log(people))) : 1
  return { people, minutes: all, concentration, busFactor, top, alarm: people > 1 && top.share >= topShare }
}

export interface Monotony {
  /** Mean ÷ standard deviation of the days (Foster 1998). null: nothing was done, or all days are alike. */
  value: number | null
  tooEven: boolean
}

/** @param days Minutes of seven days, days without work as 0. */
export function monotonyOf(days: readonly number[], { monotony }: Pick<LoadSettings, 'monotony'>): Monotony {
  const mean = days.reduce((sum, each) => sum + each, 0) / days.length
  if (!(mean > 0)) return { value: null, tooEven: false }
  const squares = days.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (days.length - 1))
  if (deviation < mean * 1e-9) return { value: null, tooEven: true }
  const value = mean / deviation
  return { value, tooEven: value > monotony * (1 + 1e-9) }
}
