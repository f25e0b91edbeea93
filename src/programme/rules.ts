// Pure: where in a programme a day lies.

import { addDays, daysBetween, mondayOf } from '../lib/days.ts'

/** The week of a programme in which a day lies, from 1; 0: before it begins. */
export const weekOf = (beginsOn: string, today: string): number =>
  today < beginsOn ? 0 : Math.floor(daysBetween(beginsOn, today) / 7) + 1

export const isMonday = (day: string): boolean => mondayOf(day) === day

/** The first Monday that is not over: today, or the next one. */
export const nextMonday = (today: string): string => (isMonday(today) ? today : addDays(mondayOf(today), 7))
