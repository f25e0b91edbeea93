// The shapes of competencies: abilities that are built one at a time, and the gates that lead from one to the next. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'
import { activityId } from '../time/types.ts'

/** What a gate can ask for. All but the last are read from what Longrun holds; the last is written by somebody else. */
export const gateMeasures = [
  'days-listened',
  'mentions-worked',
  'coding-agreement',
  'briefs-read',
  'weeks-kept',
  'time-spread',
  'trained',
  'replies-out',
  'replies-in-time',
  'posts-out',
  'posts-by-the-rules',
  'visits',
  'events-closed',
  'people-out',
  'departments-out',
  'goals-read',
  'observed',
] as const
export type GateMeasure = (typeof gateMeasures)[number]

/** Of this, so much at most opens the gate; of all others so much at least. */
export const atMost: ReadonlySet<GateMeasure> = new Set<GateMeasure>(['time-spread'])

/** Shares: no more than 100. */
export const inHundred: ReadonlySet<GateMeasure> = new Set<GateMeasure>([
  ...(['coding-agreement', 'trained', 'replies-in-time', 'posts-by-the-rules'] as const),
])

export const gate = z.object({
  measure: z.enum(gateMeasures),
  bound: z.number().min(1).max(100_000).describe('So much of it at least; of the spread of times at most'),
  activity: activityId.nullable().default(null).describe('Whose times are looked at; null: not a gate of times'),
})
export type Gate = z.infer<typeof gate>

export const gates = z.array(gate).min(1).max(10)

export const competencyFacts = z.object({
  name: z.string().trim().min(1).max(120),
  means: z.string().trim().min(1).max(1000).describe('What somebody can do who has it'),
  gates,
})
export type CompetencyFacts = z.infer<typeof competencyFacts>

/** What was read of a gate, as it was read. */
export const evidence = z.object({
  value: z.number().nullable().describe('null: there is too little to judge by'),
  of: z.number().int().nullable().describe('How many there were to judge by; null: it is a count itself'),
  from: day,
  to: day,
})
export type Evidence = z.infer<typeof evidence>

export const stepStates = ['mastered', 'going-on', 'set-aside', 'next', 'later'] as const
export type StepState = (typeof stepStates)[number]

export const observationOutcomes = ['holds', 'not-yet'] as const
export type ObservationOutcome = (typeof observationOutcomes)[number]

export const observationFacts = z.object({
  memberId: z.uuid().describe('Whose work was watched: never one’s own'),
  outcome: z.enum(observationOutcomes),
  said: z
    .string()
    .trim()
    .min(30, 'What you saw, in a sentence or two')
    .max(4000)
    .meta({
      examples: ['Answered three angry customers calmly and within the promise.'],
    }),
})
export type ObservationFacts = z.infer<typeof observationFacts>

/** The first rung of every programme. */
export const listeningKey = 'listening'
