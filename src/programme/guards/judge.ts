// Pure: what guards find in the load of people and teams, in how it is shared, in accounts and in the pattern of weeks.

import { addDays, mondayOf } from '../../lib/days.ts'
import type { MoneyOfYear } from '../budget/read-lines.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import {
  type Dormant,
  dormantOutlets,
  type Outlet,
  type OverExtension,
  overExtension,
  type Visibility,
} from '../load/guards/outlets.ts'
import { type Sharing, sharingOf } from '../load/guards/sharing.ts'
import { type Quitting, quittingOf, type SprintScore, type SprintWeek, sprintScore } from '../load/guards/sprint.ts'
import type { CompletedWeek } from '../load/weeks/types.ts'
import { completedWeeks, leastThere } from '../plan/rules.ts'
import { type Days, type Heaviness, heavinessOf, joinedDays, sumOf, type WeekMinutes, weeksOf } from './loads.ts'

/** So many whole weeks are looked at, beside the one that goes on. */
export const weeksLookedAt = 12
/** Of these how work is shared. */
const weeksShared = 4

export interface GuardPerson {
  id: string
  name: string
  departmentId: string | null
}

export interface GuardFacts {
  today: string
  people: GuardPerson[]
  departments: ReadonlyMap<string, string>
  /** By member; also of those who left. */
  days: ReadonlyMap<string, Days>
  /** What people said that they give at most in a week. */
  ceilings: ReadonlyMap<string, number>
  outlets: Outlet[]
  /** `until`: up to when it was looked, in milliseconds. */
  visibility: Visibility & { until: number }
  /** Days with a post or a reply. */
  activeDays: string[]
  baseline: number | null
  /** Mondays of weeks for which the plan has a lighter one. */
  cutBacks: ReadonlySet<string>
  /** By Monday: minutes of the sessions that were planned for a week. */
  planned: ReadonlyMap<string, number>
  /** By Monday: how much of the usual time was there; 1 where nothing is said. */
  there: ReadonlyMap<string, number>
  hasMeasure: boolean
  sessions: { day: string; done: boolean }[]
  /** Budgets in force, of this year and the next. */
  money: MoneyOfYear[]
}

export interface PersonLoad extends GuardPerson, Heaviness {
  /** Whole weeks and the one that goes on, oldest first. */
  weeks: WeekMinutes[]
  days: Days
  ceiling: number
  /** Nobody said it: it is assumed. */
  ceilingAssumed: boolean
  isOver: boolean
}

export interface TeamLoad extends Heaviness {
  /** null: people without a department. */
  departmentId: string | null
  name: string
  people: PersonLoad[]
  weeks: WeekMinutes[]
  days: Days
  ceiling: number
  /** Of its people, those who never said how much they give. */
  ceilingsAssumed: number
  isOver: boolean
  /** Of the last four whole weeks and the one that goes on. */
  sharing: Sharing
}

export interface Guarded {
  people: PersonLoad[]
  teams: TeamLoad[]
  whole: TeamLoad
  /** How work is shared between departments; people without one are one of them. */
  departments: Sharing
  sprint: SprintScore
  opened: OverExtension
  dormant: Dormant[]
  visibility: GuardFacts['visibility']
  quitting: Quitting
  money: GuardFacts['money']
}

export function judgeGuards(facts: GuardFacts, settings: LoadSettings): Guarded {
  const { today } = facts
  const people = facts.people.map((person) => loadOf(person, facts, settings))
  const teams = [...Map.groupBy(people, ({ departmentId }) => departmentId)]
    .map(([id, own]) =>
      teamOf(own, { id, name: id === null ? '' : (facts.departments.get(id) ?? '') }, today, settings),
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const whole = teamOf(people, { id: null, name: '' }, today, settings)
  // Who left did their part too.
  whole.days = joinedDays([...facts.days.values()])
  whole.weeks = weeksSince(whole.days, today)
  const byDepartment = new Map(teams.map(({ departmentId, sharing }) => [departmentId ?? '', sharing.minutes]))
  return {
    ...{ people, teams, whole, departments: sharedBy(byDepartment, settings) },
    sprint: sprintOf(facts, whole, settings),
    opened: overExtension(facts.outlets, today, settings),
    dormant: dormantOutlets(facts.outlets, today, settings),
    ...{ visibility: facts.visibility, money: facts.money },
    quitting: quittingOf(
      facts.activeDays.map((day) => ({ day })),
      today,
      settings,
      (day) => (facts.there.get(mondayOf(day)) ?? 1) < leastThere,
    ),
  }
}

const weeksSince = (days: Days, today: string): WeekMinutes[] =>
  weeksOf(days, addDays(mondayOf(today), -7 * weeksLookedAt), mondayOf(today))

function loadOf(person: GuardPerson, facts: GuardFacts, settings: LoadSettings): PersonLoad {
  const days: Days = facts.days.get(person.id) ?? new Map()
  const weeks = weeksSince(days, facts.today)
  const own = facts.ceilings.get(person.id)
  const ceiling = own ?? settings.ceiling
  const heaviness = heavinessOf(days, weeks, facts.today, settings)
  return {
    ...{ ...person, ...heaviness, weeks, days, ceiling, ceilingAssumed: own === undefined },
    isOver: isOver(weeks, ceiling),
  }
}

/** The last whole week, or already the one that goes on. */
const isOver = (weeks: readonly WeekMinutes[], ceiling: number): boolean =>
  weeks.slice(-2).some((week) => sumOf(week) > ceiling + 1e-9)

function teamOf(
  people: PersonLoad[],
  { id, name }: { id: string | null; name: string },
  today: string,
  settings: LoadSettings,
): TeamLoad {
  const days = joinedDays(people.map((person) => person.days))
  const weeks = weeksSince(days, today)
  const ceiling = people.reduce((sum, person) => sum + person.ceiling, 0)
  const shares = people.map((person) => {
    const recent = person.weeks.slice(-weeksShared - 1)
    return [person.id, recent.reduce((sum, week) => sum + sumOf(week), 0)] as const
  })
  return {
    ...{ departmentId: id, name, people, weeks, days, ceiling, ...heavinessOf(days, weeks, today, settings) },
    ceilingsAssumed: people.filter(({ ceilingAssumed }) => ceilingAssumed).length,
    isOver: isOver(weeks, ceiling),
    sharing: sharedBy(new Map(shares), settings),
  }
}

/** Of less than anybody does from the first day on it is no matter who does it. */
function sharedBy(minutes: ReadonlyMap<string, number>, settings: LoadSettings): Sharing {
  const sharing = sharingOf(minutes, settings)
  return { ...sharing, alarm: sharing.alarm && sharing.minutes >= settings.newPersonMinutes }
}

function sprintOf(facts: GuardFacts, whole: TeamLoad, settings: LoadSettings): SprintScore {
  // Weeks before the first of work are not known: nobody sprints from a zero that nobody measured.
  const begun = whole.weeks.findIndex((week) => sumOf(week) > 0)
  const weeks = begun < 0 ? [] : presentWeeks(whole.weeks.slice(begun), facts.there)
  const minutes = new Map(
    whole.people.map(({ id, weeks: own }) => [
      id,
      own.slice(-weeksShared - 1).reduce((sum, week) => sum + sumOf(week), 0),
    ]),
  )
  return sprintScore(
    {
      ...{ today: facts.today, baseline: facts.baseline, outlets: facts.outlets, minutes },
      ...{ hasMeasure: facts.hasMeasure, sessions: facts.sessions },
      weeks: weeks.map(
        ({ monday, minutes: done }): SprintWeek => ({
          ...{ monday, minutes: done, planned: facts.planned.get(monday) ?? null },
          cutBackPlanned: facts.cutBacks.has(monday),
        }),
      ),
    },
    settings,
  )
}

/** As plans count them: whoever said that they are away neither gives up in that week nor leaps up in the next. Unless they work more than ever. */
function presentWeeks(weeks: readonly WeekMinutes[], there: GuardFacts['there']): CompletedWeek[] {
  const done = weeks.map((week) => ({ monday: week.monday, minutes: sumOf(week) }))
  const span = { from: done[0]!.monday, before: addDays(done.at(-1)!.monday, 7) }
  return completedWeeks(done, { ...span, there, lightMinutes: 0 }).map(({ monday, minutes }, index) => {
    const most = Math.max(0, ...done.slice(0, index).map((each) => each.minutes))
    const own = done[index]!.minutes
    return { monday, minutes: minutes ?? (own > most ? own : null) }
  })
}

/**
 * Teams as somebody may see them who may not see single people's figures: those with too few people in them stand together, and with them the
 * smallest of the others where even together they are too few. Empty: all people together are too few.
 */
export function foldTeams(
  teams: readonly TeamLoad[],
  fewest: number,
  today: string,
  settings: LoadSettings,
): TeamLoad[] {
  const bySize = teams.toSorted((a, b) => a.people.length - b.people.length)
  const together: PersonLoad[] = []
  while (bySize[0] && (bySize[0].people.length < fewest || (together.length > 0 && together.length < fewest)))
    together.push(...bySize.shift()!.people)
  const rest = teams.filter((team) => bySize.includes(team))
  if (together.length < fewest) return rest
  return [...rest, teamOf(together, { id: null, name: smallTeams }, today, settings)]
}

const smallTeams = 'Small departments together'
