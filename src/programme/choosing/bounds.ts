// How far a line may change from one review to the next, and how a week's items add up in value. Pure, and the same for whoever plans or judges.

import type { PlanFloor, PlanLine, PlanPerson, PlanQuestion, Wish } from './types.ts'

/** What is off by less is a matter of how numbers are written. */
const tiny = 1e-9

/** Worth of the first `count` items of a week together. */
export function valueOfItems({ value, decay }: Pick<PlanLine, 'value' | 'decay'>, count: number): number {
  if (decay === 1) return value * count
  return (value * (1 - decay ** count)) / (1 - decay)
}

/** Worth of the item of a week that comes after `before` others. */
export const valueOfNext = ({ value, decay }: Pick<PlanLine, 'value' | 'decay'>, before: number): number =>
  value * decay ** before

export const perMinute = (line: PlanLine, before: number): number => valueOfNext(line, before) / line.minutes

export function minutesIn(person: PlanPerson, week: number): number {
  const planned = person.minutes[Math.min(week, person.minutes.length - 1)] ?? 0
  return Math.min(planned, person.ceiling ?? Number.POSITIVE_INFINITY)
}

export const mayDo = (person: PlanPerson, line: PlanLine): boolean =>
  line.skills.every((skill) => person.skills.includes(skill)) &&
  // Questions of other releases name nobody.
  (line.people ?? [person.id]).includes(person.id) &&
  (line.departments === null || (person.department !== null && line.departments.includes(person.department)))

/** Share of the bound that a plan may be missing. */
export const gapOf = (value: number, bound: number): number => (bound <= 0 ? 0 : Math.max(0, (bound - value) / bound))

/** The weeks between two reviews, the last of them perhaps shorter. */
export const periodsOf = ({ weeks, review }: Pick<PlanQuestion, 'weeks' | 'review'>): number[][] =>
  Array.from({ length: Math.ceil(weeks / review) }, (_, period) =>
    Array.from({ length: Math.min(review, weeks - period * review) }, (_, index) => period * review + index),
  )

/** How two review periods are beside each other for a line. */
export interface Step {
  /** Weeks of this period ÷ weeks of the one before. */
  weeks: number
  /** Minutes a week of whoever can do the line: this period ÷ the one before, at most 1. Where people are missing, less is no change of mind. */
  minutes: number
  /** Whole items that whoever may do the line has room for in this period, beside nothing else. */
  room: number
}

/** Whole items that a period may have after `previous` ones. One item more or less is always allowed: small counts could not move otherwise. */
export const mostAfter = (previous: number, change: number, { weeks }: Step): number =>
  Math.floor(growth(change, weeks) * previous + 1 + tiny)

/** Never more than there is room for: where nobody has a week for a whole one, no promise of before asks for it. */
export const leastAfter = (previous: number, change: number, step: Step): number =>
  Math.min(step.room, Math.max(0, Math.ceil(decline(change, step) * previous - 1 - tiny)))

/** The same as factors, for rows of a linear model: count ≤ growth · previous + 1 and count ≥ decline · previous − 1. */
export const growth = (change: number, weeks: number): number => (1 + change) * weeks
export const decline = (change: number, { weeks, minutes }: Step): number => Math.max(0, 1 - change) * weeks * minutes

export function stepInto(question: PlanQuestion, line: PlanLine, period: number): Step {
  const periods = periodsOf(question)
  const here = periods[period]!
  const before = periods[period - 1]
  const weeks = here.length / (before?.length ?? question.review)
  if (line.mayFall) return { weeks, minutes: 0, room: 0 }
  const able = question.people.filter((person) => mayDo(person, line))
  const mean = (weeks: number[]) =>
    weeks.reduce((sum, week) => sum + able.reduce((all, each) => all + minutesIn(each, week), 0), 0) / weeks.length
  const then = before ? mean(before) : able.reduce((sum, person) => sum + (person.before ?? minutesIn(person, 0)), 0)
  return {
    weeks,
    minutes: then > 0 ? Math.min(1, mean(here) / then) : 0,
    room: here.reduce((sum, week) => sum + Math.min(line.most, wholeIn(able, line, week)), 0),
  }
}

const wholeIn = (able: readonly PlanPerson[], { minutes }: PlanLine, week: number): number =>
  able.reduce((sum, person) => sum + Math.floor(minutesIn(person, week) / minutes + tiny), 0)

/** A floor over several reviews is split by its weeks, so that each review can be judged alone; the rest falls into the last of them. */
export function splitFloor(floor: PlanFloor, question: Pick<PlanQuestion, 'weeks' | 'review'>): Wish[] {
  const parts = periodsOf(question)
    .map((weeks) => weeks.filter((week) => week >= floor.from && week <= floor.to))
    .filter((weeks) => weeks.length > 0)
  const all = floor.to - floor.from + 1
  let [given, passed] = [0, 0]
  return parts.flatMap((weeks) => {
    passed += weeks.length
    const least = Math.floor((floor.least * passed) / all + tiny) - given
    given += least
    const { id, kind, line } = floor
    return least > 0 ? [{ id, kind, line, least, from: weeks[0]!, to: weeks.at(-1)! }] : []
  })
}
