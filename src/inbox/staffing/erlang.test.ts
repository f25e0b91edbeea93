// Queues: the published figures to four digits, laws that hold for any numbers, and many people.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { erlangA, erlangC, type ImpatientLoad, servedWithin, servedWithinByPatience } from './erlang.ts'
import { peopleOnRota, peopleWithin } from './needed.ts'

const minuteMs = 60_000
const digits = (value: number, count = 4): string => value.toFixed(count)

describe('the published figures', () => {
  const calls = { perHour: 720, handlingMs: 4 * minuteMs }
  test('360 in half an hour, 4 minutes each, 55 people, 15 seconds', () => {
    const found = erlangC(calls, 55)
    expect([found.offered, digits(found.occupancy, 3), digits(found.waits)]).toEqual([48, '0.873', '0.2387'])
    expect(digits(found.meanWaitMs / 1000, 2)).toBe('8.18')
    expect(digits(servedWithin(calls, 55, 15_000))).toBe('0.8459')
  })

  const inbox = { perHour: 30, handlingMs: 6 * minuteMs }
  test('an inbox of 30 an hour, 6 minutes each, 15 minutes promised', () => {
    const four = erlangC(inbox, 4)
    expect([digits(four.waits), digits(servedWithin(inbox, 4, 15 * minuteMs))]).toEqual(['0.5094', '0.9582'])
    expect(digits(four.meanWaitMs / minuteMs, 3)).toBe('3.057')
    expect([erlangC(inbox, 5).waits, servedWithin(inbox, 5, 15 * minuteMs)].map((each) => digits(each))).toEqual([
      '0.2362',
      '0.9984',
    ])
    expect(peopleWithin(inbox, { share: 0.95, withinMs: 15 * minuteMs })).toBe(4)
    expect(peopleWithin(inbox, { share: 0.99, withinMs: 15 * minuteMs })).toBe(5)
  })

  test('the same inbox when people wait for an hour in the mean', () => {
    const impatient = { ...inbox, patienceMs: 60 * minuteMs }
    const [three, four] = [erlangA(impatient, 3), erlangA(impatient, 4)]
    expect([digits(three.waits), digits(100 * three.abandons, 2)]).toEqual(['0.7926', '10.98'])
    expect([digits(four.waits), digits(100 * four.abandons, 2)]).toEqual(['0.4627', '3.17'])
  })

  test('one place that is always staffed needs six people', () => {
    expect(peopleOnRota({ people: 1, hours: 168 })).toBe(6)
    expect(peopleOnRota({ people: 7, hours: 7 * 40 })).toBe(10)
    expect(peopleOnRota({ people: 0, hours: 0 })).toBe(0)
  })
})

/** The same queue as a chain of states, each from the one before, without any formula. */
function byStates({ perHour, handlingMs, patienceMs }: ImpatientLoad, people: number) {
  const arrival = perHour / 3600_000
  const logs = [0]
  for (let state = 1; state < 8000; state++) {
    const leaving = Math.min(state, people) / handlingMs + Math.max(0, state - people) / patienceMs
    logs.push(logs[state - 1]! + Math.log(arrival / leaving))
  }
  const most = logs.reduce((most, each) => Math.max(most, each))
  const shares = logs.map((each) => Math.exp(each - most))
  const all = shares.reduce((sum, share) => sum + share, 0)
  const waits = shares.slice(people).reduce((sum, share) => sum + share, 0) / all
  const queue = shares.reduce((sum, share, state) => sum + share * Math.max(0, state - people), 0) / all
  return { waits, abandons: queue / patienceMs / arrival }
}

const anyLoad = fc.record({
  perHour: fc.double({ min: 0.5, max: 300, noNaN: true }),
  handlingMs: fc.double({ min: minuteMs, max: 20 * minuteMs, noNaN: true }),
  patienceMs: fc.double({ min: 2 * minuteMs, max: 300 * minuteMs, noNaN: true }),
})
const anyPeople = fc.integer({ min: 1, max: 60 })
const within = fc.double({ min: 0, max: 60 * minuteMs, noNaN: true })
/** Sums of many small numbers differ in their last digits. */
const dust = 1e-9

describe('for any numbers', () => {
  test('with more people fewer wait, shorter, and fewer give up', () => {
    fc.assert(
      fc.property(anyLoad, anyPeople, within, (load, people, ms) => {
        const [fewer, more] = [erlangC(load, people), erlangC(load, people + 1)]
        expect(more.waits).toBeLessThanOrEqual(fewer.waits + dust)
        if (Number.isFinite(fewer.meanWaitMs)) expect(more.meanWaitMs).toBeLessThanOrEqual(fewer.meanWaitMs + dust)
        expect(servedWithin(load, people + 1, ms)).toBeGreaterThanOrEqual(servedWithin(load, people, ms) - dust)
        const [impatient, next] = [erlangA(load, people), erlangA(load, people + 1)]
        expect(next.waits).toBeLessThanOrEqual(impatient.waits + dust)
        expect(next.abandons).toBeLessThanOrEqual(impatient.abandons + dust)
        expect(impatient.occupancy).toBeLessThanOrEqual(1 + dust)
      }),
      { numRuns: 500 },
    )
  })

  test('Erlang A is what its chain of states says', () => {
    fc.assert(
      fc.property(anyLoad, anyPeople, (load, people) => {
        // The queue at which as many give up as come.
        const longest = (load.perHour / 3600_000 - people / load.handlingMs) * load.patienceMs
        fc.pre(longest < 5000)
        const [found, expected] = [erlangA(load, people), byStates(load, people)]
        expect(found.waits).toBeCloseTo(expected.waits, 9)
        expect(found.abandons).toBeCloseTo(expected.abandons, 9)
      }),
      { numRuns: 100 },
    )
  })

  test('with endless patience it is Erlang C', () => {
    fc.assert(
      fc.property(anyLoad, anyPeople, within, (load, people, ms) => {
        const { offered, waits, meanWaitMs } = erlangC(load, people)
        fc.pre(offered < 0.9 * people)
        const patient = { ...load, patienceMs: 1e13 }
        const found = erlangA(patient, people)
        expect(found.waits).toBeCloseTo(waits, 4)
        expect(Math.abs(found.meanWaitMs - meanWaitMs)).toBeLessThanOrEqual(1e-3 * meanWaitMs + dust)
        expect(servedWithinByPatience(patient, people, ms)).toBeCloseTo(servedWithin(load, people, ms), 4)
      }),
      { numRuns: 200 },
    )
  })

  test('given time without end everybody is served who does not give up', () => {
    fc.assert(
      fc.property(anyLoad, anyPeople, within, (load, people, ms) => {
        const { waits, abandons } = erlangA(load, people)
        expect(servedWithinByPatience(load, people, 1e12)).toBeCloseTo(1 - abandons, 6)
        expect(servedWithinByPatience(load, people, 0)).toBeCloseTo(1 - waits, 9)
        expect(servedWithinByPatience(load, people, ms + minuteMs)).toBeGreaterThanOrEqual(
          servedWithinByPatience(load, people, ms) - 1e-7,
        )
      }),
      { numRuns: 200 },
    )
  })

  test('thousands of people are no more than a number', () => {
    const load = { perHour: 60_000, handlingMs: 6 * minuteMs, patienceMs: 30 * minuteMs }
    expect(erlangC(load, 6100).waits).toBeGreaterThan(0.1)
    expect(erlangC(load, 6100).waits).toBeLessThan(0.2)
    expect(erlangA(load, 5000).abandons).toBeCloseTo(1 / 6, 3)
  })
})
