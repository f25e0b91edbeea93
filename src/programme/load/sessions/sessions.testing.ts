// People with hours in a zone, for tests of sessions: what is free of a week of theirs, without holidays and absences.

import { businessClock, openSpans } from '../../../inbox/promises/business-clock.ts'
import { without } from '../../../inbox/promises/coverage.ts'
import { addDays, mondayOf } from '../../../lib/days.ts'
import { loadSettings } from '../figures/settings.ts'
import type { PlanPerson, WorkItem } from './types.ts'

export const settings = loadSettings()

export interface Hours {
  zone: string
  from: string
  to: string
  /** Monday is 1. */
  week?: readonly number[]
  begins?: string
  ends?: string
  holidays?: readonly string[]
  /** Days of absence. */
  away?: readonly string[]
}

export function freeOf({
  zone,
  from,
  to,
  week = [1, 2, 3, 4, 5],
  begins = '09:00',
  ends = '17:00',
  holidays = [],
  away = [],
}: Hours) {
  const clock = businessClock({
    ...{ zone, holidays: [], extra: [] },
    week: week.map((day) => ({ day, from: begins, to: ends })),
    closed: holidays.map((day) => ({ day, name: '' })),
  })
  // Wider than any zone is away from UTC.
  const [first, last] = [new Date(`${addDays(from, -1)}T00:00Z`), new Date(`${addDays(to, 2)}T00:00Z`)]
  const absences = openSpans(
    businessClock({
      zone,
      week: [],
      holidays: [],
      closed: [],
      extra: away.map((day) => ({ day, from: '00:00', to: '24:00' })),
    }),
    first,
    last,
  )
  return without(openSpans(clock, first, last), absences)
}

export function person(id: string, hours: Hours, more: Partial<PlanPerson> & { weekly?: number } = {}): PlanPerson {
  const { weekly, ...rest } = more
  const weekMinutes: Record<string, number> = {}
  for (let monday = mondayOf(hours.from); monday <= hours.to && weekly !== undefined; monday = addDays(monday, 7)) {
    weekMinutes[monday] = weekly
  }
  const off = Object.fromEntries([
    ...(hours.away ?? []).map((day) => [day, 'absence' as const]),
    ...(hours.holidays ?? []).map((day) => [day, 'holiday' as const]),
  ])
  return { id, free: freeOf(hours), off, weekMinutes, ceiling: null, duties: [], worked: {}, ...rest }
}

export const item = (id: string, more: Partial<WorkItem> & Pick<WorkItem, 'from' | 'to'>): WorkItem => ({
  ...{ id, activity: 'short-post', channel: null, kind: 'light', minutes: 10, people: ['one'] },
  ...more,
})
