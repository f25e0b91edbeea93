// Which minutes count as heard, by what is known of the sources of a network; and the reason of an alert in words.

import { describe, expect, test } from 'vitest'
import { type HearingSource, hearingOf } from './hearing.ts'
import { falseRate, whySentence } from './rules.ts'

const now = new Date('2026-11-29T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const minuteAgo = (minutes: number) => ago(minutes).getTime()
const stream: HearingSource = {
  createdAt: ago(10_000),
  everySeconds: null,
  answeredAt: ago(0.1),
  reachedAt: ago(0.1),
  gaps: [],
}

describe('hearing', () => {
  test('without a source nothing is known', () => expect(hearingOf([], now)).toBeNull())

  test('a stream that lives is heard up to a moment ago', () => {
    const hearing = hearingOf([stream], now)!
    expect(now.getTime() - hearing.until.getTime()).toBeLessThanOrEqual(20_000)
    expect(hearing.heard(minuteAgo(5))).toBe(true)
    expect(hearing.heard(minuteAgo(11_000))).toBe(false)
    expect(hearing.silentSince).toBeNull()
  })

  test('one silent source of two makes minutes unknown since its last sign, and time goes on', () => {
    const hearing = hearingOf([stream, { ...stream, answeredAt: ago(30) }], now)!
    expect(hearing.silentSince).toEqual(ago(30))
    expect(hearing.heard(minuteAgo(29))).toBe(false)
    expect(hearing.heard(minuteAgo(40))).toBe(true)
    expect(now.getTime() - hearing.until.getTime()).toBeLessThanOrEqual(20_000)
  })

  test('what is read every quarter of an hour is known up to its last reading, and is not silent', () => {
    const hearing = hearingOf([{ ...stream, everySeconds: 900, answeredAt: ago(14) }], now)!
    expect(hearing.until).toEqual(ago(14))
    expect(hearing.silentSince).toBeNull()
  })

  test('a stream that is behind counts from what it has read', () => {
    expect(hearingOf([{ ...stream, reachedAt: ago(12) }], now)!.until).toEqual(ago(12))
  })

  test('a gap that was not filled is not zero', () => {
    const hearing = hearingOf([{ ...stream, gaps: [{ from: ago(60), to: ago(50) }] }], now)!
    expect([minuteAgo(61), minuteAgo(55), minuteAgo(49)].map(hearing.heard)).toEqual([true, false, true])
  })
})

describe('in words', () => {
  const band = { low: 60, expected: 77, high: 95 }
  test.each([
    [
      { code: 'volume', count: 1412, minutes: 30, band, surprise: 3.2, weekday: 1, hour: 10 },
      '1,412 mentions in 30 minutes; 60 to 95 are expected on a Tuesday at 10. By chance such a surplus happens about once in 1,000 such windows.',
    ],
    [
      {
        code: 'volume',
        count: 9,
        minutes: 10,
        band: { low: 0, expected: 0.1, high: 0 },
        surprise: 9,
        weekday: null,
        hour: 0,
      },
      '9 mentions in 10 minutes; 0 are expected at 0 o’clock. By chance such a surplus happens less than once in a million such windows.',
    ],
    [
      { code: 'negative-share', minutes: 90, judged: 40, negative: 22, usual: 0.21, probability: 0.998 },
      '55 % of 40 mentions in 90 minutes are negative; usually it is 21 %. That it rose by ten points or more is more than 99 % likely.',
    ],
    [
      { code: 'slow-rise', days: 6, ratio: 2.31, sum: 5.4 },
      'More than usual for 6 days in a row, now 2.3 times the level of the weeks before.',
    ],
  ] as const)('%j', (why, sentence) => expect(whySentence(why)).toBe(sentence))

  test('of answers, planned ones are neither right nor wrong; without answers there is no rate', () => {
    expect(falseRate(['real', 'false', 'planned', 'real'])).toMatchObject({ answered: 3, false: 1, rate: 1 / 3 })
    expect(falseRate([])).toMatchObject({ rate: null, low: 0, high: 1 })
  })
})
