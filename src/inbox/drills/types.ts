// Words of drills: what is practised, what is answered, and what is asked of a training.

import { z } from 'zod'
import { ways } from '../triage/types.ts'

/** What somebody says in an exercise. `own`: something else. */
export const exerciseKinds = [
  'complaint',
  'question',
  'praise',
  'insult',
  'misguided',
  'danger',
  'personal-data',
  'own',
] as const
export type ExerciseKind = (typeof exerciseKinds)[number]

export const exerciseFacts = z.object({
  kind: z.enum(exerciseKinds),
  title: z.string().trim().min(1).max(120).describe('For those who judge; whoever answers sees it afterwards'),
  words: z.string().trim().min(1).max(4000).describe('What somebody says'),
  way: z.enum(ways).nullable().default(null).describe('What you would do with it; null: whoever judges decides'),
  good: z.string().trim().min(1).max(2000).describe('What a good answer does'),
})
export type ExerciseFacts = z.infer<typeof exerciseFacts>

export interface Exercise extends ExerciseFacts {
  id: string
}

const exercises = z.number().int().min(1).max(20)
/** What a training asks for before it counts. */
export const drillWanted = z.object({
  exercises: exercises.describe('Practice messages to answer'),
  pass: exercises.describe('How many of them have to pass'),
})
export type DrillWanted = z.infer<typeof drillWanted>

/** Of whoever practises though no training asks for it. */
export const ordinaryDrill: DrillWanted = { exercises: 5, pass: 4 }
