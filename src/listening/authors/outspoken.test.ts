// Outspoken people: one lucky post does not win, evidence counts, missing is not zero.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuthorFacts, rankOutspoken } from './outspoken.ts'

const author = (id: string, more: Partial<AuthorFacts> = {}): AuthorFacts => ({
  id,
  mentions: 10,
  weeks: 10,
  responses: [2, 3, 1, 4, 2],
  positive: 3,
  neutral: 4,
  negative: 3,
  betweenness: 0,
  standing: 1,
  ...more,
})
const crowd = Array.from({ length: 20 }, (_, at) =>
  author(`crowd ${at}`, { mentions: 1 + (at % 4), responses: [at % 5] }),
)

const positionOf = (id: string, authors: AuthorFacts[]) => rankOutspoken(authors).findIndex((each) => each.id === id)

describe('ranking', () => {
  test('steady and clear comes before one lucky post', () => {
    const steady = author('steady', {
      mentions: 40,
      responses: Array(40).fill(6),
      positive: 34,
      neutral: 4,
      negative: 2,
    })
    const lucky = author('lucky', { mentions: 1, responses: [9000], positive: 1, neutral: 0, negative: 0 })
    const ranked = rankOutspoken([...crowd, lucky, steady])
    expect(ranked[0]!.id).toBe('steady')
    const parts = ranked.find(({ id }) => id === 'lucky')!
    expect(parts.score.low).toBeLessThan(ranked[0]!.score.low)
    // What is not sure shows as a wide range, not as a large number.
    expect(parts.rate.high / parts.rate.low).toBeGreaterThan(1.5)
    expect(parts.side).toBe('none')
  })

  test('a critic who is as steady ranks like an advocate, and is called one', () => {
    const same = { mentions: 30, responses: Array(30).fill(5) }
    const ranked = rankOutspoken([
      ...crowd,
      author('for', { ...same, positive: 28, neutral: 2, negative: 0 }),
      author('against', { ...same, positive: 0, neutral: 2, negative: 28 }),
    ])
    expect(
      ranked
        .slice(0, 2)
        .map(({ side }) => side)
        .sort(),
    ).toEqual(['advocate', 'critic'])
    expect(ranked[0]!.score.low).toBeCloseTo(ranked[1]!.score.low, 6)
  })

  test('who takes both sides is no advocate, however loud', () => {
    const torn = author('torn', { mentions: 60, positive: 30, neutral: 0, negative: 30, responses: Array(60).fill(8) })
    const clear = author('clear', { mentions: 30, positive: 28, neutral: 2, negative: 0, responses: Array(30).fill(8) })
    expect(positionOf('clear', [...crowd, torn, clear])).toBeLessThan(positionOf('torn', [...crowd, torn, clear]))
  })

  test('a network that tells no responses makes nobody unheard: they are taken as everybody', () => {
    const told = rankOutspoken([...crowd, author('silent', { responses: [] })]).find(({ id }) => id === 'silent')!
    expect(told.heard.low).toBeGreaterThanOrEqual(1)
    expect(told.heard.high).toBeGreaterThan(told.heard.value)
    expect(rankOutspoken([author('a', { responses: [] })])[0]!.heard.value).toBe(1)
  })

  test('whoever stands between circles comes before the same person elsewhere', () => {
    const all = [...crowd, author('bridge', { betweenness: 0.4 }), author('edge')]
    expect(positionOf('bridge', all)).toBeLessThan(positionOf('edge', all))
  })

  test('nobody: nobody', () => {
    expect(rankOutspoken([])).toEqual([])
  })
})

const facts = fc.record({
  id: fc.uuid(),
  mentions: fc.integer({ min: 0, max: 500 }),
  weeks: fc.integer({ min: 1, max: 52 }),
  responses: fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 20 }),
  positive: fc.integer({ min: 0, max: 200 }),
  neutral: fc.integer({ min: 0, max: 200 }),
  negative: fc.integer({ min: 0, max: 200 }),
  betweenness: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  standing: fc.option(fc.double({ min: 0, max: 20, noNaN: true })),
})

test('every figure is finite, every range holds its value, and the order is that of the cautious ends', () => {
  fc.assert(
    fc.property(fc.uniqueArray(facts, { minLength: 1, maxLength: 30, selector: ({ id }) => id }), (authors) => {
      const ranked = rankOutspoken(authors)
      expect(ranked.map(({ id }) => id).sort()).toEqual(authors.map(({ id }) => id).sort())
      for (const { rate, heard, stance, score } of ranked) {
        for (const part of [rate, heard, stance, score]) {
          expect([part.low, part.value, part.high].every(Number.isFinite)).toBe(true)
          expect(part.low).toBeLessThanOrEqual(part.value)
          expect(part.high).toBeGreaterThanOrEqual(part.value)
        }
        expect(stance.high).toBeLessThanOrEqual(1)
      }
      const ends = ranked.map(({ score }) => score.low)
      expect(ends).toEqual([...ends].sort((a, b) => b - a))
    }),
  )
})
