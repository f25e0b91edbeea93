// Which exercises a drill has and what comes of it, by cases and by chance.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseExercises, mostWanted, outcomeOf, wantsWords } from './rules.ts'
import { startingSet } from './starting-set.ts'
import { type Exercise, exerciseFacts, exerciseKinds } from './types.ts'

describe('the exercises of a drill', () => {
  const choosing = fc.record({
    count: fc.integer({ min: 1, max: startingSet.length }),
    seen: fc.subarray(startingSet.map(({ id }) => id)),
    numbers: fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 1, maxLength: 40 }),
  })
  const chosen = ({ count, seen, numbers }: { count: number; seen: string[]; numbers: number[] }): Exercise[] => {
    let at = 0
    return chooseExercises(startingSet, { count, seen: new Set(seen), random: () => numbers[at++ % numbers.length]! })
  }

  test('are as many as asked for, each once', () => {
    fc.assert(
      fc.property(choosing, (given) => {
        const ids = chosen(given).map(({ id }) => id)
        expect(ids).toHaveLength(given.count)
        expect(new Set(ids).size).toBe(given.count)
      }),
    )
  })

  test('are of as many kinds as there are', () => {
    const kinds = new Set(startingSet.map(({ kind }) => kind)).size
    fc.assert(
      fc.property(choosing, (given) => {
        expect(new Set(chosen(given).map(({ kind }) => kind)).size).toBe(Math.min(given.count, kinds))
      }),
    )
  })

  test('are others of a kind than the person had lately, where there are some', () => {
    fc.assert(
      fc.property(choosing, (given) => {
        const seen = new Set(given.seen)
        for (const { id, kind } of chosen({ ...given, count: Math.min(given.count, 7) }))
          if (seen.has(id)) expect(startingSet.filter((each) => each.kind === kind && !seen.has(each.id))).toEqual([])
      }),
    )
  })

  test('are not the same each time', () => {
    const orders = [0.1, 0.5, 0.9].map((number) =>
      chosen({ count: 5, seen: [], numbers: [number, 0.3] })
        .map(({ id }) => id)
        .join(),
    )
    expect(new Set(orders).size).toBeGreaterThan(1)
  })
})

test('the starting set has every kind, says what a good answer does, and would be accepted from anybody', () => {
  expect(new Set(startingSet.map(({ kind }) => kind))).toEqual(new Set(exerciseKinds.filter((kind) => kind !== 'own')))
  expect(new Set(startingSet.map(({ id }) => id)).size).toBe(startingSet.length)
  for (const { id: _, ...facts } of startingSet) {
    expect(exerciseFacts.parse(facts)).toEqual(facts)
    expect(facts.good.length).toBeGreaterThan(60)
  }
})

test.each([
  [[true, true, false], 2, { passes: 2, passed: true }],
  [[true, false, false], 2, { passes: 1, passed: false }],
  [[true, true, null], 2, null],
  [[], 1, null],
])('%o with %i to pass: %o', (judged, pass, outcome) => {
  expect(outcomeOf(judged, pass)).toEqual(outcome)
})

test('one drill is enough for all trainings that wait', () => {
  expect(mostWanted([])).toBeNull()
  expect(
    mostWanted([
      { exercises: 3, pass: 3 },
      { exercises: 6, pass: 2 },
    ]),
  ).toEqual({ exercises: 6, pass: 3 })
})

test('who leaves something unanswered writes nothing, who answers writes words', () => {
  expect((['reply', 'restore', 'fix-facts', 'concur', 'share-success'] as const).filter(wantsWords)).toHaveLength(5)
  expect((['let-stand', 'monitor', 'moderate', 'raise'] as const).filter(wantsWords)).toEqual([])
})
