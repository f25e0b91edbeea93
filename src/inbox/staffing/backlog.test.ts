// Backlogs: a steady one is what the formulas say; nights, promises of hours and how many people are needed are told by hand.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessClock, calendarClock, openSpans } from '../promises/business-clock.ts'
import { businessHours } from '../promises/types.ts'
import { type BacklogQuestion, drawWeek, simulateBacklog } from './backlog.ts'
import { erlangC, servedWithin } from './erlang.ts'
import { peopleNeeded, rotaSteps, type StaffingQuestion } from './needed.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const at = (hour: number): Date => new Date(Date.parse('2026-11-30T00:00:00Z') + hour * hourMs)
const usual: BacklogQuestion = {
  steps: [{ at: at(0), perHour: 30, people: 4 }],
  until: at(24),
  handlingMs: 6 * minuteMs,
  promise: { ms: 15 * minuteMs, clock: calendarClock },
  open: [],
  draws: 20,
  seed: 1,
}

test.each([4, 5, 6])('a steady queue with %i people is what Erlang C says', (people) => {
  const steps = [{ at: at(0), perHour: 30, people }]
  const found = simulateBacklog({ ...usual, steps, until: at(2000), draws: 12 })
  const load = { perHour: 30, handlingMs: 6 * minuteMs }
  expect(Math.abs(found.kept!.mean - servedWithin(load, people, 15 * minuteMs))).toBeLessThan(0.004)
  expect(Math.abs(found.meanWaitMs / erlangC(load, people).meanWaitMs - 1)).toBeLessThan(0.06)
})

describe('over a rota', () => {
  const day = businessClock(
    businessHours.parse({
      zone: 'UTC',
      week: [1, 2, 3, 4, 5].map((each) => ({ day: each, from: '09:00', to: '17:00' })),
    }),
  )
  /** Monday to Friday, staffed from 9 to 17. */
  const staffed = (perHour: number): StaffingQuestion['steps'] =>
    Array.from({ length: 5 * 24 }, (_, hour) => ({
      at: at(hour),
      perHour,
      isStaffed: hour % 24 >= 9 && hour % 24 < 17,
    }))
  const week: StaffingQuestion = {
    ...usual,
    steps: staffed(6),
    until: at(5 * 24),
    promise: { ms: 4 * hourMs, clock: day },
    share: 0.9,
    mostPeople: 100,
  }
  const withPeople = (people: number, more: Partial<BacklogQuestion> = {}) =>
    simulateBacklog({
      ...week,
      steps: week.steps.map((step) => ({ ...step, people: step.isStaffed ? people : 0 })),
      ...more,
    })

  test('what comes in the night waits for the morning, and is worked off', () => {
    const { backlog } = withPeople(3)
    expect(backlog[9]!).toBeGreaterThan(40)
    expect(backlog[9]!).toBeLessThan(70)
    expect(backlog[16]!).toBeLessThan(2)
    expect(backlog[24 + 9]!).toBeGreaterThan(70)
  })

  test('what is open when it begins is answered first, and was promised before', () => {
    const open = Array.from({ length: 10 }, () => at(-24 * 7))
    const quiet = { ...week, steps: staffed(0).map((step) => ({ ...step, people: step.isStaffed ? 1 : 0 })) }
    const found = simulateBacklog({ ...quiet, open, promise: { ms: 8 * 5 * hourMs + 2 * hourMs, clock: day } })
    expect(found).toMatchObject({ conversations: 10, kept: { mean: 1 }, leftOpen: 0 })
    expect(simulateBacklog({ ...quiet, open, promise: { ms: hourMs, clock: day } }).kept!.mean).toBe(0)
  })

  test('more people never keep less, and the fewest who keep it are found', () => {
    const shares = [1, 2, 3, 4, 5, 6].map((people) => withPeople(people).kept!.mean)
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares)
    const { people, onRota, tried } = peopleNeeded(week)
    expect(shares[people! - 1]).toBeGreaterThanOrEqual(0.9)
    expect(people === 1 ? 0 : shares[people! - 2]!).toBeLessThan(0.9)
    expect(onRota).toBe(Math.ceil(people! / 0.7))
    expect(tried.map((each) => each.people)).toContain(people! - 1)
  })

  test('where nothing comes nobody is needed; where too much comes it says so', () => {
    expect(peopleNeeded({ ...week, steps: staffed(0) }).people).toBe(0)
    expect(peopleNeeded({ ...week, steps: staffed(60), mostPeople: 3 })).toMatchObject({ people: null, onRota: null })
  })

  test('a rota changes with every hour and whoever comes or goes', () => {
    const people = [
      { atWork: openSpans(day, at(0), at(24)) },
      { atWork: [{ from: at(9.5), to: at(12) }] },
      { atWork: [{ from: at(12), to: at(30) }] },
    ]
    const steps = rotaSteps({ from: at(8), until: at(14), people }, (each) => each.getUTCHours())
    expect(steps.map((step) => [(step.at.getTime() - at(0).getTime()) / hourMs, step.perHour, step.people])).toEqual([
      [8, 8, 0],
      [9, 9, 1],
      [9.5, 9, 2],
      [10, 10, 2],
      [11, 11, 2],
      [12, 12, 2],
      [13, 13, 2],
    ])
  })
})

test('whatever the rota, one more person at every hour never keeps less, nor leaves more open', () => {
  const step = fc.record({
    perHour: fc.double({ min: 0, max: 20, noNaN: true }),
    people: fc.integer({ min: 0, max: 4 }),
  })
  const minutes = fc.integer({ min: 5, max: 120 })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), minutes, minutes, (given, handling, promised) => {
      const rota = (more: number) => given.map((each, hour) => ({ ...each, at: at(hour), people: each.people + more }))
      const [fewer, more] = [0, 1].map((extra) =>
        simulateBacklog({
          ...usual,
          steps: rota(extra),
          until: at(given.length),
          handlingMs: handling * minuteMs,
          promise: { ms: promised * minuteMs, clock: calendarClock },
          draws: 2,
        }),
      ) as [ReturnType<typeof simulateBacklog>, ReturnType<typeof simulateBacklog>]
      expect(more.kept?.mean ?? 1).toBeGreaterThanOrEqual(fewer.kept?.mean ?? 0)
      expect(more.leftOpen).toBeLessThanOrEqual(fewer.leftOpen)
      expect(more.conversations).toBe(fewer.conversations)
    }),
    { numRuns: 200 },
  )
})

test('the backlog of every step is what counting everybody anew says', () => {
  const waitingAt = (came: readonly number[], taken: readonly number[], time: number): number =>
    came.reduce((count, each, index) => count + (each < time && taken[index]! > time ? 1 : 0), 0)
  const step = fc.record({
    perHour: fc.double({ min: 0, max: 30, noNaN: true }),
    people: fc.integer({ min: 0, max: 3 }),
    minutes: fc.integer({ min: 1, max: 120 }),
  })
  const open = fc.array(fc.integer({ min: -600, max: 0 }), { maxLength: 20 })
  const handling = fc.integer({ min: 1, max: 120 })
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      open,
      handling,
      fc.nat(),
      (given, before, takes, seed) => {
        let minute = 0
        const steps = given.map(({ minutes, ...each }) => {
          const begins = at(minute / 60)
          minute += minutes
          return { ...each, at: begins }
        })
        const question = {
          ...{ ...usual, steps, until: at(minute / 60), handlingMs: takes * minuteMs, draws: 1, seed },
          open: before.toSorted((a, b) => a - b).map((each) => at(each / 60)),
        }
        const { came, taken } = drawWeek(question, seed)
        expect(simulateBacklog(question).backlog).toEqual(
          steps.map((each) => waitingAt(came, taken, each.at.getTime())),
        )
      },
    ),
    { numRuns: 500 },
  )
})
