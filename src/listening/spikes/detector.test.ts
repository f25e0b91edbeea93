// The detector as a machine: what it says when it does not know, when nobody listened, when clocks change, and when counts come late.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, newState, putRight, type SpikeState, step } from './detector.ts'
import { settingsOf } from './settings.ts'
import type { Bin, PlannedEvent, Reading, Signal } from './types.ts'

const settings = { ...settingsOf('standard', 'Europe/Berlin'), binMinutes: 5 }
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const bin = 5 * minute
const start = Date.UTC(2026, 2, 2)

/** Always the same numbers that look drawn by chance. */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

interface Life {
  state: SpikeState
  readings: Reading[]
  signals: Signal[]
}

/** Lives through bins from `from` to `to`; `rate` tells mentions in a bin, null where nobody listens. */
function live(
  life: SpikeState,
  span: { from: number; to: number },
  rate: (at: number) => number | null,
  events: PlannedEvent[] = [],
): Life {
  const random = noise(span.from / bin)
  const readings: Reading[] = []
  for (let at = span.from; at < span.to; at += bin) {
    const mean = rate(at)
    const count = mean === null ? null : Math.round(mean * (0.6 + 0.8 * random()))
    readings.push(
      advance(life, { at, count, judged: count ?? 0, negative: Math.round((count ?? 0) * 0.2) }, settings, events),
    )
  }
  return { state: life, readings, signals: readings.flatMap(({ signals }) => signals) }
}

const quietWeeks = (weeks = 4): SpikeState =>
  live(newState(), { from: start, to: start + weeks * 7 * day }, () => 20).state
const after = start + 28 * day

describe('what it knows', () => {
  test('nothing at first: it says so, and stays silent whatever comes', () => {
    const { readings, signals } = live(newState(), { from: start, to: start + day }, (at) =>
      at > start + 20 * hour ? 900 : 20,
    )
    expect(new Set(readings.map(({ watch }) => watch))).toEqual(new Set(['suspended', 'learning']))
    expect(signals).toEqual([])
  })

  test('after two days of listening it watches', () => {
    const { readings } = live(newState(), { from: start, to: start + 3 * day }, () => 20)
    const first = readings.findIndex(({ watch }) => watch === 'watching')
    expect((first * bin) / hour).toBeGreaterThan(47)
    expect((first * bin) / hour).toBeLessThan(52)
  })

  test('weekdays after three weeks: a quiet Sunday is then expected', () => {
    const weekly = (at: number) => (new Date(at + hour).getUTCDay() === 0 ? 6 : 20)
    const { readings } = live(newState(), { from: start, to: start + 41 * day + 12 * hour }, weekly)
    expect(readings.at(-1)!.window!.expected.mean).toBeLessThan(75)
    expect(readings.at(-1)!.window!.expected.mean).toBeGreaterThan(20)
  })
})

describe('an alert', () => {
  test('comes within ten minutes of a sudden rise, says why, ends, and does not come again', () => {
    const begins = after + hour
    const rate = (at: number) => (at >= begins && at < begins + 3 * hour ? 150 : 20)
    const { signals, readings } = live(quietWeeks(), { from: after, to: after + day }, rate)
    const first = readings.find(({ signals: own }) => own.length > 0)!
    expect(first.at - begins).toBeLessThanOrEqual(10 * minute)
    expect(signals.map(({ what, trigger }) => `${trigger} ${what}`)).toEqual(['volume raised', 'volume ended'])
    const { why, kind } = signals[0]!
    expect(kind).toBe('opportunity')
    expect(why).toMatchObject({ code: 'volume', hour: expect.any(Number), weekday: 0 })
    if (why.code === 'volume') expect(why.count).toBeGreaterThan(why.band.high)
  })

  test('is told again when it becomes much more surprising', () => {
    const rate = (at: number) => (at < after ? 20 : at < after + 3 * hour ? 60 : 900)
    const { signals } = live(quietWeeks(), { from: after, to: after + 5 * hour }, rate)
    expect(signals.map(({ what }) => what)).toEqual(['raised', 'grew'])
  })

  test('that things stay as high is no second alert: it has to have been calm once', () => {
    const { signals } = live(quietWeeks(), { from: after, to: after + 4 * day }, () => 90)
    expect(signals.filter(({ what, trigger }) => what === 'raised' && trigger === 'volume').length).toBe(1)
  })

  test('arms again after the cooldown', () => {
    const rate = (at: number) => ((at - after) % (2 * day) < hour ? 200 : 20)
    const { signals } = live(quietWeeks(), { from: after, to: after + 4 * day }, rate)
    expect(signals.filter(({ what }) => what === 'raised').length).toBe(2)
  })

  test('of anger is a potential issue; of anger without more mentions too', () => {
    const angry = (count: number, share: number) => {
      const state = quietWeeks()
      const signals: Signal[] = []
      for (let at = after; at < after + 3 * hour; at += bin) {
        signals.push(
          ...advance(state, { at, count, judged: count, negative: Math.round(count * share) }, settings).signals,
        )
      }
      return signals.map(({ trigger, kind }) => `${trigger}: ${kind}`)
    }
    expect(angry(150, 0.7)).toContain('volume: potential-issue')
    expect(angry(20, 0.7)).toEqual(['negative-share: potential-issue'])
    expect(angry(20, 0.2)).toEqual([])
  })

  test('does not tell opportunity and issue apart where nobody judged sentiment', () => {
    const state = quietWeeks()
    const signals = Array.from(
      { length: 6 },
      (_, n) => advance(state, { at: after + n * bin, count: 200 }, settings).signals,
    ).flat()
    expect(signals[0]!.kind).toBe('unclear')
  })
})

describe('nobody listens', () => {
  test('is not silence: suspended, then on again without an alert, and nothing was learned', () => {
    const rate = (at: number) => (at >= after && at < after + day ? null : 20)
    const state = quietWeeks()
    const before = state.learned.level
    const { readings, signals } = live(state, { from: after, to: after + 2 * day }, rate)
    expect(signals).toEqual([])
    expect(readings[20]!.watch).toBe('suspended')
    expect(readings.at(-1)!.watch).toBe('watching')
    expect(Math.abs(state.learned.level / before - 1)).toBeLessThan(0.1)
  })

  test('bins that were never told are the same as those of which nobody knows', () => {
    const told = live(quietWeeks(), { from: after, to: after + 6 * hour }, () => null).state
    const left = quietWeeks()
    for (const state of [told, left]) advance(state, { at: after + 6 * hour, count: 20 }, settings)
    expect({ ...left.ring, judged: [], negative: [] }).toEqual({ ...told.ring, judged: [], negative: [] })
    expect(advance(left, { at: after + 6 * hour + bin, count: 20 }, settings).watch).toBe('suspended')
  })

  test('a real silence shows as a lack', () => {
    const { readings } = live(quietWeeks(), { from: after, to: after + 2 * hour }, () => 0)
    expect(readings.at(-1)!.window!.lack).toBeGreaterThan(4)
  })
})

describe('counts that come late', () => {
  test('raise the alert as if it had been seen then, once', () => {
    const { state } = live(quietWeeks(), { from: after, to: after + 40 * minute }, () => 20)
    const bins: Bin[] = [1, 2, 3].map((n) => ({ at: after + n * bin, count: 300, judged: 300, negative: 60 }))
    const put = putRight(state, bins, settings)
    expect(put.signals.map(({ what, late }) => ({ what, late }))).toEqual([{ what: 'raised', late: true }])
    expect(putRight(put.state, bins, settings).signals).toEqual([])
  })

  test('older than an hour are counted as too old and change nothing', () => {
    const { state } = live(quietWeeks(), { from: after, to: after + 3 * hour }, () => 20)
    const put = putRight(state, [{ at: after, count: 9999 }], settings)
    expect(put).toMatchObject({ tooOld: 1, signals: [], readings: [] })
    expect(put.state).toEqual(state)
  })

  test('lead to the same state as the same counts in time', () => {
    const right = live(quietWeeks(), { from: after, to: after + day }, () => 20).state
    const late = quietWeeks()
    const random = noise(after / bin)
    for (let at = after; at < after + day; at += bin) {
      const count = Math.round(20 * (0.6 + 0.8 * random()))
      const whole = { at, count, judged: count, negative: Math.round(count * 0.2) }
      advance(late, { ...whole, count: count - 3, judged: count - 3 }, settings)
      Object.assign(late, putRight(late, [whole], settings).state)
    }
    expect(late.learned).toEqual(right.learned)
    expect(late.ring).toEqual(right.ring)
  })
})

describe('what is planned', () => {
  const span = { from: after, to: after + day }

  test('raises what is expected: an announced size is no alert', () => {
    const { signals } = live(quietWeeks(), span, () => 60, [{ id: 'launch', ...span, factor: 3 }])
    expect(signals).toEqual([])
    expect(live(quietWeeks(), span, () => 60).signals.length).toBeGreaterThan(0)
  })

  test('of unknown size marks the alert, and is not learned as the usual', () => {
    const state = quietWeeks()
    const { signals } = live(state, span, () => 200, [{ id: 'launch', ...span, factor: null }])
    expect(signals[0]).toMatchObject({ what: 'raised', planned: 'launch' })
    const { readings } = live(state, { from: after + day, to: after + 30 * hour }, () => 20)
    expect(readings.at(-1)!.window!.expected.mean).toBeLessThan(140)
  })
})

test('clocks that change lose and double no hour: the morning after is expected an hour earlier in UTC', () => {
  // Berlin: 29 March 2026. Something happens every day at 9 in the morning there.
  const daily = (at: number) =>
    new Date(at + (at >= Date.UTC(2026, 2, 29, 1) ? 2 : 1) * hour).getUTCHours() === 9 ? 200 : 10
  const { signals } = live(newState(), { from: start, to: start + 40 * day }, daily)
  expect(signals).toEqual([])
})

const counts = fc.array(fc.option(fc.integer({ min: 0, max: 3000 }), { freq: 8 }), { minLength: 1, maxLength: 120 })

describe('for any counts', () => {
  test('the state survives being stored, the given state stays as it was, and nothing depends on what comes later', () => {
    fc.assert(
      fc.property(counts, counts, (some, later) => {
        let state = newState()
        const readings: Reading[] = []
        for (const [at, count] of some.entries()) {
          const frozen = JSON.stringify(state)
          const stepped = step(JSON.parse(frozen), { at: start + at * bin, count }, settings)
          expect(JSON.stringify(state)).toBe(frozen)
          state = stepped.state
          readings.push(stepped.reading)
        }
        const other = newState()
        const all = [...some, ...later].map((count, at) => advance(other, { at: start + at * bin, count }, settings))
        expect(JSON.parse(JSON.stringify(all.slice(0, some.length)))).toEqual(JSON.parse(JSON.stringify(readings)))
      }),
      { numRuns: 30 },
    )
  })

  test('a reading is never without sense', () => {
    fc.assert(
      fc.property(counts, (some) => {
        const state = quietWeeks(1)
        for (const [at, count] of some.entries()) {
          const { window, surprise, watch } = advance(state, { at: start + 7 * day + at * bin, count }, settings)
          expect(surprise).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(surprise)).toBe(true)
          if (watch === 'suspended') expect(window).toBeNull()
          else expect(window!.expected.mean).toBeGreaterThan(0)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('a bin that was there is refused, and the state is small', () => {
    const state = quietWeeks(1)
    expect(() => advance(state, { at: start, count: 1 }, settings)).toThrow(RangeError)
    expect(JSON.stringify(state).length).toBeLessThan(4000)
  })
})
