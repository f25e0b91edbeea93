// Plans against printed figures and against what must hold of every plan: nothing broken, never worse than by hand, more time never worth less.

import fc from 'fast-check'
import load from 'highs'
import { beforeAll, describe, expect, test } from 'vitest'
import { valueOfItems } from './bounds.ts'
import { planGreedily } from './greedy.ts'
import { judgePlan, valueOfPlan } from './judge-plan.ts'
import { makePlan, type Tools } from './make-plan.ts'
import { worthOf } from './pack.ts'
import { printedInstance, smallQuestions } from './plans.testing.ts'
import { prepare } from './prepare.ts'
import { openSolver } from './solver.ts'
import type { Plan, PlanQuestion } from './types.ts'

let tools: Tools

beforeAll(async () => {
  tools = { solve: await openSolver(), now: () => performance.now() }
})

const best = { gap: 0, timeMs: 20_000 }

function planned(question: PlanQuestion): Plan | null {
  const answer = makePlan(question, tools, best)
  return answer.state === 'planned' ? answer.plan : null
}

describe('the printed instance', () => {
  test.each([
    [300, 81.567, 81.567],
    [600, 141.567, 135.246],
    [900, 196.691, 195.246],
    [1500, 287.283, 287.041],
  ])('with %d minutes the best plan is worth %d, by hand %d', (minutes, optimum, byHand) => {
    const question = printedInstance(minutes)
    const plan = planned(question)!
    expect(Math.abs(plan.value - optimum)).toBeLessThan(0.001)
    expect(plan.gap).toBeLessThan(1e-6)
    expect(plan.by).toBe('solver')
    expect(judgePlan(question, plan.items)).toEqual([])
    const prepared = prepare(question)
    expect(Math.abs(worthOf(prepared, planGreedily(prepared).weeks) - byHand)).toBeLessThan(0.001)
  })

  test('the problem of the README of the solver is worth 87.5', async () => {
    const highs = await load()
    const model = highs.createModel({
      format: 'lp',
      data: `Maximize
 obj: x1 + 2 x2 + 4 x3 + x4
Subject To
 c1: - x1 + x2 + x3 + 10 x4 <= 20
 c2: x1 - 4 x2 + x3 <= 30
 c3: x2 - 0.5 x4 = 0
Bounds
 0 <= x1 <= 40
 2 <= x4 <= 3
End`,
    })
    model.options.set({ output_flag: false })
    model.run()
    expect(model.getObjectiveValue()).toBeCloseTo(87.5, 6)
    model.dispose()
  })
})

describe('every plan', () => {
  test('breaks nothing, is worth what it says, and at least what a plan by hand is', () => {
    fc.assert(
      fc.property(smallQuestions, (question) => {
        const plan = planned(question)
        const prepared = prepare(question)
        const byHand = planGreedily(prepared)
        if (!plan) {
          expect(byHand.unmet.length).toBeGreaterThan(0)
          return
        }
        // What gave way is named, and nothing else does.
        const lines = question.lines.map((each) => ({ ...each, mayFall: plan.gaveWay.includes(each.id) }))
        expect(judgePlan({ ...question, lines }, plan.items)).toEqual([])
        if (byHand.unmet.length === 0) expect(plan.gaveWay).toEqual([])
        expect(plan.value).toBeCloseTo(valueOfPlan(question, plan.items), 6)
        expect(plan.value).toBeLessThanOrEqual(plan.bound + 1e-6)
        expect(plan.gap).toBeLessThan(1e-6)
        if (byHand.unmet.length === 0) expect(plan.value).toBeGreaterThanOrEqual(worthOf(prepared, byHand.weeks) - 1e-6)
      }),
      { numRuns: 120 },
    )
  })

  test('with more minutes is worth no less', () => {
    fc.assert(
      fc.property(smallQuestions, fc.integer({ min: 1, max: 90 }), (question, more) => {
        // Without limits of change: those count minutes of whoever can do a line, and one person's more is another one's less of them.
        const loose = (asked: PlanQuestion, added: number): PlanQuestion => ({
          ...asked,
          lines: asked.lines.map((each) => ({ ...each, before: null })),
          review: asked.weeks,
          people: asked.people.map((person) => ({
            ...person,
            ceiling: null,
            minutes: person.minutes.map((each) => each + added),
          })),
        })
        const [poor, rich] = [planned(loose(question, 0)), planned(loose(question, more))]
        if (poor) expect(rich!.value).toBeGreaterThanOrEqual(poor.value - 1e-6)
      }),
      { numRuns: 60 },
    )
  })

  test('of one line alone is worth what its items are', () => {
    expect(valueOfItems({ value: 9, decay: 0.85 }, 2)).toBeCloseTo(9 + 9 * 0.85, 9)
    expect(valueOfItems({ value: 3, decay: 1 }, 4)).toBe(12)
  })
})
