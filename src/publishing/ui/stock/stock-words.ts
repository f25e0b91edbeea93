// Numbers of stock and freshness as people say them.

import { count } from '../../../kit/words.ts'

/** “3 days”, “less than a day”, “more than 60 days”. */
export function daysText(days: number): string {
  if (days === 0) return 'nothing ready'
  if (days < 1) return 'less than a day'
  if (days > 60) return 'more than 60 days'
  return count(Math.floor(days), 'day')
}

const units: [name: string, minutes: number][] = [
  ['year', 365.25 * 1440],
  ['month', 30.44 * 1440],
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
]

/** “80 minutes”, “19 hours”, “2 years”: two digits are more than anybody knows. */
export function durationText(minutes: number): string {
  const [name, size] = units.find(([unit, each]) => minutes >= (unit === 'minute' ? 0 : each * 2)) ?? units.at(-1)!
  const amount = minutes / size
  const shown = amount < 10 && name !== 'minute' ? Math.round(amount * 10) / 10 : Math.round(amount)
  return `${shown.toLocaleString('en')} ${shown === 1 ? name : `${name}s`}`
}

/** The same at the beginning of a line. */
export const daysHeading = (days: number): string => daysText(days).replace(/^./, (first) => first.toUpperCase())

export const percentText = (share: number): string =>
  share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`

export const kindWords = { post: 'Posts', video: 'Videos', article: 'Articles' } as const
