// Judges a plan by its question alone, whoever made it: each broken rule in words. The solver is never asked, so that it cannot judge itself.

import { leastAfter, mayDo, minutesIn, mostAfter, periodsOf, splitFloor, stepInto, valueOfItems } from './bounds.ts'
import type { PlanItem, PlanQuestion } from './types.ts'

export interface Fault {
  rule: 'minutes' | 'skill' | 'most' | 'floor' | 'grows' | 'falls' | 'unknown'
  week: number
  line: string | null
  person: string | null
  words: string
}

/** Items of a line in a week, whoever does them. */
export function countsOf(items: readonly PlanItem[]): Map<string, Map<number, number>> {
  const counts = new Map<string, Map<number, number>>()
  for (const { line, week, count } of items) {
    const own = counts.get(line) ?? new Map<number, number>()
    own.set(week, (own.get(week) ?? 0) + count)
    counts.set(line, own)
  }
  return counts
}

/** Worth of items under a question, also of a plan that was made for another one; items of lines that are gone are worth nothing. */
export function valueOfPlan(question: PlanQuestion, items: readonly PlanItem[]): number {
  const counts = countsOf(items.filter(({ week }) => week < question.weeks))
  return question.lines.reduce(
    (sum, line) => sum + [...(counts.get(line.id)?.values() ?? [])].reduce((all, n) => all + valueOfItems(line, n), 0),
    0,
  )
}

export const judgePlan = (question: PlanQuestion, items: readonly PlanItem[]): Fault[] => [
  ...judgePeople(question, items),
  ...judgeLines(question, items),
  ...judgeReviews(question, items),
]

function judgePeople(question: PlanQuestion, items: readonly PlanItem[]): Fault[] {
  const faults: Fault[] = []
  const lines = new Map(question.lines.map((line) => [line.id, line]))
  const people = new Map(question.people.map((person) => [person.id, person]))
  const loads = new Map<string, number>()
  for (const { week, line: lineId, person: personId, count } of items) {
    const at = { week, line: lineId, person: personId }
    const [line, person] = [lines.get(lineId), people.get(personId)]
    if (!line || !person || week >= question.weeks || count < 0 || !Number.isInteger(count)) {
      faults.push({ ...at, rule: 'unknown', words: 'There is no such line, person or week any more.' })
      continue
    }
    if (!mayDo(person, line))
      faults.push({ ...at, rule: 'skill', words: `${person.name} may not do ${line.name}, or lacks a skill for it.` })
    const key = `${week} ${personId}`
    loads.set(key, (loads.get(key) ?? 0) + count * line.minutes)
  }
  for (const [key, load] of loads) {
    const [week, id] = [Number(key.slice(0, key.indexOf(' '))), key.slice(key.indexOf(' ') + 1)]
    const person = people.get(id)!
    const most = minutesIn(person, week)
    if (load > most + 1e-6)
      faults.push({
        ...{ rule: 'minutes', week, line: null, person: id },
        words: `${person.name} has ${Math.round(most)} minutes in week ${week + 1}; the plan takes ${Math.round(load)}.`,
      })
  }
  return faults
}

function judgeLines(question: PlanQuestion, items: readonly PlanItem[]): Fault[] {
  const counts = countsOf(items)
  return question.lines.flatMap(({ id, name, most }) =>
    [...(counts.get(id) ?? [])].flatMap(([week, count]) =>
      count > most
        ? [
            {
              ...{ rule: 'most' as const, week, line: id, person: null },
              words: `${count} × ${name} in week ${week + 1}; no more than ${most} are allowed.`,
            },
          ]
        : [],
    ),
  )
}

function judgeReviews(question: PlanQuestion, items: readonly PlanItem[]): Fault[] {
  const counts = countsOf(items)
  const within = (id: string, from: number, to: number) =>
    [...(counts.get(id) ?? [])].reduce((sum, [week, count]) => sum + (week >= from && week <= to ? count : 0), 0)
  const names = new Map(question.lines.map(({ id, name }) => [id, name]))
  const floors = question.floors.flatMap((floor) =>
    splitFloor(floor, question).flatMap(({ line, least, from, to }): Fault[] => {
      const found = within(line, from, to)
      if (found >= least) return []
      const words = `${found} × ${names.get(line)} from week ${from + 1} to ${to + 1}; ${least} are wanted.`
      return [{ rule: 'floor', week: from, line, person: null, words }]
    }),
  )
  return [...floors, ...judgeChange(question, within)]
}

function judgeChange(question: PlanQuestion, within: (id: string, from: number, to: number) => number): Fault[] {
  const { change } = question
  return question.lines.flatMap((line) => {
    let previous = line.before
    return periodsOf(question).flatMap((weeks, period): Fault[] => {
      const [from, to] = [weeks[0]!, weeks.at(-1)!]
      const now = within(line.id, from, to)
      const before = previous
      previous = now
      if (before === null) return []
      const step = stepInto(question, line, period)
      const at = { week: from, line: line.id, person: null }
      const words = `${now} × ${line.name} from week ${from + 1} to ${to + 1} after ${before} in the review before.`
      if (now > mostAfter(before, change, step)) return [{ ...at, rule: 'grows', words }]
      return now < leastAfter(before, change, step) ? [{ ...at, rule: 'falls', words }] : []
    })
  })
}
