// Makes a question ready for planning: who can do what, people who can do the same put together, wishes by review, limits of growth.

import { mayDo, minutesIn, mostAfter, periodsOf, type Step, splitFloor, stepInto } from './bounds.ts'
import type { PlanLine, PlanPerson, PlanQuestion, Wish } from './types.ts'

/** People who can do exactly the same lines; in a small plan each stands alone. */
export interface Group {
  people: number[]
  lines: number[]
  /** Together, by week. */
  minutes: number[]
}

export interface Prepared {
  question: PlanQuestion
  lines: readonly PlanLine[]
  people: readonly PlanPerson[]
  /** By person and week. */
  minutes: number[][]
  groups: Group[]
  /** Groups that can do a line, by line. */
  able: number[][]
  /** Each person planned alone: assignments are exact. Otherwise minutes of a group are shared out afterwards. */
  exact: boolean
  periods: number[][]
  /** How many items of a line make one piece of its falling value. 1: exactly; more where many items are worth nearly the same. */
  widths: number[]
  /** How the step into a period is, by line and period. */
  steps: Step[][]
  /** Items of a period that no sequence of reviews can exceed, by line and period. */
  peaks: number[][]
  wishes: Wish[]
}

/** Up to so many counts (people × lines × weeks) each person is planned alone: the best plan is found then. */
const fewCounts = 600

const isSmall = ({ people, lines, weeks }: PlanQuestion): boolean => people.length * lines.length * weeks <= fewCounts

export function prepare(question: PlanQuestion, exact = isSmall(question), isFine = exact): Prepared {
  const { lines, people } = question
  const weeks = Array.from({ length: question.weeks }, (_, week) => week)
  const minutes = people.map((person) => weeks.map((week) => minutesIn(person, week)))
  const groups = groupsOf(question, minutes, exact)
  const periods = periodsOf(question)
  const steps = lines.map((line) => periods.map((_, period) => stepInto(question, line, period)))
  return {
    ...{ question, lines, people, minutes, groups, exact, periods, steps },
    able: lines.map((_, line) => groups.flatMap((group, index) => (group.lines.includes(line) ? [index] : []))),
    peaks: lines.map((line, index) => peaksOf(line, question, { periods, steps: steps[index]! })),
    widths: lines.map(({ decay }) => (isFine ? 1 : widthOf(decay))),
    wishes: question.floors.flatMap((floor) => splitFloor(floor, question)),
  }
}

/** A straight piece over so many items misses their falling value by at most this share of the first one: (1 − decay) · width² ÷ 8. */
const coarseness = 0.04

const widthOf = (decay: number): number => Math.max(1, Math.floor(Math.sqrt((8 * coarseness) / (1 - decay + 1e-12))))

function groupsOf({ lines, people }: PlanQuestion, minutes: number[][], exact: boolean): Group[] {
  const byAbility = Map.groupBy(
    people.keys(),
    (index) =>
      `${exact ? index : ''}:${lines.flatMap((line, at) => (canEver(people[index]!, line, minutes[index]!) ? [at] : []))}`,
  )
  return [...byAbility.values()].map((some) => ({
    people: some,
    lines: [...lines.keys()].filter((line) => canEver(people[some[0]!]!, lines[line]!, minutes[some[0]!]!)),
    minutes: (minutes[0] ?? []).map((_, week) => some.reduce((sum, person) => sum + minutes[person]![week]!, 0)),
  }))
}

/** Somebody who never has the minutes of one item in a week can never do it. */
const canEver = (person: PlanPerson, line: PlanLine, minutes: number[]): boolean =>
  mayDo(person, line) && minutes.some((each) => each >= line.minutes)

function peaksOf(
  line: PlanLine,
  { change }: PlanQuestion,
  { periods, steps }: { periods: number[][]; steps: Step[] },
): number[] {
  let previous = line.before
  return periods.map((weeks, period) => {
    const room = line.most * weeks.length
    previous = previous === null ? room : Math.min(room, mostAfter(previous, change, steps[period]!))
    return previous
  })
}

/** Whether a person can do an item of a line in a week, beside nothing else. */
export const canDo = ({ lines, people, minutes }: Prepared, person: number, line: number, week: number): boolean =>
  mayDo(people[person]!, lines[line]!) && minutes[person]![week]! >= lines[line]!.minutes
