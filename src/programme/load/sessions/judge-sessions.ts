// What the rules find in sessions, told from the sessions alone: double bookings, hours, weeks, rest and evenness.

import { addDays, dayIn, mondayOf } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { monotonyOf } from '../guards/sharing.ts'
import type { PlanPerson, Session } from './types.ts'

export type SessionRule =
  | 'overlap'
  | 'outside-hours'
  | 'week-minutes'
  | 'ceiling'
  | 'recovery'
  | 'rest-day'
  | 'too-even'

export interface SessionFinding {
  rule: SessionRule
  requirement: string
  person: string
  /** Of weeks their Monday. */
  day: string
  value: number
  limit: number
  says: string
}

export const sessionRequirements: Record<SessionRule, string> = {
  overlap: 'R3-28',
  'outside-hours': 'R3-21',
  'week-minutes': 'R0-24',
  ceiling: 'R0-34',
  recovery: 'R3-12',
  'rest-day': 'R3-12',
  'too-even': 'R0-24',
}

/** Empty: nothing is wrong. Weeks and days without one of these sessions are not judged. */
export function judgeSessions(
  { zone, people, sessions }: { zone: string; people: readonly PlanPerson[]; sessions: readonly Session[] },
  settings: LoadSettings,
): SessionFinding[] {
  return people.flatMap((person) => {
    const own = sessions.filter((each) => each.person === person.id).sort((a, b) => a.at.getTime() - b.at.getTime())
    const minutes = new Map(Object.entries(person.worked))
    for (const each of own) {
      const day = dayIn(each.at, person.zone ?? zone)
      minutes.set(day, (minutes.get(day) ?? 0) + each.minutes)
    }
    const facts = { person, own, zone: person.zone ?? zone, minutesOn: (day: string) => minutes.get(day) ?? 0 }
    const judged = [...judgeTimes(facts), ...judgeWeeksOf(facts, settings), ...judgeRestOf(facts, settings)]
    return judged.map((found) => ({ ...found, requirement: sessionRequirements[found.rule], person: person.id }))
  })
}

interface Facts {
  person: PlanPerson
  own: readonly Session[]
  zone: string
  minutesOn: (day: string) => number
}

type Found = Omit<SessionFinding, 'requirement' | 'person'>

const minuteMs = 60_000
const hair = 1e-6
const whole = (minutes: number): string => `${Math.round(minutes)} minutes`
const unique = (days: readonly string[]): string[] => [...new Set(days)]

function judgeTimes({ person, own }: Facts): Found[] {
  return own.flatMap((session, index): Found[] => {
    const { day, wall, minutes, at } = session
    const end = at.getTime() + minutes * minuteMs
    const next = own[index + 1]
    const found: Found[] = []
    if (next && next.at.getTime() < end - hair) {
      const over = (end - next.at.getTime()) / minuteMs
      found.push({ rule: 'overlap', day, value: over, limit: 0, says: `Two sessions at ${wall.slice(11)}` })
    }
    // Spans that touch are one: work over noon may be written as two of them.
    const inside = person.free
      .toSorted((a, b) => a.from.getTime() - b.from.getTime())
      .reduce(
        (reached, { from, to }) => (from.getTime() <= reached ? Math.max(reached, to.getTime()) : reached),
        at.getTime(),
      )
    if (inside < end - hair) {
      const outside = (end - inside) / minuteMs
      found.push({ rule: 'outside-hours', day, value: outside, limit: 0, says: `Not at work at ${wall.slice(11)}` })
    }
    return found
  })
}

const daysFrom = (monday: string): string[] => Array.from({ length: 7 }, (_, index) => addDays(monday, index))

function judgeWeeksOf({ person, own, minutesOn }: Facts, settings: LoadSettings): Found[] {
  return unique(own.map(({ day }) => mondayOf(day))).flatMap((monday): Found[] => {
    const days = daysFrom(monday).map(minutesOn)
    const value = days.reduce((sum, each) => sum + each, 0)
    const inPlan = own.filter(({ day }) => mondayOf(day) === monday).reduce((sum, each) => sum + each.minutes, 0)
    const planned = person.weekMinutes[monday]
    const even = monotonyOf(days, settings)
    const found: Found[] = []
    if (planned !== undefined && inPlan > planned + hair) {
      const says = `${whole(inPlan)} of sessions in a week of ${whole(planned)}`
      found.push({ rule: 'week-minutes', day: monday, value: inPlan, limit: planned, says })
    }
    if (person.ceiling !== null && value > person.ceiling + hair) {
      const says = `${whole(value)} in a week, above the ceiling of ${whole(person.ceiling)}`
      found.push({ rule: 'ceiling', day: monday, value, limit: person.ceiling, says })
    }
    if (even.tooEven) {
      const says = 'The days of this week are too much alike; hard and easy ones belong apart'
      found.push({ rule: 'too-even', day: monday, value: even.value ?? 7, limit: settings.monotony, says })
    }
    return found
  })
}

function judgeRestOf({ person, own, zone, minutesOn }: Facts, settings: LoadSettings): Found[] {
  const days = unique(own.map(({ at }) => dayIn(at, zone))).sort()
  const atWork = unique(person.free.flatMap((span) => daysOfSpan(span, zone))).sort()
  const resting = person.duties.flatMap((duty) => atWork.find((day) => day > duty) ?? [])
  const found: Found[] = []
  for (const day of days) {
    const run = runUntil(day, (each) => minutesOn(each) > 0 || person.duties.includes(each))
    if (run > settings.daysInARow) {
      const says = `The ${run}. day in a row; one of seven stays free`
      found.push({ rule: 'rest-day', day, value: run, limit: settings.daysInARow, says })
    }
    if (!resting.includes(day)) continue
    const monday = mondayOf(day)
    const workdays = daysFrom(monday).filter((each) => atWork.includes(each)).length
    const limit = (settings.recoveryShare * (person.weekMinutes[monday] ?? 0)) / Math.max(1, workdays)
    const value = minutesOn(day)
    if (value > limit + hair) {
      const says = `${whole(value)} on the day after duty; at most ${whole(limit)}`
      found.push({ rule: 'recovery', day, value, limit, says })
    }
  }
  return found
}

function daysOfSpan({ from, to }: { from: Date; to: Date }, zone: string): string[] {
  const [first, last] = [dayIn(from, zone), dayIn(new Date(to.getTime() - 1), zone)]
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

function runUntil(day: string, isBusy: (day: string) => boolean): number {
  let run = 1
  for (let at = addDays(day, -1); isBusy(at); at = addDays(at, -1)) run++
  return run
}
