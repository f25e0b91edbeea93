// Words of triage: which conversations are appropriate to answer, how, and why; after the web-posting assessment of the US Air Force.

import { z } from 'zod'

/** What a post is, as far as an answer goes. */
export const postKinds = [
  'praise',
  'question',
  'remark',
  'unhappy-customer',
  'misguided',
  'rager',
  'troll',
  'spam',
  'automatic',
  'danger',
] as const
export type PostKind = (typeof postKinds)[number]

/** `decide`: a person has to say; what is asked stands in `open`. */
export const verdicts = ['answer', 'do-not-answer', 'decide'] as const
export type Verdict = (typeof verdicts)[number]

/**
 * `share-success`: thank, and ask whether it may be shown. `concur`: agree, thank. `reply`: say what was asked for. `fix-facts`: say what is true, with its
 * source. `restore`: put right what went wrong. `let-stand`: nothing is to be added. `monitor`: watch, and inform whoever must know.
 * `moderate`: hide, report. `raise`: those of the protocol decide first.
 */
export const ways = [
  'share-success',
  'concur',
  'reply',
  'fix-facts',
  'restore',
  'let-stand',
  'monitor',
  'moderate',
  'raise',
] as const
export type Way = (typeof ways)[number]

/** What to think of before an answer goes out. */
export const considerations = ['transparency', 'sourcing', 'timeliness', 'tone', 'influence'] as const
export type Consideration = (typeof considerations)[number]

/** Questions that people answer; an answer of theirs stands above what the machine says. null: nobody said. */
export const triageAnswers = z.object({
  positive: z.boolean().nullable().default(null).describe('It speaks well of us'),
  question: z.boolean().nullable().default(null).describe('It asks for something'),
  provokes: z.boolean().nullable().default(null).describe('Written to degrade others, here and elsewhere: a troll'),
  rages: z.boolean().nullable().default(null).describe('A rant, ridicule or satire: a rager'),
  wrongFacts: z.boolean().nullable().default(null).describe('What it states is not true: misguided'),
  badExperience: z.boolean().nullable().default(null).describe('Something went wrong for them with us'),
  spam: z.boolean().nullable().default(null),
  danger: z.boolean().nullable().default(null).describe('People are hurt or in need'),
})
export type TriageAnswers = z.infer<typeof triageAnswers>
export type TriageQuestion = keyof TriageAnswers
