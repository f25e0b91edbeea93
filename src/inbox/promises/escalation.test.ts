// The ladder: told by hand, and by hundreds of runs with workers that die between any two steps, pauses, people away and clocks that jump.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../../lib/mulberry.ts'
import { type LadderFacts, type LadderLevel, type LadderState, type LadderStep, nextStep } from './escalation.ts'

const minuteMs = 60_000
const at = (minute: number): Date => new Date(Date.parse('2026-11-30T09:00:00Z') + minute * minuteMs)
const ladder: LadderLevel[] = [
  { people: ['owner'], acknowledgeMs: 10 * minuteMs },
  { people: ['deputy', 'second'], acknowledgeMs: 15 * minuteMs },
  { people: ['manager'], acknowledgeMs: 20 * minuteMs },
  { people: ['desk'], acknowledgeMs: 20 * minuteMs },
]

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

interface Run {
  seed: number
  sweepMs: number
  /** Chance that a worker dies before it commits, or after that and before anybody is told. */
  deaths: number
  acknowledgedAfterMs: number | null
  answeredAtMs: number
  /** Jumps of the clock: from an instant of true time on it is off by so much. */
  jumps: { atMs: number; byMs: number }[]
  away: string[]
}

interface Committed extends LadderStep {
  /** True time. */
  committedMs: number
  because: string
}

const dueMs = 60 * minuteMs
const dueSoonMs = 45 * minuteMs
const endMs = 5 * 60 * minuteMs

/** Sweeps of workers over true time. Only what was committed is known to the next one. */
function live(run: Run): Committed[] {
  const random = mulberry32(run.seed)
  const committed: Committed[] = []
  let state: LadderState = { steps: [], acknowledged: null }
  for (let true_ = 0; true_ <= endMs; true_ += run.sweepMs) {
    const offset = run.jumps.reduce((sum, jump) => (true_ >= jump.atMs ? sum + jump.byMs : sum), 0)
    const now = new Date(at(0).getTime() + true_ + offset)
    const first = committed.find(({ told }) => told.length > 0)
    if (run.acknowledgedAfterMs !== null && first && true_ >= first.committedMs + run.acknowledgedAfterMs)
      state = { ...state, acknowledged: state.acknowledged ?? { level: state.steps.at(-1)!.level, at: now } }
    for (let step = 0; step < 10; step++) {
      const promise = { dueSoonAt: at(45), dueAt: at(60), isOver: true_ >= run.answeredAtMs }
      const next = nextStep(ladder, { promise, state, isAway: (person) => run.away.includes(person) }, now)
      if (next.kind === 'wait' || next.kind === 'end') break
      if (random() / 2 ** 32 < run.deaths) break
      if (next.kind === 'set-back') {
        state = {
          ...state,
          steps: state.steps.map((each) => (each.level === next.level ? { ...each, at: now } : each)),
        }
        continue
      }
      const told = next.kind === 'tell' ? next.people : []
      state = { ...state, steps: [...state.steps, { level: next.level, at: now, told }] }
      const because = next.kind === 'tell' ? next.because : 'pass'
      committed.push({ level: next.level, at: now, told, committedMs: true_, because })
      if (random() / 2 ** 32 < run.deaths) break
    }
  }
  return committed
}

const anyRun = fc.record({
  seed: fc.integer(),
  sweepMs: fc.constantFrom(15_000, 30_000, minuteMs),
  deaths: fc.constant(0),
  acknowledgedAfterMs: fc.option(fc.integer({ min: 0, max: 100 * minuteMs })),
  answeredAtMs: fc.integer({ min: 40 * minuteMs, max: 2 * endMs }),
  jumps: fc.constant([] as Run['jumps']),
  away: fc.subarray(['owner', 'deputy', 'second', 'manager', 'desk']),
})
const anyJumps = fc.array(
  fc.record({
    atMs: fc.integer({ min: 0, max: 200 * minuteMs }),
    byMs: fc.integer({ min: -90 * minuteMs, max: 90 * minuteMs }),
  }),
  { maxLength: 3 },
)

/** Every level in order and once; nobody who is away but at the top; nothing after the answer or an acknowledgement of the break. */
function expectInOrder(run: Run, steps: Committed[]): void {
  expect(steps.map(({ level }) => level)).toEqual(steps.map((_, index) => index))
  for (const step of steps) {
    const isTop = step.level === ladder.length - 1
    if (!isTop) expect(step.told.filter((person) => run.away.includes(person))).toEqual([])
    if (isTop) expect(step.told).toEqual(['desk'])
    expect(step.committedMs).toBeLessThan(run.answeredAtMs)
  }
}

/** When each level is due in true time, told by a plain walk up the ladder; null: never. */
function expectedTimes(run: Run): number[] {
  const times: number[] = []
  let firstTold: number | null = null
  let lastTold: { at: number; level: number } | null = null
  for (const [level, { people }] of ladder.entries()) {
    let time: number =
      lastTold === null ? dueSoonMs : lastTold.at < dueMs ? dueMs : lastTold.at + ladder[lastTold.level]!.acknowledgeMs
    time = Math.ceil(time / run.sweepMs) * run.sweepMs
    const acknowledged =
      firstTold !== null && run.acknowledgedAfterMs !== null ? firstTold + run.acknowledgedAfterMs : null
    const seen = acknowledged === null ? null : Math.ceil(acknowledged / run.sweepMs) * run.sweepMs
    if (seen !== null && seen <= time && (seen >= dueMs || lastTold!.at >= dueMs) && seen >= lastTold!.at) break
    if (time >= run.answeredAtMs || time > endMs) break
    times.push(time)
    if (level === ladder.length - 1 || people.some((person) => !run.away.includes(person))) {
      lastTold = { at: time, level }
      firstTold ??= time
    }
  }
  return times
}

test('whoever is away and whenever somebody acknowledges, each level is told in the sweep in which its time has come', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const steps = live(run)
      expectInOrder(run, steps)
      expect(steps.map(({ committedMs }) => committedMs)).toEqual(expectedTimes(run))
    }),
    { numRuns: 500 },
  )
})

test('with workers that die at any step every break climbs in order, once, and all the way', () => {
  fc.assert(
    fc.property(anyRun, fc.double({ min: 0.05, max: 0.7, noNaN: true }), (given, deaths) => {
      const run = { ...given, deaths, acknowledgedAfterMs: null, answeredAtMs: 2 * endMs }
      const steps = live(run)
      expectInOrder(run, steps)
      expect(steps.at(-1)!.level).toBe(ladder.length - 1)
      // Later only by sweeps in which a worker died: never earlier than without deaths.
      const undisturbed = live({ ...run, deaths: 0 })
      for (const [index, step] of steps.entries())
        expect(step.committedMs).toBeGreaterThanOrEqual(undisturbed[index]!.committedMs)
    }),
    { numRuns: 500 },
  )
})

test('with clocks that jump, too, and none waits longer than its time after the jumps', () => {
  fc.assert(
    fc.property(anyRun, anyJumps, (given, jumps) => {
      const run = { ...given, jumps, acknowledgedAfterMs: null, answeredAtMs: 2 * endMs }
      const steps = live(run)
      expectInOrder(run, steps)
      const settled = Math.max(0, ...jumps.map(({ atMs }) => atMs))
      const offset = jumps.reduce((sum, { byMs }) => sum + byMs, 0)
      // As its clock shows it, the promise is broken at the latest now; then each level waits for no more than the one before it.
      let latest = Math.max(settled, dueMs - offset)
      for (const [index, { acknowledgeMs }] of ladder.entries()) {
        if (latest > endMs) break
        const step = steps[index]
        expect(step?.committedMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(latest + 2 * run.sweepMs + minuteMs)
        latest = Math.max(latest, step!.committedMs) + acknowledgeMs
      }
    }),
    { numRuns: 500 },
  )
})
