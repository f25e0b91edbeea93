// Judging: each rule that a plan can break is found and said; reading: each thing that does not fit is refused with its field.

import { describe, expect, test } from 'vitest'
import { leastAfter, mostAfter, splitFloor, stepInto } from './bounds.ts'
import { judgePlan, valueOfPlan } from './judge-plan.ts'
import { line } from './plans.testing.ts'
import { readQuestion } from './read-question.ts'
import type { PlanInput } from './types.ts'

const input: PlanInput = {
  weeks: 4,
  review: 2,
  people: [{ id: 'ada', name: 'Ada', minutes: [100, 100, 50], ceiling: 90, skills: ['write'] }],
  lines: [
    line('post', { minutes: 20, value: 10, decay: 0.5, most: 3, name: 'post', skills: ['write'], before: 4 }),
    line('film', { minutes: 20, value: 10, most: 3, name: 'film', skills: ['film'] }),
  ],
  floors: [{ id: 'f', line: 'post', kind: 'promise', least: 4, from: 0, to: 3 }],
}
const question = readQuestion(input)
const item = (week: number, lineId: string, count: number) => ({ week, line: lineId, person: 'ada', count })

describe('a plan is judged', () => {
  test.each([
    ['keeps everything', [item(0, 'post', 2), item(1, 'post', 2), item(2, 'post', 2)], []],
    ['takes more minutes than there are', [item(0, 'post', 2), item(2, 'post', 3)], ['minutes']],
    ['asks for a skill that is missing', [item(0, 'film', 1), item(0, 'post', 2), item(2, 'post', 2)], ['skill']],
    ['does too many in a week', [item(0, 'post', 4), item(2, 'post', 2)], ['most']],
    ['misses what is promised', [item(0, 'post', 2), item(2, 'post', 1)], ['floor']],
    ['grows too fast', [item(0, 'post', 3), item(1, 'post', 4), item(2, 'post', 2), item(3, 'post', 1)], ['grows']],
    ['falls too fast', [item(0, 'post', 3), item(1, 'post', 3), item(2, 'post', 1)], ['falls']],
    ['names what is gone', [item(0, 'gone', 1), item(0, 'post', 2), item(2, 'post', 2)], ['unknown']],
  ])('when it %s', (_, items, rules) => {
    const faults = judgePlan(question, items)
    for (const rule of rules) expect(faults.map((fault) => fault.rule)).toContain(rule)
    if (rules.length === 0) expect(faults).toEqual([])
    for (const { words } of faults) expect(words).toMatch(/^\S.*\.$/)
  })

  test('and is worth what its items are', () => {
    expect(valueOfPlan(question, [item(0, 'post', 2), item(1, 'post', 1)])).toBe(10 + 5 + 10)
    expect(valueOfPlan(question, [item(0, 'gone', 5), item(9, 'post', 1)])).toBe(0)
  })
})

describe('how far a review may change a line', () => {
  const even = { weeks: 1, minutes: 1, room: 1000 }

  test.each([
    [0, 0, 1],
    [1, 0, 2],
    [4, 2, 6],
    [10, 6, 14],
    [20, 13, 27],
  ])('after %d it is between %d and %d', (before, least, most) => {
    expect(leastAfter(before, 0.3, even)).toBe(least)
    expect(mostAfter(before, 0.3, even)).toBe(most)
  })

  test('where people are missing less is no change of mind, and a shorter review asks for less', () => {
    expect(leastAfter(20, 0.3, { weeks: 1, minutes: 0.5, room: 1000 })).toBe(6)
    expect(leastAfter(20, 0.3, { weeks: 0.5, minutes: 1, room: 1000 })).toBe(6)
    expect(stepInto(question, question.lines[0]!, 1)).toMatchObject({ weeks: 1, minutes: 50 / 90 })
  })

  test('nothing is asked for that nobody has a week for', () => {
    expect(leastAfter(20, 0.3, { weeks: 1, minutes: 1, room: 3 })).toBe(3)
    const long = readQuestion({
      ...{
        weeks: 2,
        review: 2,
        people: [
          { id: 'p', name: 'P', minutes: [100, 250] },
          { id: 'q', name: 'Q', minutes: [90, 0] },
        ],
      },
      lines: [{ id: 'long', channel: 'a', activity: 'post', name: 'long', minutes: 95, value: 1, most: 1, before: 9 }],
    })
    // One in the first week; two fit in the second, of which one is allowed.
    expect(stepInto(long, long.lines[0]!, 0).room).toBe(2)
  })

  test('what is wanted over several reviews is split by their weeks and loses nothing', () => {
    expect(splitFloor(question.floors[0]!, question).map(({ least, from, to }) => [least, from, to])).toEqual([
      [2, 0, 1],
      [2, 2, 3],
    ])
    const odd = { ...question.floors[0]!, least: 5, from: 1 }
    expect(splitFloor(odd, question).map(({ least, from, to }) => [least, from, to])).toEqual([
      [1, 1, 1],
      [4, 2, 3],
    ])
  })
})

describe('a question is refused by the name of its field', () => {
  const [floor] = input.floors!
  test.each<[string, Partial<PlanInput>]>([
    ['weeks', { weeks: 0 }],
    ['lines.0.minutes', { lines: [{ ...input.lines[0]!, minutes: 0 }] }],
    ['lines.0.decay', { lines: [{ ...input.lines[0]!, decay: 1.5 }] }],
    ['people.1.id', { people: [input.people[0]!, input.people[0]!] }],
    ['floors.0.line', { floors: [{ ...floor!, line: 'gone' }] }],
    ['floors.0.to', { floors: [{ ...floor!, to: 4 }] }],
    ['floors.0.to', { floors: [{ ...floor!, from: 2, to: 1 }] }],
    ['explore.share', { explore: { share: 0.5, seed: 1 } }],
  ])('%s', (field, wrong) => {
    expect(() => readQuestion({ ...input, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid-input', field }),
    )
  })
})
