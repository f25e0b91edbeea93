// Where a plan stands after each week: plain data, so that it is stored with the plan and a new one goes on from it.

import { daysBetween, mondayOf } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { after, figuresOf, footingOf, nearnessOf, newHighLimit } from './footing.ts'
import type { CompletedWeek, LoadEvent, LoadGround, Nearness, Standing } from './types.ts'

/** At the beginning of a plan, or where the one before it stood. */
export const beginStanding = (
  { baseline, history, standing }: Pick<LoadGround, 'baseline' | 'history' | 'standing'>,
  settings: LoadSettings,
): Standing =>
  standing ?? {
    footing: footingOf(baseline, history, settings),
    pace: baseline.minutes,
    near: null,
    wasAway: false,
  }

/** After a week, with what was really done in it where it is over. */
export function standAfter(
  standing: Standing,
  week: { monday: string; minutes: number; away?: boolean },
  { events, settings }: { events: readonly LoadEvent[]; settings: LoadSettings },
): Standing {
  const away = week.away ?? false
  const near = nearnessNow(standing, week.monday, events)
  const figures = figuresOf(standing.footing, week, settings)
  const footing = after(standing.footing, { ...figures, away, near }, settings)
  const trains = !away && near.ahead === null
  const grown = trains ? standing.pace * (1 + settings.growth) : standing.pace
  // It never runs ahead of what a new high may be.
  const pace = Math.min(grown, newHighLimit(footing, settings))
  return { footing, pace, near, wasAway: away }
}

/** Where a plan stands after the weeks that are over, as they really were: with the baseline and history that it began with, nothing has to be stored. */
export const standThrough = (
  ground: Pick<LoadGround, 'baseline' | 'history' | 'standing' | 'events'>,
  weeks: readonly CompletedWeek[],
  settings: LoadSettings,
): Standing =>
  weeks.reduce(
    (standing, { monday, minutes }) =>
      standAfter(
        standing,
        { monday, minutes: minutes ?? 0, away: minutes === null },
        { events: ground.events, settings },
      ),
    beginStanding(ground, settings),
  )

export const nearnessNow = ({ footing, near }: Standing, monday: string, events: readonly LoadEvent[]): Nearness =>
  nearnessOf(footing, weeksToEvent(monday, events), near)

/** How many weeks after this one the next event is: 0 is this week. null: none within two weeks. */
function weeksToEvent(monday: string, events: readonly LoadEvent[]): number | null {
  const weeks = events.map(({ day }) => daysBetween(monday, mondayOf(day)) / 7).filter((each) => each >= 0 && each <= 2)
  return weeks.length > 0 ? Math.min(...weeks) : null
}
