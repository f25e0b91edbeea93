// What would be if: a person leaves, somebody has more minutes, a channel stops. A change of the question, and what it does to value and lines.

import { Refusal } from '../../lib/refusal.ts'
import { countsOf } from './judge-plan.ts'
import type { Plan, PlanAnswer, PlanBefore, PlanFloor, PlanQuestion } from './types.ts'

export type PlanChange =
  | { kind: 'person-leaves'; person: string; fromWeek: number }
  /** Minutes a week more or, below 0, less; for one person or, with null, for everybody. */
  | { kind: 'minutes'; person: string | null; more: number; fromWeek: number; weekday?: Weekday | null }
  | { kind: 'channel-stops'; channel: string }

/** Monday is 1. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
const weekdays = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

export interface ChangedQuestion {
  question: PlanQuestion
  /** What was wanted of a channel that stops. */
  givenUp: PlanFloor[]
  words: string
}

/** @throws Refusal where there is no such person or channel. */
export function changeQuestion(question: PlanQuestion, change: PlanChange): ChangedQuestion {
  if (change.kind === 'channel-stops') return stopChannel(question, change.channel)
  const { person: id, fromWeek } = change
  const person = question.people.find((each) => each.id === id)
  if (id !== null && !person)
    throw new Refusal('invalid-input', { field: 'person', params: { reason: 'There is no such person in the plan' } })
  const from = fromWeek > 0 ? ` from week ${fromWeek + 1}` : ''
  const minutesOf = (minutes: number[]) =>
    Array.from({ length: question.weeks }, (_, week) => {
      const planned = minutes[Math.min(week, minutes.length - 1)] ?? 0
      if (week < fromWeek) return planned
      return change.kind === 'person-leaves' ? 0 : Math.max(0, planned + change.more)
    })
  const people = question.people.map((each) =>
    id === null || each.id === id
      ? // What was before stays known: otherwise fewer people would look like a change of mind.
        { ...each, before: each.before ?? each.minutes[0] ?? 0, minutes: minutesOf(each.minutes) }
      : each,
  )
  const who = person?.name ?? 'everybody'
  const words =
    change.kind === 'person-leaves'
      ? `${who} leaves${from}`
      : `${who} has ${Math.abs(change.more)} minutes ${change.weekday ? '' : 'a week '}${change.more < 0 ? 'less' : 'more'}${
          change.weekday ? ` on ${weekdays[change.weekday - 1]}` : ''
        }${from}`
  return { question: { ...question, people }, givenUp: [], words }
}

function stopChannel(question: PlanQuestion, channel: string): ChangedQuestion {
  const stopped = new Set(question.lines.filter((line) => line.channel === channel).map(({ id }) => id))
  if (stopped.size === 0)
    throw new Refusal('invalid-input', { field: 'channel', params: { reason: 'There is no such channel in the plan' } })
  return {
    question: {
      ...question,
      lines: question.lines.filter(({ id }) => !stopped.has(id)),
      floors: question.floors.filter(({ line }) => !stopped.has(line)),
    },
    givenUp: question.floors.filter(({ line }) => stopped.has(line)),
    words: `${channel} stops`,
  }
}

export interface WhatIf {
  before: Plan
  after: PlanAnswer
  /** After less before, in the unit of the goal; null: no plan fits any more. */
  value: number | null
  lines: LineChange[]
  givenUp: PlanFloor[]
  words: string
}

export interface LineChange {
  line: string
  name: string
  before: number
  after: number
}

type Ask = (question: PlanQuestion, before: PlanBefore | null) => Promise<PlanAnswer>

/** Both without exploring: what is drawn by chance would be mixed up with what the change does. null: nothing fits even before. */
export async function whatIf(question: PlanQuestion, change: PlanChange, ask: Ask): Promise<WhatIf | null> {
  const now = { ...question, explore: null }
  const then = changeQuestion(now, change)
  const first = await ask(now, null)
  if (first.state === 'conflict') return null
  const after = await ask(then.question, first.plan)
  const lines = after.state === 'planned' ? compareLines(question, first.plan, after.plan) : []
  const value = after.state === 'planned' ? after.plan.value - first.plan.value : null
  return {
    ...{ before: first.plan, after, value, lines, givenUp: then.givenUp },
    words: wordsOf(then.words, { before: first.plan, after, lines }),
  }
}

/** Those that change, the largest change first. */
export function compareLines(
  { lines }: PlanQuestion,
  before: Pick<Plan, 'items'>,
  after: Pick<Plan, 'items'>,
): LineChange[] {
  const total = (plan: Pick<Plan, 'items'>) => {
    const counts = countsOf(plan.items)
    return (line: string) => [...(counts.get(line)?.values() ?? [])].reduce((sum, count) => sum + count, 0)
  }
  const [was, is] = [total(before), total(after)]
  return lines
    .map(({ id, name }) => ({ line: id, name, before: was(id), after: is(id) }))
    .filter((line) => line.before !== line.after)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.line < b.line ? -1 : 1))
}

function wordsOf(what: string, { before, after, lines }: Pick<WhatIf, 'before' | 'after' | 'lines'>): string {
  if (after.state === 'conflict') return `If ${what}, no plan fits any more. ${after.conflict.words}`
  const difference = after.plan.value - before.value
  const share = before.value > 0 ? Math.abs(Math.round((difference / before.value) * 1000) / 10) : 0
  const worth =
    share === 0
      ? 'the plan is worth as much as before'
      : `the plan is worth ${share} % ${difference < 0 ? 'less' : 'more'} (${Math.round(after.plan.value)} instead of ${Math.round(before.value)})`
  const said = (some: LineChange[]) =>
    some
      .slice(0, 4)
      .map((line) => `${Math.abs(line.after - line.before)} × ${line.name}`)
      .join(', ')
  const [less, more] = [
    lines.filter((line) => line.after < line.before),
    lines.filter((line) => line.after > line.before),
  ]
  return [
    `If ${what}, ${worth}.`,
    less.length > 0 ? `Less: ${said(less)}.` : '',
    more.length > 0 ? `More: ${said(more)}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}
