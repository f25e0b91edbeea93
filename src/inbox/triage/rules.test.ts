// Triage as a table: what it says of posts of every kind, whose word counts, and that nobody who spoke to us is left alone by a guess.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Intent, intents } from '../../listening/text/types.ts'
import { assess, type TriageFacts } from './rules.ts'
import type { TriageAnswers } from './types.ts'

type Understood = NonNullable<TriageFacts['understood']>

const likely = (probability: number) => ({ is: probability >= 0.5, probability })
const understood = (
  label: 'negative' | 'neutral' | 'positive',
  more: { wants?: Partial<Record<Intent, number>>; offensive?: number; crisis?: number; sure?: number } = {},
): Understood => ({
  sentiment: { label, probability: more.sure ?? 0.9, shares: [] },
  intents: Object.fromEntries(
    intents.map((each) => [each, likely(more.wants?.[each] ?? 0.1)]),
  ) as Understood['intents'],
  offensive: likely(more.offensive ?? 0.1),
  crisis: likely(more.crisis ?? 0.01),
})

const facts = (
  given: Partial<Omit<TriageFacts, 'author'>> & { author?: Partial<TriageFacts['author']> },
): TriageFacts => ({
  answers: {},
  understood: understood('neutral'),
  isToUs: true,
  isPrivate: false,
  marks: [],
  ...given,
  author: { texts: 3, offensive: 0, isHeard: false, doNotContact: false, ...given.author },
})

const usualTroll = { texts: 8, offensive: 6 }

test.each<[string, Parameters<typeof facts>[0], string]>([
  ['praise to us', { understood: understood('positive') }, 'answer concur praise'],
  ['praise about us', { understood: understood('positive'), isToUs: false }, 'do-not-answer let-stand praise'],
  [
    'praise by somebody who is heard',
    { understood: understood('positive'), isToUs: false, author: { isHeard: true } },
    'answer share-success praise',
  ],
  [
    'praise by them in private',
    { understood: understood('positive'), isPrivate: true, author: { isHeard: true } },
    'answer concur praise',
  ],
  [
    'praise with a question',
    { understood: understood('positive', { wants: { question: 0.8 } }) },
    'answer reply question',
  ],
  [
    'a question',
    { understood: understood('neutral', { wants: { question: 0.8 } }), isToUs: false },
    'answer reply question',
  ],
  [
    'somebody who looks for a job',
    { understood: understood('neutral', { wants: { job: 0.8 } }), isToUs: false },
    'answer reply remark',
  ],
  ['a remark about us', { isToUs: false }, 'do-not-answer let-stand remark'],
  ['a remark to us', {}, 'answer concur remark'],
  [
    'a complaint',
    { understood: understood('negative', { wants: { complaint: 0.9 } }), isToUs: false },
    'answer restore unhappy-customer',
  ],
  [
    'a complaint with swearing',
    { understood: understood('negative', { wants: { complaint: 0.9 }, offensive: 0.95 }) },
    'answer restore unhappy-customer',
  ],
  [
    'a complaint of somebody who always swears',
    { understood: understood('negative', { wants: { complaint: 0.9 }, offensive: 0.95 }), author: usualTroll },
    'answer restore unhappy-customer',
  ],
  ['swearing alone', { understood: understood('negative', { offensive: 0.95 }) }, 'do-not-answer monitor rager'],
  [
    'swearing of which the machine is not sure',
    { understood: understood('negative', { offensive: 0.6 }) },
    'decide monitor rager',
  ],
  [
    'swearing in private',
    { understood: understood('negative', { offensive: 0.95 }), isPrivate: true },
    'decide monitor rager',
  ],
  [
    'swearing of somebody who always does',
    { understood: understood('negative', { offensive: 0.95 }), author: usualTroll },
    'do-not-answer monitor troll',
  ],
  [
    'a rant, a person says',
    { understood: understood('negative', { wants: { complaint: 0.9 } }), answers: { rages: true } },
    'do-not-answer monitor rager',
  ],
  [
    'what is not true, a person says',
    { understood: understood('negative'), answers: { wrongFacts: true } },
    'answer fix-facts misguided',
  ],
  ['negative of a kind that nobody knows', { understood: understood('negative') }, 'decide null null'],
  ['what was not understood', { understood: null }, 'decide null null'],
  [
    'what was not understood, and a person says it asks',
    { understood: null, answers: { question: true } },
    'answer reply question',
  ],
  ['spam', { understood: understood('neutral', { wants: { spam: 0.95 } }) }, 'do-not-answer moderate spam'],
  ['what may be spam', { understood: understood('neutral', { wants: { spam: 0.6 } }) }, 'decide moderate spam'],
  [
    'spam that a person says is none',
    { understood: understood('neutral', { wants: { spam: 0.95, question: 0.9 } }), answers: { spam: false } },
    'answer reply question',
  ],
  ['what its network calls spam', { marks: ['spam'], isPrivate: true }, 'do-not-answer moderate spam'],
  [
    'the same, and a person says it is none',
    { marks: ['spam'], answers: { spam: false, question: true } },
    'answer reply question',
  ],
  ['a letter that came back', { marks: ['bounce'], isPrivate: true }, 'do-not-answer let-stand automatic'],
  ['what a program wrote', { marks: ['automatic'], isPrivate: true }, 'do-not-answer let-stand automatic'],
  [
    'people in danger',
    { understood: understood('negative', { crisis: 0.9, wants: { spam: 0.9 } }) },
    'decide raise danger',
  ],
  [
    'somebody who asked not to be written to',
    {
      understood: understood('negative', { wants: { complaint: 0.9 } }),
      isToUs: false,
      author: { doNotContact: true },
    },
    'do-not-answer let-stand null',
  ],
  [
    'the same who writes to us',
    { understood: understood('negative', { wants: { complaint: 0.9 } }), author: { doNotContact: true } },
    'answer restore unhappy-customer',
  ],
])('%s', (_, given, expected) => {
  const { verdict, way, kind } = assess(facts(given))
  expect(`${verdict} ${way} ${kind}`).toBe(expected)
})

describe('what goes with it', () => {
  test('trolls and dangers are told to whoever must know', () => {
    expect(assess(facts({ answers: { provokes: true } }))).toMatchObject({ inform: true, by: 'person' })
    expect(assess(facts({ answers: { danger: true } })).inform).toBe(true)
    expect(assess(facts({ answers: { rages: true } })).inform).toBe(false)
  })

  test('what the machine says of a troll states how often', () => {
    const found = assess(facts({ understood: understood('negative', { offensive: 0.95 }), author: usualTroll }))
    expect(found.reason).toEqual({ code: 'troll', params: { texts: 8, offensive: 6 } })
  })

  test('an answer is thought over: who we are, sources, time, tone, influence', () => {
    const about = (given: Parameters<typeof facts>[0]) => assess(facts(given)).considerations
    expect(about({ answers: { wrongFacts: true }, author: { isHeard: true } })).toEqual([
      'transparency',
      'sourcing',
      'timeliness',
      'tone',
      'influence',
    ])
    expect(about({ answers: { positive: true } })).toEqual(['transparency'])
    expect(about({ answers: { rages: true } })).toEqual([])
  })
})

const answer = fc.constantFrom(true, false, null)
const anyFacts: fc.Arbitrary<TriageFacts> = fc.record({
  answers: fc.record({
    positive: answer,
    question: answer,
    provokes: answer,
    rages: answer,
    wrongFacts: answer,
    badExperience: answer,
    spam: answer,
    danger: answer,
  }),
  understood: fc.option(
    fc
      .record({
        label: fc.constantFrom('negative', 'neutral', 'positive'),
        wants: fc.dictionary(fc.constantFrom(...intents), fc.double({ min: 0, max: 1, noNaN: true })),
        offensive: fc.double({ min: 0, max: 1, noNaN: true }),
        crisis: fc.double({ min: 0, max: 1, noNaN: true }),
        sure: fc.double({ min: 0.34, max: 1, noNaN: true }),
      })
      .map(({ label, ...more }) => understood(label as 'negative', more)),
  ),
  isToUs: fc.boolean(),
  isPrivate: fc.boolean(),
  marks: fc.subarray(['held', 'spam', 'automatic', 'bounce'] as const),
  author: fc.record({
    texts: fc.constant(10),
    offensive: fc.integer({ min: 0, max: 10 }),
    isHeard: fc.boolean(),
    doNotContact: fc.boolean(),
  }),
})

test('every post gets one verdict with its reason; nobody who wrote to us in private is left alone by the machine', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const found = assess(given)
      expect(found.reason.code).not.toBe('')
      if (found.verdict === 'answer')
        expect(['let-stand', 'monitor', 'moderate', 'raise', null]).not.toContain(found.way)
      if (found.verdict === 'do-not-answer' && given.isToUs && given.isPrivate) expect(found.by).not.toBe('machine')
      const people = Object.entries(given.answers as TriageAnswers).filter(([, said]) => said !== null)
      if (people.length === 0 && !given.author.doNotContact) expect(found.by).not.toBe('person')
    }),
    { numRuns: 3000 },
  )
})

test('whoever has to decide is asked something, and whatever they say decides it', () => {
  fc.assert(
    fc.property(anyFacts, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (given, says) => {
      let answers = { ...given.answers, danger: false }
      for (let asked = 0; asked < 8; asked++) {
        const found = assess({ ...given, answers })
        if (found.verdict !== 'decide') return
        expect(found.open.length).toBeGreaterThan(0)
        for (const question of found.open) answers = { ...answers, [question]: says[asked] }
      }
      throw new Error('asked without an end')
    }),
    { numRuns: 3000 },
  )
})
