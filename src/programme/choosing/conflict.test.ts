// What cannot be had together: the set that is named is impossible, and without any one of it the others fit; in words a person understands.

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { smallestConflict } from './conflict.ts'
import { countsOf } from './judge-plan.ts'
import { makePlan, type Tools } from './make-plan.ts'
import { line, smallQuestions } from './plans.testing.ts'
import { readQuestion } from './read-question.ts'
import { openSolver } from './solver.ts'
import type { PlanInput, PlanQuestion } from './types.ts'

let tools: Tools

beforeAll(async () => {
  tools = { solve: await openSolver(), now: () => performance.now() }
})

const conflictOf = (question: PlanQuestion) => {
  const answer = makePlan(question, tools, { gap: 0, timeMs: 20_000 })
  return answer.state === 'conflict' ? answer.conflict : null
}

const office = (more: Partial<PlanInput>): PlanQuestion =>
  readQuestion({
    weeks: 1,
    people: [{ id: 'ada', name: 'Ada', minutes: [120], skills: ['write'] }],
    lines: [
      line('reply', { minutes: 6, value: 1, most: 40, name: 'reply' }),
      line('article', { minutes: 100, value: 30, most: 2, name: 'article', skills: ['write'] }),
      line('film', { minutes: 60, value: 30, most: 2, name: 'film', skills: ['film'] }),
    ],
    ...more,
  })

const floor = (id: string, lineId: string, least: number) => ({
  ...{ id, line: lineId, kind: 'promise' as const, least, from: 0, to: 0 },
})

describe('the set of wishes that cannot be had together', () => {
  test('is impossible, and possible without any one of it', () => {
    let seen = 0
    const single = smallQuestions.map((question) => ({
      ...question,
      review: question.weeks,
      lines: question.lines.map((each) => ({ ...each, before: null })),
    }))
    fc.assert(
      fc.property(single, (question) => {
        const conflict = conflictOf(question)
        if (!conflict) return
        seen++
        const named = question.floors.filter(({ id }) => conflict.wishes.some((wish) => wish.id === id))
        expect(named.length).toBe(conflict.wishes.length)
        expect(conflictOf({ ...question, floors: named })).not.toBeNull()
        for (const out of named)
          expect(conflictOf({ ...question, floors: named.filter((each) => each !== out) })).toBeNull()
      }),
      { numRuns: 60 },
    )
    expect(seen).toBeGreaterThan(5)
  })

  test('is found among any wishes by few questions', () => {
    const impossible = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(impossible, { minLength: 1, maxLength: 4 }), (sets) => {
        const fits = (some: number[]) => !sets.some((set) => set.every((each) => some.includes(each)))
        const all = Array.from({ length: 31 }, (_, at) => at)
        const found = smallestConflict(all, fits)
        expect(fits(found)).toBe(false)
        for (const out of found) expect(fits(found.filter((each) => each !== out))).toBe(true)
      }),
    )
  })

  test('is said with what it takes and what there is, and leaves out what is not to blame', () => {
    const conflict = conflictOf(office({ floors: [floor('a', 'article', 1), floor('r', 'reply', 10)] }))!
    expect(conflict.wishes.map(({ id }) => id)).toEqual(['a', 'r'])
    expect(conflict.words).toBe(
      'These cannot be had together: 1 × article in week 1 (promised); 10 × reply in week 1 (promised). ' +
        'Together they take 160 minutes, and those who can do them have 120. Without any one of them the others fit.',
    )
    expect(conflictOf(office({ floors: [floor('a', 'article', 1), floor('r', 'reply', 3)] }))).toBeNull()
  })

  test('of one wish says why nobody can fulfil it', () => {
    expect(conflictOf(office({ floors: [floor('f', 'film', 1)] }))!.words).toBe(
      'Nobody may do this or has the skill: 1 × film in week 1 (promised).',
    )
    expect(conflictOf(office({ floors: [floor('a', 'article', 2)] }))!.words).toBe(
      'There is too little time: 2 × article in week 1 (promised) takes 200 minutes, and there are 120.',
    )
    expect(conflictOf(office({ floors: [floor('a', 'article', 3)] }))!.words).toBe(
      'No more than 2 a week are allowed: 3 × article in week 1 (promised).',
    )
  })

  test('of what is promised has nothing in it that only falls too far: that gives way, and is named', () => {
    const question = office({
      people: [{ id: 'ada', name: 'Ada', minutes: [120], skills: ['write'], before: 120 }],
      lines: [
        line('reply', { minutes: 6, value: 1, most: 40, before: 26, name: 'reply' }),
        line('article', { minutes: 100, value: 30, most: 2, name: 'article' }),
      ],
      floors: [floor('a', 'article', 1)],
      review: 1,
    })
    const answer = makePlan(question, tools, { gap: 0, timeMs: 20_000 })
    if (answer.state !== 'planned') throw new Error('there is a plan')
    expect(answer.plan.gaveWay).toEqual(['reply'])
    const counts = countsOf(answer.plan.items)
    expect([counts.get('article')?.get(0), counts.get('reply')?.get(0)]).toEqual([1, 3])
    // Without the article it would have to stay.
    const alone = makePlan({ ...question, floors: [] }, tools, { gap: 0, timeMs: 20_000 })
    expect(alone).toMatchObject({ state: 'planned', plan: { gaveWay: [] } })
  })
})
