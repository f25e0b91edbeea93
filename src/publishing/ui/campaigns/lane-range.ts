// Which instants the view of both processes shows: two weeks around a day, or one day by the hour, in the viewer's zone.

import { addDays, instantOf } from '../../../kit/time.ts'
import { isDay } from './campaign-days.ts'

export interface LaneView {
  /** The day in the middle, or the one that is shown by the hour. */
  day: string
  unit: 'day' | 'hour'
  from: string
  to: string
  /** For the buttons: a week, or a day. */
  before: string
  after: string
}

const around = 7

export function laneView(date: string | undefined, hours: boolean, today: string, zone: string): LaneView {
  const day = isDay(date) ? date : today
  const at = (days: number) => instantOf(`${addDays(day, days)}T00:00`, zone).toISOString()
  return hours
    ? { day, unit: 'hour', from: at(0), to: at(1), before: addDays(day, -1), after: addDays(day, 1) }
    : {
        day,
        unit: 'day',
        from: at(-around),
        to: at(around + 1),
        before: addDays(day, -around),
        after: addDays(day, around),
      }
}
