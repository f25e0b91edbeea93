// What people choose under “Repeat”, and the rule that follows from it. Pure.

import { canonicalRule, partsOf, weekdays } from '../../series/rules.ts'
import { weekdayOf } from '../planned-time.ts'

export type Often = 'never' | 'daily' | 'weekdays' | 'weekly' | 'monthly-day' | 'monthly-weekday' | 'custom'
export type End = 'never' | 'until' | 'count'

export interface Choice {
  often: Often
  interval: number
  /** Of a weekly rule: MO … SU; empty: the day of the time itself. */
  days: string[]
  custom: string
  end: End
  until: string
  count: number
}

export const noRepeat: Choice = {
  ...{ often: 'never', interval: 1, days: [], custom: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
  ...{ end: 'never', until: '', count: 10 },
}

export const weekdayCode = (wall: string): string => weekdays[weekdayOf(wall) - 1]!

/** Which weekday of its month a day is: 1 to 4, or -1 for the last. */
export function placeInMonth(wall: string): number {
  const day = Number(wall.slice(8, 10))
  const last = new Date(Date.UTC(Number(wall.slice(0, 4)), Number(wall.slice(5, 7)), 0)).getUTCDate()
  const place = Math.ceil(day / 7)
  return place > 4 || day + 7 > last ? -1 : place
}

/** null: it does not repeat. */
export function ruleOf(choice: Choice, wall: string): string | null {
  const base = baseOf(choice, wall)
  if (base === null || choice.often === 'custom') return base
  const parts = [base]
  if (choice.interval > 1 && choice.often !== 'weekdays') parts.push(`INTERVAL=${choice.interval}`)
  if (choice.end === 'count') parts.push(`COUNT=${choice.count}`)
  if (choice.end === 'until' && choice.until) parts.push(`UNTIL=${choice.until.replaceAll('-', '')}`)
  return parts.join(';')
}

function baseOf({ often, days, custom }: Choice, wall: string): string | null {
  switch (often) {
    case 'never':
      return null
    case 'daily':
      return 'FREQ=DAILY'
    case 'weekdays':
      return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
    case 'weekly': {
      const chosen = weekdays.filter((day) => days.includes(day))
      return `FREQ=WEEKLY;BYDAY=${chosen.length > 0 ? chosen.join(',') : weekdayCode(wall)}`
    }
    case 'monthly-day':
      return `FREQ=MONTHLY;BYMONTHDAY=${Number(wall.slice(8, 10))}`
    case 'monthly-weekday':
      return `FREQ=MONTHLY;BYDAY=${placeInMonth(wall)}${weekdayCode(wall)}`
    case 'custom':
      return custom.trim() || null
  }
}

/** Whether both say the same, however they are written. */
export function isSameRule(one: string | null, other: string): boolean {
  const [a, b] = [partsOf(one ?? ''), partsOf(other)]
  return 'parts' in a && 'parts' in b && canonicalRule(a.parts) === canonicalRule(b.parts)
}

/** The other way: what a person would choose for a rule; what the choices do not have is a rule of its own. */
export function choiceOf(rule: string, wall: string): Choice {
  const parts = new Map(rule.split(';').map((piece) => piece.split('=') as [string, string]))
  const [count, until, interval] = [parts.get('COUNT'), parts.get('UNTIL'), parts.get('INTERVAL')]
  const days = parts.get('FREQ') === 'WEEKLY' ? (parts.get('BYDAY')?.split(',') ?? []) : []
  const common: Choice = {
    ...noRepeat,
    ...{ interval: Number(interval ?? 1), days, custom: rule },
    end: count ? 'count' : until ? 'until' : 'never',
    count: Number(count ?? noRepeat.count),
    until: until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : '',
  }
  const offered = (['weekdays', 'daily', 'weekly', 'monthly-day', 'monthly-weekday'] as const).map((often) => ({
    ...common,
    often,
  }))
  return offered.find((choice) => isSameRule(ruleOf(choice, wall), rule)) ?? { ...common, often: 'custom' }
}
