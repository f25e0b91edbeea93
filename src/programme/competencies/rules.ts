// Pure: where a team stands on the ladder, when a gate opens, and what may not be done with a ladder. Each refusal names its rule and requirement.

import { daysBetween } from '../../lib/days.ts'
import type { RefusalFacts } from '../../lib/refusal.ts'
import { atMost, type Evidence, type Gate, inHundred, listeningKey, type StepState } from './types.ts'

export interface Rung {
  id: string
  key: string
  name: string
  place: number
}

/** A team on a rung. */
export interface Step {
  competencyId: string
  masteredAt: Date | null
  setAsideAt: Date | null
}

export interface Refused extends RefusalFacts {
  code: string
}

/** Science.md B1 looks at the last of them; so far back goes what an organisation can show, also from before its programme (R1-09). */
export const weeksLookedAt = 12

/** Of fewer than these nobody can tell a share. */
export const fewest: Partial<Record<Gate['measure'], number>> = {
  'coding-agreement': 50,
  'replies-in-time': 20,
  'posts-by-the-rules': 8,
  'time-spread': 8,
  trained: 1,
}

export const gateId = ({ measure, activity }: Pick<Gate, 'measure' | 'activity'>): string =>
  activity ? `${measure}:${activity}` : measure

/** A number that nobody knows opens nothing. */
export function opens({ measure, bound }: Gate, { value, of }: Pick<Evidence, 'value' | 'of'>): boolean {
  if (value === null || (of !== null && of < (fewest[measure] ?? 0))) return false
  return atMost.has(measure) ? value <= bound : value >= bound
}

/** How far it is open, 0 to 1, for a bar. */
export function shareOpen(gate: Gate, evidence: Pick<Evidence, 'value' | 'of'>): number {
  if (opens(gate, evidence)) return 1
  const { value } = evidence
  if (value === null || value <= 0) return 0
  return Math.min(0.99, atMost.has(gate.measure) ? gate.bound / value : value / gate.bound)
}

const isGoingOn = ({ masteredAt, setAsideAt }: Step): boolean => masteredAt === null && setAsideAt === null

/** From the lowest: the first that the team has not mastered is next; where it learns one, nothing is. */
export function statesOf(rungs: readonly Rung[], steps: readonly Step[]): Map<string, StepState> {
  const own = new Map(steps.map((step) => [step.competencyId, step]))
  const states = new Map<string, StepState>()
  let isFree = !steps.some((step) => isGoingOn(step))
  for (const { id } of rungs.toSorted((a, b) => a.place - b.place)) {
    const step = own.get(id)
    if (step?.masteredAt) states.set(id, 'mastered')
    else if (step && isGoingOn(step)) states.set(id, 'going-on')
    else states.set(id, step?.setAsideAt ? 'set-aside' : isFree ? 'next' : 'later')
    if (!step?.masteredAt) isFree = false
  }
  return states
}

/** What stands against beginning one. null: nothing. */
export function whyNotBegin(rung: Rung, rungs: readonly Rung[], steps: readonly Step[]): Refused | null {
  const nameOf = (id: string) => rungs.find((each) => each.id === id)?.name ?? ''
  const other = steps.find(isGoingOn)
  if (other)
    return {
      ...{ code: 'one-at-a-time', status: 409, field: 'id' },
      params: { name: nameOf(other.competencyId), rule: 'one-new-competency', requirement: 'R0-18' },
    }
  const mastered = new Set(steps.flatMap(({ competencyId, masteredAt }) => (masteredAt ? [competencyId] : [])))
  if (mastered.has(rung.id)) return { code: 'mastered-already', status: 409, field: 'id', params: { name: rung.name } }
  const lower = rungs
    .toSorted((a, b) => a.place - b.place)
    .find(({ id, place }) => place < rung.place && !mastered.has(id))
  if (!lower) return null
  return {
    ...{ code: 'lower-rung-first', status: 409, field: 'id' },
    params: {
      ...{ name: lower.name, rule: 'ladder-order' },
      requirement: lower.key === listeningKey ? 'R0-19' : 'R0-23',
    },
  }
}

/** Every programme begins with listening (R0-19), whatever the order of the rest. */
export function whyNotOrder(rungs: readonly Rung[], ids: readonly string[]): Refused | null {
  const known = new Set(rungs.map(({ id }) => id))
  if (ids.length !== known.size || new Set(ids).size !== ids.length || ids.some((id) => !known.has(id)))
    return { code: 'order-outrun', status: 409, field: 'ids' }
  const listening = rungs.find(({ key }) => key === listeningKey)
  if (listening && ids[0] !== listening.id)
    return { code: 'listening-is-first', field: 'ids', params: { rule: 'listening-first', requirement: 'R0-19' } }
  return null
}

/** null: they are gates. */
export function gatesFault(gates: readonly Gate[]): Refused | null {
  for (const [index, { measure, bound, activity }] of gates.entries()) {
    if (inHundred.has(measure) && bound > 100) return { code: 'gate-above-hundred', field: `gates.${index}.bound` }
    if ((measure === 'time-spread') !== (activity !== null))
      return { code: 'gate-of-times', field: `gates.${index}.activity` }
  }
  const ids = gates.map(gateId)
  const double = ids.findIndex((id, index) => ids.indexOf(id) !== index)
  return double < 0 ? null : { code: 'gate-twice', field: `gates.${double}.measure` }
}

/** So much of a planned week makes it kept (science.md B1). */
const keptShare = 0.8

export const isKept = (asked: number, done: number): boolean => asked > 0 && done >= keptShare * asked

/** The most weeks in a row that were kept; one that is not among them ends a row. */
export function weeksInARow(weeks: readonly { monday: string; isKept: boolean }[]): number {
  let [row, most] = [0, 0]
  let before: string | null = null
  for (const week of weeks.toSorted((a, b) => (a.monday < b.monday ? -1 : 1))) {
    const isNext = before !== null && daysBetween(before, week.monday) === 7
    row = week.isKept ? (isNext ? row : 0) + 1 : 0
    most = Math.max(most, row)
    before = week.monday
  }
  return most
}

/** Standard deviation as a share of the mean, in percent; null: too few. */
export function spreadOf(times: readonly number[]): number | null {
  const last = times.slice(-fewest['time-spread']!)
  if (last.length < fewest['time-spread']!) return null
  const mean = last.reduce((sum, each) => sum + each, 0) / last.length
  const variance = last.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (last.length - 1)
  return (Math.sqrt(variance) / mean) * 100
}

/** A word of small letters for what people called it, that no other has. */
export function keyFor(name: string, taken: ReadonlySet<string>): string {
  const word =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'own'
  let key = word
  for (let number = 2; taken.has(key); number++) key = `${word}-${number}`
  return key
}
