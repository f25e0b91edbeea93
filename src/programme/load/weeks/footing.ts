// What a week is compared with: the highest before it, the weeks just before it, and how long ago the last rest was.

import { medianOf } from '../../../lib/stats/median.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { Baseline, CompletedWeek, Footing, Nearness, WeekFigures } from './types.ts'

/** What people are used to before anything is planned (R0-13). `evidence`: measured weeks of an experienced team, from before or elsewhere. */
export function baselineOf(
  history: readonly CompletedWeek[],
  { people, evidence = [] }: { people: number; evidence?: readonly number[] },
  settings: LoadSettings,
): Baseline {
  const measured = measuredOf(history)
  const last = measured.slice(-settings.baselineWeeks)
  const own = measured.length >= settings.measuredWeeks ? medianOf(last) : 0
  const shown = evidence.length >= settings.eliteWeeks ? medianOf(evidence.slice(-settings.eliteWeeks)) : 0
  if (shown > own) return { minutes: shown, from: 'evidence', weeks: evidence.length }
  if (own > 0) return { minutes: own, from: 'measured', weeks: last.length }
  // Weeks in which nothing was done are no habit to build on: they begin as everybody does.
  return { minutes: people * settings.newPersonMinutes, from: 'new', weeks: 0 }
}

/** After a break: so much of the last completed week. null: there was none. */
export function realignedBaseline(
  history: readonly CompletedWeek[],
  settings: Pick<LoadSettings, 'realign'> & Completion,
): Baseline | null {
  const measured = measuredOf(history)
  const last = lastCompleted(measured, settings)
  const weeks = measured.filter((minutes) => minutes > 0).length
  return last === 0 ? null : { minutes: settings.realign * last, from: 'realigned', weeks }
}

/** So far back the peak is looked for, and what is usual: two cut-backs fit into it. */
const peakWeeks = 8

type Completion = Pick<LoadSettings, 'completedShare'>

/** `recent`: the weeks before it. Those of nothing say nothing about what is usual; a lower level that lasts is usual soon. */
function isCompleted(minutes: number, recent: readonly number[], { completedShare }: Completion): boolean {
  const worked = [...recent.slice(-peakWeeks + 1), minutes].filter((each) => each > 0)
  return minutes > 0 && minutes >= completedShare * medianOf(worked)
}

/** Minutes of the last completed week. 0: there was none. */
const lastCompleted = (weeks: readonly number[], settings: Completion): number =>
  weeks.findLast((minutes, index) => isCompleted(minutes, weeks.slice(0, index), settings)) ?? 0

const measuredOf = (history: readonly CompletedWeek[]): number[] =>
  history.flatMap(({ minutes }) => (minutes === null ? [] : [minutes]))

export function footingOf(baseline: Baseline, history: readonly CompletedWeek[], settings: LoadSettings): Footing {
  const measured = measuredOf(history)
  const { minutes, from } = baseline
  const assumed = Array.from({ length: settings.ratioWeeks }, () => minutes)
  const highest = Math.max(0, ...measured)
  return {
    highest: from === 'new' ? Math.max(minutes, highest) : highest,
    before: from === 'measured' ? measured.slice(-settings.ratioWeeks) : assumed,
    recent: from === 'measured' ? measured.slice(-peakWeeks) : assumed,
    last: from === 'measured' ? measured.at(-1)! : null,
    worked: from === 'measured' ? lastCompleted(measured, settings) : minutes,
    sinceRest: 0,
    firstStep: from === 'evidence' ? minutes : null,
  }
}

/** The mean of the weeks before. After a break, weeks of little or nothing: what a realigned plan would begin with. */
export function usualOf(
  { before, worked }: Footing,
  { realign, completedShare }: Pick<LoadSettings, 'realign'> & Completion,
): number {
  const mean = before.length > 0 ? before.reduce((sum, each) => sum + each, 0) / before.length : 0
  return mean < completedShare * worked ? realign * worked : mean
}

export function nearnessOf(footing: Footing, ahead: number | null, previous: Nearness | null): Nearness {
  const goesOn = ahead !== null && (previous?.ahead ?? 0) > ahead
  return { ahead, peak: goesOn ? previous!.peak : Math.max(0, ...footing.recent) }
}

/** The most that a new high may be (R1-08), the first step of an experienced team excepted (R1-09). */
export const newHighLimit = ({ highest, firstStep }: Footing, { newHigh }: Pick<LoadSettings, 'newHigh'>): number =>
  Math.max(newHigh * highest, firstStep ?? 0)

export function figuresOf(
  footing: Footing,
  { monday, minutes }: { monday: string; minutes: number },
  settings: LoadSettings,
): WeekFigures {
  const over = (base: number | null): number | null => (base !== null && base > 0 ? minutes / base : null)
  const toLast = over(footing.last)
  return {
    ...{ monday, minutes, toHigh: over(footing.highest), ratio: over(usualOf(footing, settings)), toLast },
    cutBack: toLast !== null && toLast < settings.cutBackShows - 1e-9,
  }
}

/** After a week. One in which nobody was there changes nothing, but it was a rest; so are those around an event. */
export function after(
  footing: Footing,
  week: WeekFigures & { away: boolean; near: Nearness },
  settings: LoadSettings,
): Footing {
  if (week.away) return { ...footing, sinceRest: 0 }
  const { minutes } = week
  const isWhole = isCompleted(minutes, footing.recent, settings)
  // Whoever hardly did anything has rested.
  const isRest = week.cutBack || week.near.ahead !== null || !isWhole
  return {
    highest: Math.max(footing.highest, minutes),
    before: [...footing.before, minutes].slice(-settings.ratioWeeks),
    recent: [...footing.recent, minutes].slice(-peakWeeks),
    last: minutes,
    worked: isWhole ? minutes : footing.worked,
    sinceRest: isRest ? 0 : footing.sinceRest + 1,
    firstStep: null,
  }
}
