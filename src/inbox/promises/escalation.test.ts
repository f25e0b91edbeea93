// The ladder: its next step, told by hand.

import { describe, expect, test } from 'vitest'
import { type LadderFacts, nextStep } from './escalation.ts'
import { at, ladder } from './promises.testing.ts'

interface Given {
  steps?: [level: number, minute: number, ...told: string[]][]
  acknowledged?: [level: number, minute: number]
  away?: string[]
  promise?: Partial<LadderFacts['promise']>
}

/** Due soon at 45 minutes, due at 60. */
const facts = ({ steps = [], acknowledged, away = [], promise = {} }: Given): LadderFacts => ({
  promise: { dueSoonAt: at(45), dueAt: at(60), isOver: false, ...promise },
  state: {
    steps: steps.map(([level, minute, ...told]) => ({ level, at: at(minute), told })),
    acknowledged: acknowledged ? { level: acknowledged[0], at: at(acknowledged[1]) } : null,
  },
  isAway: (person) => away.includes(person),
})

describe('the next step', () => {
  test.each<[string, Given, number, object]>([
    ['nothing before it is due soon', {}, 44, { kind: 'wait', until: at(45), why: 'not-due' }],
    ['the owner then', {}, 45, { kind: 'tell', level: 0, people: ['owner'], because: 'due-soon' }],
    ['nothing until it breaks', { steps: [[0, 45, 'owner']] }, 59, { kind: 'wait', until: at(60), why: 'not-due' }],
    ['the deputy when it breaks', { steps: [[0, 45, 'owner']] }, 60, { kind: 'tell', level: 1, because: 'broken' }],
    [
      'the deputy though the owner had acknowledged the warning',
      { steps: [[0, 45, 'owner']], acknowledged: [0, 50] },
      60,
      { kind: 'tell', level: 1, because: 'broken' },
    ],
    [
      'nothing when the owner acknowledged that it is broken',
      { steps: [[0, 45, 'owner']], acknowledged: [0, 61] },
      62,
      { kind: 'wait', until: null, why: 'acknowledged' },
    ],
    [
      'nothing while the deputy has time',
      {
        steps: [
          [0, 45, 'owner'],
          [1, 60, 'deputy'],
        ],
      },
      74,
      { kind: 'wait', until: at(75), why: 'time-to-acknowledge' },
    ],
    [
      'the manager afterwards',
      {
        steps: [
          [0, 45, 'owner'],
          [1, 60, 'deputy'],
        ],
      },
      75,
      { kind: 'tell', level: 2, people: ['manager'], because: 'not-acknowledged' },
    ],
    [
      'nothing once the deputy acknowledged',
      {
        steps: [
          [0, 45, 'owner'],
          [1, 60, 'deputy'],
        ],
        acknowledged: [1, 70],
      },
      500,
      { kind: 'wait', until: null, why: 'acknowledged' },
    ],
    [
      'nothing either when a clock went back in between',
      {
        steps: [
          [0, 45, 'owner'],
          [1, 60, 'deputy'],
        ],
        acknowledged: [1, 55],
      },
      500,
      { kind: 'wait', until: null, why: 'acknowledged' },
    ],
    [
      'the deputy at once when the owner is away',
      { steps: [[0, 45]] },
      45,
      { kind: 'tell', level: 1, because: 'due-soon' },
    ],
    [
      'then the manager when it breaks, whom the deputy had time for',
      {
        steps: [
          [0, 45],
          [1, 45, 'deputy'],
        ],
      },
      60,
      { kind: 'tell', level: 2, because: 'broken' },
    ],
    [
      'those of a level who are there',
      { steps: [[0, 45, 'owner']], away: ['deputy'] },
      60,
      { people: ['second'], away: ['deputy'] },
    ],
    ['past a level of which nobody is there', { away: ['owner'] }, 45, { kind: 'pass', level: 0, away: ['owner'] }],
    [
      'the last level though it is said to be away',
      {
        steps: [
          [0, 45],
          [1, 45],
          [2, 45],
        ],
        away: ['desk'],
      },
      45,
      { kind: 'tell', level: 3, people: ['desk'] },
    ],
    ['the owner late, and it says that it is broken', {}, 90, { kind: 'tell', level: 0, because: 'broken' }],
    ['the deputy at once after that', { steps: [[0, 90, 'owner']] }, 90, { kind: 'tell', level: 1, because: 'broken' }],
    ['nothing while it is paused', { promise: { dueAt: null } }, 90, { kind: 'wait', until: null, why: 'paused' }],
    ['an end when it is answered', { promise: { isOver: true } }, 90, { kind: 'end', why: 'over' }],
    ['an end at the top', { steps: [[3, 90, 'desk']] }, 900, { kind: 'end', why: 'top-reached' }],
    [
      'its time begins now, when a clock ran ahead',
      { steps: [[1, 200, 'deputy']] },
      90,
      { kind: 'set-back', level: 1 },
    ],
  ])('is %s', (_, given, minute, expected) => {
    expect(nextStep(ladder, facts(given), at(minute))).toMatchObject(expected)
  })
})
