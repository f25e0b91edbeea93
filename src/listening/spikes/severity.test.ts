// Severity and budget: what weighs more, what is missing, and who hears of it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, spendBudget } from './budget.ts'
import { severities, severityOf } from './severity.ts'

const sentiment = { judged: 100, negative: 20, usual: 0.2, probability: 0.02 }
const signal = { surprise: 6, trigger: 'volume' as const, sentiment }

describe('severity', () => {
  test('rises with surprise, anger, reach and new words', () => {
    const mild = severityOf({ signal, reach: { now: 1000, usual: 1000 }, novelty: { share: 0.05 } })
    const grave = severityOf({
      signal: { ...signal, surprise: 14, sentiment: { ...sentiment, negative: 80, probability: 0.999 } },
      reach: { now: 2_000_000, usual: 1000 },
      novelty: { share: 0.6 },
    })
    expect(mild.severity).toBe('watch')
    expect(grave.severity).toBe('act-now')
  })

  test('what is not known is left out, not taken as nothing', () => {
    const told = severityOf({ signal: { ...signal, surprise: 12 }, reach: null, novelty: null })
    const unjudged = severityOf({
      signal: { ...signal, surprise: 12, sentiment: { judged: 0, negative: 0, usual: null, probability: null } },
      reach: null,
      novelty: null,
    })
    expect(unjudged).toMatchObject({ negative: null, reach: null, novelty: null, score: 1 })
    expect(told.score).toBeLessThan(1)
  })

  test('is a share, and one of three', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    const count = fc.nat(1_000_000)
    fc.assert(
      fc.property(
        count,
        count,
        part,
        fc.option(part),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (now, usual, probability, share, surprise) => {
          const found = severityOf({
            signal: { ...signal, surprise, sentiment: { ...sentiment, probability } },
            reach: { now, usual },
            novelty: share === null ? null : { share },
          })
          expect(found.score).toBeGreaterThanOrEqual(0)
          expect(found.score).toBeLessThanOrEqual(1)
          expect(severities).toContain(found.severity)
        },
      ),
    )
  })
})

const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  at: 0,
  severity: 'watch',
  score: 0.4,
  planned: false,
  ...more,
})

describe('budget', () => {
  test('the gravest first, and the rest is held back by name', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((id, at) => candidate(id, { score: 0.3 + at / 100 }))
    expect(spendBudget(all, [], 4, 0)).toEqual({ tell: ['e', 'd', 'c'], hold: ['b', 'a'] })
  })

  test('a part waits for what asks to act, and what asks to act at once is always told', () => {
    const told = [{ at: 0 }, { at: 0 }, { at: 0 }]
    expect(spendBudget([candidate('a', { severity: 'act' })], told, 4, 1).tell).toEqual(['a'])
    expect(spendBudget([candidate('a', { severity: 'act' })], [...told, { at: 0 }], 4, 1).hold).toEqual(['a'])
    expect(spendBudget([candidate('a', { severity: 'act-now' })], [...told, { at: 0 }], 4, 1).tell).toEqual(['a'])
  })

  test('comes back after a day; nobody is called for what was planned', () => {
    const told = Array.from({ length: 4 }, () => ({ at: 0 }))
    expect(spendBudget([candidate('a')], told, 4, 86_400_000).tell).toEqual(['a'])
    expect(spendBudget([candidate('a', { planned: true, severity: 'act-now' })], [], 4, 0).hold).toEqual(['a'])
  })
})
