// The ladder lived through by hundreds of runs: workers that die between any two steps, people who are away, clocks that jump.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mulberry32 } from '../../lib/mulberry.ts'
import { type LadderState, type LadderStep, nextStep } from './escalation.ts'
import { at, ladder, minuteMs } from './promises.testing.ts'

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
function live(run: Run): { steps: Committed[]; died: Set<number> } {
  const random = mulberry32(run.seed)
  const died = new Set<number>()
  const dies = (sweep: number) => {
    const does = random() / 2 ** 32 < run.deaths
    if (does) died.add(sweep)
    return does
  }
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
      if (dies(true_)) break
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
      if (dies(true_)) break
    }
  }
  return { steps: committed, died }
}

const anyRun = fc.record({
  seed: fc.integer(),
  sweepMs: fc.constantFrom(20_000, 30_000, minuteMs),
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
      const { steps } = live(run)
      expectInOrder(run, steps)
      expect(steps.map(({ committedMs }) => committedMs)).toEqual(expectedTimes(run))
    }),
    { numRuns: 500 },
  )
})

/** When the next level is due in true time, by those that were committed before. */
function dueAfter(before: Committed[]): number {
  const told = before.findLast((step) => step.told.length > 0)
  if (!told) return dueSoonMs
  if (told.level === 0 || told.committedMs < dueMs) return Math.max(dueMs, told.committedMs)
  return told.committedMs + ladder[told.level]!.acknowledgeMs
}

test('with workers that die at any step every break climbs in order, once, all the way, late only by sweeps that died', () => {
  fc.assert(
    fc.property(anyRun, fc.double({ min: 0.05, max: 0.7, noNaN: true }), (given, deaths) => {
      const run = { ...given, deaths, acknowledgedAfterMs: null, answeredAtMs: 2 * endMs }
      const { steps, died } = live(run)
      expectInOrder(run, steps)
      expect(steps.at(-1)!.level).toBe(ladder.length - 1)
      for (const [index, step] of steps.entries()) {
        const due = Math.ceil(dueAfter(steps.slice(0, index)) / run.sweepMs) * run.sweepMs
        expect(step.committedMs).toBeGreaterThanOrEqual(due)
        for (let sweep = due; sweep < step.committedMs; sweep += run.sweepMs) expect(died).toContain(sweep)
      }
    }),
    { numRuns: 500 },
  )
})

test('with clocks that jump, too, and none waits longer than its time after the jumps', () => {
  fc.assert(
    fc.property(anyRun, anyJumps, (given, jumps) => {
      const run = { ...given, jumps, acknowledgedAfterMs: null, answeredAtMs: 2 * endMs }
      const { steps } = live(run)
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
