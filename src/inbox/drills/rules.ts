// Which exercises a drill has, when one is answered, and what came of it. Pure.

import type { Way } from '../triage/types.ts'
import type { DrillWanted, Exercise, ExerciseKind } from './types.ts'

/** A drill counts for trainings that are recorded up to so many days after it: whoever takes one again may practise before it. */
export const countsForDays = 30

const silent: readonly Way[] = ['let-stand', 'monitor', 'moderate', 'raise']

/** Whoever says that something is to be answered writes the answer. */
export const wantsWords = (way: Way): boolean => !silent.includes(way)

interface Choosing {
  count: number
  /** Exercises that this person answered lately. */
  seen: ReadonlySet<string>
  /** From 0 to below 1. */
  random: () => number
}

/** Of as many kinds as there are, those first that the person has not answered lately. */
export function chooseExercises(offered: readonly Exercise[], { count, seen, random }: Choosing): Exercise[] {
  const drawn = shuffled(offered, random).sort((a, b) => Number(seen.has(a.id)) - Number(seen.has(b.id)))
  const piles = new Map<ExerciseKind, Exercise[]>()
  for (const each of drawn) piles.set(each.kind, [...(piles.get(each.kind) ?? []), each])
  const rounds = [...piles.values()].flatMap((pile) => pile.map((exercise, round) => ({ exercise, round })))
  // Sorting keeps the drawn order within a round.
  const order = new Map(drawn.map(({ id }, at) => [id, at]))
  return rounds
    .sort((a, b) => a.round - b.round || order.get(a.exercise.id)! - order.get(b.exercise.id)!)
    .slice(0, count)
    .map(({ exercise }) => exercise)
}

function shuffled<T>(given: readonly T[], random: () => number): T[] {
  const rest = [...given]
  for (let last = rest.length - 1; last > 0; last--) {
    const at = Math.floor(random() * (last + 1))
    ;[rest[last], rest[at]] = [rest[at]!, rest[last]!]
  }
  return rest
}

export interface Outcome {
  passes: number
  passed: boolean
}

/** null: not everything is judged yet. */
export function outcomeOf(judged: readonly (boolean | null)[], pass: number): Outcome | null {
  if (judged.length === 0 || judged.includes(null)) return null
  const passes = judged.filter(Boolean).length
  return { passes, passed: passes >= pass }
}

/** Of several trainings that ask for a drill, one that is enough for all. null: none asks. */
export function mostWanted(asked: readonly DrillWanted[]): DrillWanted | null {
  if (asked.length === 0) return null
  return {
    exercises: Math.max(...asked.map(({ exercises }) => exercises)),
    pass: Math.max(...asked.map(({ pass }) => pass)),
  }
}
