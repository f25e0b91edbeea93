// Who was there, day after day: attendance, streaks and gaps of an organisation, a channel or a person (R0-10).
//
// Daily presence is a duty of the rota and never of one person: a person is expected only on days on which the plan or the rota has them.

import { addDays } from '../../../lib/days.ts'

/** A post, a reply or a session on a day; `person` null: Longrun itself sent it for nobody. */
export interface Act {
  day: string
  channel: string
  person: string | null
}

export interface DayGap {
  from: string
  to: string
  /** Expected days in it. */
  days: number
}

export interface Attendance {
  /** Days on which somebody was expected. */
  expected: number
  present: number
  /** null: nobody was expected. */
  share: number | null
  /** Expected days in a row, until today; today counts once somebody was there. */
  streak: number
  longest: number
  /** Expected days on which nobody came, together where they follow each other. */
  gaps: DayGap[]
}

/**
 * From one day to another, both included. A day on which nobody is expected neither breaks a streak nor makes one longer.
 * `today`: as long as it lasts, it is not missed.
 */
export function attendanceOf(
  acts: readonly Pick<Act, 'day'>[],
  { from, to, today, isExpected }: { from: string; to: string; today: string; isExpected: (day: string) => boolean },
): Attendance {
  const there = new Set(acts.map(({ day }) => day))
  const found: Attendance = { expected: 0, present: 0, share: null, streak: 0, longest: 0, gaps: [] }
  let open: DayGap | null = null
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const isPresent = there.has(day)
    if (!isExpected(day) || (day >= today && !isPresent)) continue
    found.expected++
    if (isPresent) {
      found.present++
      found.streak++
      found.longest = Math.max(found.longest, found.streak)
      open = null
      continue
    }
    found.streak = 0
    if (open) {
      open.to = day
      open.days++
    } else {
      open = { from: day, to: day, days: 1 }
      found.gaps.push(open)
    }
  }
  return { ...found, share: found.expected > 0 ? found.present / found.expected : null }
}

/** The same for each channel, or each person; those without an act stand for whoever is named. */
export function attendanceBy(
  acts: readonly Act[],
  by: 'channel' | 'person',
  facts: {
    names: readonly string[]
    from: string
    to: string
    today: string
    isExpected: (name: string, day: string) => boolean
  },
): Map<string, Attendance> {
  const own = Map.groupBy(acts, (act) => act[by])
  const of = (name: string) =>
    attendanceOf(own.get(name) ?? [], { ...facts, isExpected: (day) => facts.isExpected(name, day) })
  return new Map(facts.names.map((name) => [name, of(name)]))
}
