// The pattern of a sprint that ends in quitting: points with their reasons, what to do about it, and when somebody has quit (R1-01, R1-06).

import { addDays, daysBetween } from '../../../lib/days.ts'
import { betaBelow } from '../../../lib/stats/beta.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { Act } from './attendance.ts'
import { type Outlet, overExtension } from './outlets.ts'
import { type MinutesByPerson, sharingOf } from './sharing.ts'

export type SprintReason = 'ratio' | 'outlets' | 'one-person' | 'no-measure' | 'cut-back-skipped' | 'missed' | 'falling'

export interface SprintPoint {
  reason: SprintReason
  points: number
  value: number
  limit: number
  says: string
}

export type Intervention =
  | { kind: 'half-load'; minutes: number; says: string }
  | { kind: 'close-outlets'; outlets: string[]; says: string }
  | { kind: 'second-owner'; person: string; says: string }
  | { kind: 'set-measure' | 'take-cut-back' | 'realign'; says: string }

export interface SprintScore {
  points: number
  level: 'steady' | 'watch' | 'intervene'
  reasons: SprintPoint[]
  /** Empty while it is steady. */
  interventions: Intervention[]
}

export interface SprintWeek {
  monday: string
  /** null: not measured, or nobody was there. The week that is running counts with what it has. */
  minutes: number | null
  /** The plan had a lighter week here. */
  cutBackPlanned?: boolean
  /** Minutes of the sessions that were planned for it at first; null: there were none. */
  planned?: number | null
}

export interface SprintFacts {
  today: string
  /** In order, up to the one in which today lies. */
  weeks: readonly SprintWeek[]
  /** What people were used to before; null: nobody knows. */
  baseline: number | null
  outlets: readonly Outlet[]
  /** Of the last four weeks. */
  minutes: MinutesByPerson
  /** A goal with a measure is set. */
  hasMeasure: boolean
  /** Those whose day has come. */
  sessions: readonly { day: string; done: boolean }[]
}

export function sprintScore(facts: SprintFacts, settings: LoadSettings): SprintScore {
  const judged = [ratioPoint, outletsPoint, personPoint, measurePoint, cutBackPoint, missedPoint, fallingPoint]
  const found = judged.flatMap((judge) => judge(facts, settings) ?? [])
  const reasons = found.filter((each) => each.points > 0)
  const points = reasons.reduce((sum, each) => sum + each.points, 0)
  const level = points >= settings.intervenePoints ? 'intervene' : points >= settings.watchPoints ? 'watch' : 'steady'
  const interventions = level === 'steady' ? [] : interventionsFor(level, reasons, { facts, settings })
  return { points, level, reasons, interventions }
}

type Judge = (facts: SprintFacts, settings: LoadSettings) => SprintPoint | null

const measured = (weeks: readonly SprintWeek[]): number[] =>
  weeks.flatMap(({ minutes }) => (minutes === null ? [] : [minutes]))

/** Each week's ratio to the mean of those before; with fewer than four of them, to those there are. */
function ratiosOf({ weeks, baseline }: SprintFacts, { ratioWeeks }: LoadSettings) {
  return weeks.flatMap(({ monday, minutes }, index) => {
    const before = measured(weeks.slice(0, index)).slice(-ratioWeeks)
    const usual = before.length > 0 ? before.reduce((sum, each) => sum + each, 0) / before.length : (baseline ?? 0)
    return minutes !== null && usual > 0 ? [{ monday, minutes, ratio: minutes / usual }] : []
  })
}

const ratioPoint: Judge = (facts, settings) => {
  // The running week may just have begun; the one before it is then the one that tells.
  // Below what everybody can do from the first day on a jump is no sprint: of few minutes any piece more or less is one.
  const recent = ratiosOf(facts, settings).filter(
    ({ monday, minutes }) => daysBetween(monday, facts.today) < 14 && minutes > settings.newPersonMinutes,
  )
  const value = Math.max(0, ...recent.map(({ ratio }) => ratio))
  const limit = settings.refuseRatio
  if (value < limit) return null
  return {
    reason: 'ratio',
    points: settings.pointsRatio,
    value,
    limit,
    says: `A week of ${value.toFixed(1)} times the weeks before`,
  }
}

const outletsPoint: Judge = ({ outlets, today }, settings) => {
  const { opened, alarm } = overExtension(outlets, today, settings)
  if (!alarm) return null
  const says = `${opened.length} accounts opened within ${settings.openedDays} days`
  return { reason: 'outlets', points: settings.pointsOutlets, value: opened.length, limit: settings.overExtended, says }
}

const personPoint: Judge = ({ minutes }, settings) => {
  const { top } = sharingOf(minutes, settings)
  if (!top || top.share < settings.topShare) return null
  const says = `One person does ${Math.round(top.share * 100)} % of the work`
  return { reason: 'one-person', points: settings.pointsPerson, value: top.share, limit: settings.topShare, says }
}

const measurePoint: Judge = ({ hasMeasure }, { pointsMeasure: points }) =>
  hasMeasure ? null : { reason: 'no-measure', points, value: 0, limit: 1, says: 'No goal says what is measured' }

const cutBackPoint: Judge = ({ weeks, today }, settings) => {
  const skipped = weeks.filter((week, index) => {
    const { monday, minutes, cutBackPlanned } = week
    const before = weeks.slice(0, index).findLast((each) => each.minutes !== null)
    const isOver = daysBetween(monday, today) >= 7
    if (!cutBackPlanned || !isOver || minutes === null || before === undefined) return false
    return daysBetween(monday, today) < 42 && minutes >= settings.cutBackShows * heavyOf(week, before, settings)
  })
  if (skipped.length === 0) return null
  const says = skipped.length === 1 ? 'A lighter week was not taken' : `${skipped.length} lighter weeks were not taken`
  return { reason: 'cut-back-skipped', points: settings.pointsCutBack, value: skipped.length, limit: 1, says }
}

/**
 * What a lighter week is lighter than: what was done before it or should have been, so that a week of which a part was missed makes no other
 * one heavy. A plan of few pieces may have none to take away: then nobody was asked to rest.
 */
function heavyOf(week: SprintWeek, before: SprintWeek, { cutBackShows }: Pick<LoadSettings, 'cutBackShows'>): number {
  const asked = before.planned ?? 0
  if (week.planned != null && asked > 0 && week.planned >= cutBackShows * asked) return Number.POSITIVE_INFINITY
  return Math.max(before.minutes!, asked)
}

/** Fewer sessions than this say nothing. */
const fewestSessions = 3

/** Of whoever keeps four fifths, which counts as keeping a week: the share that they miss. */
const usuallyMissed = 0.2

/** How often they would miss so many of these by chance. */
const chanceOf = (missed: number, due: number): number =>
  missed > 0 ? betaBelow({ a: missed, b: due - missed + 1 }, usuallyMissed) : 1

const missedPoint: Judge = ({ weeks, sessions, today }, settings) => {
  const peak = weeks
    .filter(({ monday }) => daysBetween(monday, today) >= 7)
    .reduce<SprintWeek | null>((a, b) => ((b.minutes ?? 0) > (a?.minutes ?? 0) ? b : a), null)
  if (!peak) return null
  // Counted in the two weeks before today, as far as they come after the peak, and only while it is near.
  const end = addDays(peak.monday, 7)
  if (daysBetween(end, today) >= 2 * settings.missedDays) return null
  const early = addDays(today, -settings.missedDays)
  const due = sessions.filter(({ day }) => day >= end && day >= early && day < today)
  const missed = due.filter(({ done }) => !done).length
  if (due.length < fewestSessions || missed / due.length < settings.missedShare) return null
  if (chanceOf(missed, due.length) > settings.missedChance) return null
  const says = `${missed} of ${due.length} sessions missed since the highest week`
  return {
    reason: 'missed',
    points: settings.pointsMissed,
    value: missed / due.length,
    limit: settings.missedShare,
    says,
  }
}

const fallingPoint: Judge = ({ weeks, today }, { fallWeeks, fallShare, pointsFalling: points }) => {
  const ended = weeks.filter(({ monday, minutes }) => daysBetween(monday, today) >= 7 && minutes !== null)
  const over = measured(ended).slice(-fallWeeks - 1)
  const falls = over.slice(1).filter((each, index) => each <= over[index]! * (1 - fallShare) && over[index]! > 0)
  if (falls.length < fallWeeks) return null
  // Who does what was planned gives nothing up, however light the plan has become.
  const asked = ended.at(-1)!.planned ?? null
  if (asked !== null && over.at(-1)! > asked * (1 - fallShare)) return null
  const value = 1 - over.at(-1)! / over[0]!
  const says = `Minutes have fallen ${fallWeeks} weeks running, by ${Math.round(value * 100)} %`
  return { reason: 'falling', points, value, limit: fallShare, says }
}

function interventionsFor(
  level: 'watch' | 'intervene',
  reasons: readonly SprintPoint[],
  { facts, settings }: { facts: SprintFacts; settings: LoadSettings },
): Intervention[] {
  const has = (...some: SprintReason[]): boolean => reasons.some(({ reason }) => some.includes(reason))
  const found: Intervention[] = []
  if (level === 'intervene' || has('ratio')) {
    const most = Math.max(0, ...measured(facts.weeks).slice(-2))
    const says = `Plan half of it for the next week: ${Math.round(most / 2)} minutes.`
    found.push({ kind: 'half-load', minutes: most / 2, says })
  }
  const { opened } = overExtension(facts.outlets, facts.today, settings)
  // The first ones stay: they had time to be learned.
  const tooMany = opened.slice(0, Math.max(0, opened.length - settings.overExtended + 1))
  if (has('outlets')) {
    const says = `Close or rest ${tooMany.map(({ name }) => name).join(', ')} until the others run by themselves.`
    found.push({ kind: 'close-outlets', outlets: tooMany.map(({ id }) => id), says })
  }
  const { top } = sharingOf(facts.minutes, settings)
  if (has('one-person') && top) {
    found.push({
      kind: 'second-owner',
      person: top.person,
      says: 'Give the work a second owner, who takes part of it.',
    })
  }
  if (has('no-measure'))
    found.push({ kind: 'set-measure', says: 'Say what is measured, from where to where, by when.' })
  if (has('cut-back-skipped')) found.push({ kind: 'take-cut-back', says: 'Make the next week a lighter one.' })
  if (has('missed', 'falling')) {
    const tenths = Math.round(settings.realign * 10)
    found.push({
      kind: 'realign',
      says: `Go on with ${tenths} tenths of the last completed week instead of catching up.`,
    })
  }
  return found
}

export interface Quitting {
  quit: boolean
  /** The last day with a post or a reply; null: there never was one. */
  lastActive: string | null
  silentDays: number | null
  activeDays: number
}

/**
 * Quit: three weeks without a post or a reply, of somebody who was active on two weeks of days before. Days on which everybody said that they
 * are away are none of them.
 */
export function quittingOf(
  acts: readonly Pick<Act, 'day'>[],
  today: string,
  { quitDays, activeDays }: Pick<LoadSettings, 'quitDays' | 'activeDays'>,
  isAway: (day: string) => boolean = () => false,
): Quitting {
  const days = [...new Set(acts.map(({ day }) => day))].filter((day) => day <= today).sort()
  const lastActive = days.at(-1) ?? null
  if (lastActive === null) return { quit: false, lastActive, silentDays: null, activeDays: 0 }
  const silent = Array.from({ length: daysBetween(lastActive, today) }, (_, index) => addDays(lastActive, index + 1))
  const quit = days.length >= activeDays && silent.filter((day) => !isAway(day)).length >= quitDays
  return { quit, lastActive, silentDays: silent.length, activeDays: days.length }
}
