// Which planned weeks are heavier than usual, so that what they need is gathered before (R3-11): an event lies in them, or far more is planned than before.

import { addDays } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { LoadEvent } from './types.ts'

export interface HeavyWeek {
  monday: string
  minutes: number
  because: 'event' | 'peak'
  /** Of the event. */
  name: string | null
  /** The mean of the weeks before; null: none was. */
  usual: number | null
}

interface Week {
  monday: string
  minutes: number
}

/** `done`: weeks before the planned ones. Weeks of nothing say nothing about what is usual. */
export function heavyWeeks(
  { weeks, done, events }: { weeks: readonly Week[]; done: readonly Week[]; events: readonly LoadEvent[] },
  { heavyWeek, ratioWeeks }: Pick<LoadSettings, 'heavyWeek' | 'ratioWeeks'>,
): HeavyWeek[] {
  const first = weeks[0]?.monday
  const all = [...done.filter(({ monday }) => first !== undefined && monday < first), ...weeks]
  return weeks.flatMap(({ monday, minutes }): HeavyWeek[] => {
    const before = all
      .filter((week) => week.monday < monday && week.minutes > 0)
      .slice(-ratioWeeks)
      .map((week) => week.minutes)
    const usual = before.length > 0 ? before.reduce((sum, each) => sum + each, 0) / before.length : null
    const event = events.find(({ day }) => day >= monday && day <= addDays(monday, 6))
    if (event) return [{ monday, minutes, because: 'event', name: event.name, usual }]
    const isPeak = before.length === ratioWeeks && minutes > heavyWeek * usual! + 1e-6
    return isPeak ? [{ monday, minutes, because: 'peak', name: null, usual }] : []
  })
}
