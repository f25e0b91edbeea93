// How backlogs and occupancy are named and written. Pure.

import type { client, Output } from '../../../kit/api.ts'
import { dayText, timeIn, wallTimeIn } from '../../../kit/time.ts'
import type { Grouping } from '../../measures/types.ts'

export type Load = Output<typeof client.measures.load>
export type LoadInput = Parameters<typeof client.measures.load>[0]

export const nobodyWords: Record<Grouping, string> = {
  department: 'No department',
  account: 'An account that is gone',
  person: 'Nobody’s',
}

export const splits = [
  { value: 'all', label: 'All together' },
  { value: 'department', label: 'Departments' },
  { value: 'account', label: 'Accounts' },
  { value: 'person', label: 'People' },
]

/** “12 Jan” for a day that ended, “12 Jan, 10:00” for an hour. */
export function pointText(at: string, { zone, step }: Pick<Load, 'zone' | 'step'>, now: Date): string {
  const instant = new Date(at)
  if (step === 'hour') return timeIn(instant, zone, 'moment', now)
  // The day that ends there, not the one that begins.
  return dayText(wallTimeIn(new Date(instant.getTime() - 1), zone).slice(0, 10), 'short')
}

export interface Line {
  /** Of the drawing. */
  key: string
  name: string
  open: number[]
  waiting: number[]
}

/** What is told apart, whatever stood open most first. */
export function linesOf(load: Load, split: string): Line[] {
  if (split === 'all')
    return [
      {
        ...{ key: 'all', name: 'All together' },
        open: load.points.map(({ open }) => open),
        waiting: load.points.map(({ waiting }) => waiting),
      },
    ]
  return load.groups
    .filter(({ by }) => by === split)
    .map(({ by, id, name, open, waiting }) => ({ key: `g${id ?? ''}`, name: name || nobodyWords[by], open, waiting }))
    .sort((a, b) => mean(b.open) - mean(a.open) || a.name.localeCompare(b.name))
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length

export const tenths = (value: number): number => Math.round(value * 10) / 10

const hourMs = 3_600_000

/** “40 min”, “1,240.5 h”: days of work are no days of the calendar. */
export const workWords = (ms: number): string =>
  ms < 1.5 * hourMs ? `${Math.round(ms / 60_000)} min` : `${tenths(ms / hourMs).toLocaleString('en')} h`

export const hoursOf = (ms: number): number => ms / hourMs
