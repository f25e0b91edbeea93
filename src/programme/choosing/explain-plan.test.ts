// What is said of plans: why each line is there, what a change would do, when a new plan takes the place of an old one.

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decideAdoption, freed, isHeldBack } from './adopt-plan.ts'
import { explainPlan } from './explain-plan.ts'
import { judgePlan } from './judge-plan.ts'
import { makePlan, type Tools } from './make-plan.ts'
import { line, printedInstance, smallQuestions } from './plans.testing.ts'
import { readQuestion } from './read-question.ts'
import { openSolver } from './solver.ts'
import type { Plan, PlanBefore, PlanQuestion } from './types.ts'
import { changeQuestion, whatIf } from './what-if.ts'
import { ordinalOf, shortNumber } from './words.ts'

let tools: Tools

beforeAll(async () => {
  tools = { solve: await openSolver(), now: () => performance.now() }
})

const best = { gap: 0, timeMs: 20_000 }
const ask = async (question: PlanQuestion, before: PlanBefore | null) => makePlan(question, tools, { ...best, before })

function planned(question: PlanQuestion): Plan {
  const answer = makePlan(question, tools, best)
  if (answer.state === 'conflict') throw new Error(answer.conflict.words)
  return answer.plan
}

const item = (lineId: string, count: number, week = 0) => ({ week, line: lineId, person: 'p', count })

describe('why a line is there', () => {
  const question = printedInstance(300)

  test('is said by its last item beside the best that was left out', () => {
    const reasons = explainPlan(question, {
      items: [item('linkedin', 3), item('x', 1), item('reply', 20)],
      explored: [],
    })
    expect(reasons.map((each) => each.line)).toEqual(['x', 'linkedin', 'reply'])
    const third = reasons.find((each) => each.line === 'linkedin')!
    expect(third.words).toBe('A third LinkedIn post this week is worth 0.33 per minute; a first picture 0.27.')
    expect(third.leftOut).toMatchObject({ line: 'instagram' })
  })

  test('as in the reference: a third post 0.33, a first article 0.18', () => {
    const two = {
      ...question,
      floors: [],
      lines: question.lines.filter(({ id }) => id === 'linkedin' || id === 'blog'),
    }
    expect(explainPlan(two, { items: [item('linkedin', 3)], explored: [] })[0]!.words).toBe(
      'A third LinkedIn post this week is worth 0.33 per minute; a first blog article 0.18.',
    )
  })

  test('may be a promise, a review, or a trial, and says so', () => {
    const poor = {
      ...question,
      lines: question.lines.map((each) => (each.id === 'reply' ? { ...each, value: 0.1 } : each)),
    }
    expect(explainPlan(poor, { items: [item('reply', 10)], explored: [] })[0]!.words).toBe(
      'A tenth reply this week is promised: by its worth alone, 0.015 per minute, a first LinkedIn post with 0.45 would come first.',
    )
    const before = {
      ...poor,
      floors: [],
      lines: poor.lines.map((each) => (each.id === 'reply' ? { ...each, before: 60 } : each)),
    }
    const steady = explainPlan({ ...before, review: 1 }, { items: [item('reply', 41)], explored: [] })[0]!
    expect(steady.because).toBe('steady')
    const small = { ...poor, floors: [], people: [{ ...poor.people[0]!, minutes: [50] }] }
    const fits = explainPlan(small, { items: [item('linkedin', 2), item('reply', 1)], explored: [] })
    expect(fits.find((each) => each.line === 'reply')!.words).toBe(
      'A first reply this week fits where nothing larger does: it is worth 0.017 per minute; a third LinkedIn post with 0.33 finds no room in anybody’s week, or would grow too fast.',
    )
    const trial = explainPlan(
      { ...poor, floors: [] },
      { items: [item('video', 1)], explored: [{ week: 0, line: 'video', count: 1 }] },
    )[0]!
    expect(trial.because).toBe('explore')
    expect(trial.words).toBe(
      'A first video this week is there to find out what it is worth: for the first of a week that is between 0.11 and 0.36 per minute.',
    )
  })

  test('is said of every line of every plan', () => {
    fc.assert(
      fc.property(smallQuestions, (small) => {
        const answer = makePlan(small, tools, best)
        if (answer.state === 'conflict') return
        const reasons = explainPlan(small, answer.plan)
        const keys = new Set(answer.plan.items.map(({ week, line: id }) => `${week} ${id}`))
        expect(reasons.length).toBe(keys.size)
        for (const { words } of reasons) expect(words).toMatch(/^An? .+ this week .+\.$/)
      }),
      { numRuns: 40 },
    )
  })
})

describe('what would be if', () => {
  const question = readQuestion({
    weeks: 2,
    review: 2,
    people: [
      { id: 'ada', name: 'Ada', minutes: [100], skills: ['film'] },
      { id: 'ben', name: 'Ben', minutes: [100] },
    ],
    lines: [
      line('film', { minutes: 60, value: 30, most: 1, skills: ['film'], name: 'film' }),
      line('post', { minutes: 20, value: 8, decay: 0.8, most: 12, name: 'post' }),
    ],
    floors: [{ id: 'f', line: 'film', kind: 'event', least: 1, from: 1, to: 1 }],
  })

  test('somebody has more time: the plan is worth more, and says of what there is more', async () => {
    const result = (await whatIf(question, { kind: 'minutes', person: 'ben', more: 40, fromWeek: 0 }, ask))!
    expect(result.value).toBeGreaterThan(0)
    expect(result.lines).toEqual([{ line: 'post', name: 'post', before: 14, after: 18 }])
    expect(result.words).toMatch(
      /^If Ben has 40 minutes a week more, the plan is worth [\d.]+ % more \(\d+ instead of \d+\)\. More: 4 × post\.$/,
    )
  })

  test('somebody leaves: less of what the person did, or no plan at all, with the reason', async () => {
    const ben = (await whatIf(question, { kind: 'person-leaves', person: 'ben', fromWeek: 1 }, ask))!
    expect(ben.value).toBeLessThan(0)
    expect(ben.words).toMatch(
      /^If Ben leaves from week 2, the plan is worth [\d.]+ % less \(\d+ instead of \d+\)\. Less: \d × post\.$/,
    )
    const ada = (await whatIf(question, { kind: 'person-leaves', person: 'ada', fromWeek: 0 }, ask))!
    expect(ada.value).toBeNull()
    expect(ada.words).toContain(
      'If Ada leaves, no plan fits any more. There is too little time: 1 × film in week 2 (for an event)',
    )
  })

  test('a channel stops: what was wanted of it is given up by name', async () => {
    const result = (await whatIf(question, { kind: 'channel-stops', channel: 'film' }, ask))!
    expect(result.givenUp.map(({ id }) => id)).toEqual(['f'])
    expect(result.words).toContain('Less: 2 × film.')
  })

  test('of somebody who is not there is refused by its field', () => {
    expect(() => changeQuestion(question, { kind: 'person-leaves', person: 'eve', fromWeek: 0 })).toThrow(
      expect.objectContaining({ field: 'person' }),
    )
    expect(() => changeQuestion(question, { kind: 'channel-stops', channel: 'eve' })).toThrow(
      expect.objectContaining({ field: 'channel' }),
    )
  })
})

describe('a new plan', () => {
  const question = printedInstance(600)

  test('takes the place of the old one from five percent on, or where that is broken', () => {
    const plan = planned(question)
    const current = planned(printedInstance(500)).items
    expect(judgePlan(question, current)).toEqual([])
    expect(decideAdoption(question, { current, next: plan })).toMatchObject({ isAdopted: true, because: 'better' })
    expect(decideAdoption(question, { current: plan.items, next: { value: plan.value * 1.049 } })).toMatchObject({
      ...{ isAdopted: false, because: 'not-better', faults: [] },
      words: 'The plan stays: a new one would be worth 5 % more, and it changes from 5 % on.',
    })
    expect(decideAdoption(printedInstance(300), { current: plan.items, next: { value: 1 } })).toMatchObject({
      ...{ isAdopted: true, because: 'broken' },
      words: expect.stringContaining('no longer holds: P has 300 minutes in week 1; the plan takes'),
    })
  })

  test('takes its place for less where steps like it lead to five percent', () => {
    const plan = planned(question)
    const better = (share: number) => ({ value: plan.value * (1 + share) })
    const decided = (next: number, leads: number | null) =>
      decideAdoption(question, {
        ...{ current: plan.items, next: better(next) },
        leadsTo: leads === null ? null : better(leads).value,
      })
    expect(decided(0.02, 0.08)).toMatchObject({
      ...{ isAdopted: true, because: 'leads' },
      words: 'The plan is changed because the new one is worth 2 % more, and where steps like it lead 8 % more.',
    })
    for (const [next, leads] of [
      [0.02, null],
      [0.02, 0.04],
      [0.005, 0.5],
      [-0.1, 0.5],
    ] as const)
      expect(decided(next, leads)).toMatchObject({ isAdopted: false, because: 'not-better' })
  })

  test('is held back where a line stands at the limit of a review, and without that limit it goes further', () => {
    const held = readQuestion({
      ...{ weeks: 4, review: 4, change: 0.3, people: [{ id: 'p', name: 'P', minutes: [100] }] },
      lines: [
        {
          id: 'good',
          channel: 'a',
          activity: 'post',
          name: 'post',
          minutes: 10,
          value: 10,
          decay: 1,
          most: 10,
          before: 10,
        },
        {
          id: 'weak',
          channel: 'b',
          activity: 'post',
          name: 'post',
          minutes: 10,
          value: 1,
          decay: 1,
          most: 10,
          before: 30,
        },
      ],
    })
    const step = planned(held)
    expect(isHeldBack(held, step.items)).toBe(true)
    const ahead = planned(freed(held))
    expect(ahead.value).toBeCloseTo(4 * 10 * 10)
    expect(step.value).toBeLessThan(ahead.value)
    expect(isHeldBack({ ...held, change: 5 }, ahead.items)).toBe(false)
  })
})

test.each([
  [1, 'a first'],
  [8, 'an eighth'],
  [11, 'an 11th'],
  [12, 'a 12th'],
  [21, 'a 21st'],
  [82, 'an 82nd'],
])('%d is said as %s', (n, words) => {
  expect(ordinalOf(n)).toBe(words)
})

test('numbers are said with two digits that count', () => {
  expect([0.3251, 0.0456, 12.4, 1.26, 0, 240].map(shortNumber)).toEqual(['0.33', '0.046', '12', '1.3', '0', '240'])
})
