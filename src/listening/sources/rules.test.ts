// When a source counts as heard, late, silent or refused.

import { describe, expect, test } from 'vitest'
import { costOf, lagMs, type Pulse, silentAfterMs, stateOf } from './rules.ts'

const now = new Date('2026-11-29T12:00:00Z')
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000)
const live: Pulse = {
  kind: 'stream',
  pausedAt: null,
  everySeconds: null,
  createdAt: ago(3600),
  answeredAt: ago(1),
  reachedAt: ago(2),
  needsPeople: false,
}

describe('the state of a source', () => {
  test.each<[string, Partial<Pulse>, string]>([
    ['answers now', {}, 'listening'],
    ['was added a moment ago', { createdAt: ago(10), answeredAt: null, reachedAt: null }, 'starting'],
    ['never answered', { answeredAt: null, reachedAt: null }, 'silent'],
    ['is two minutes and a second without a sign', { answeredAt: ago(121) }, 'silent'],
    ['is two minutes without a sign', { answeredAt: ago(120) }, 'listening'],
    ['is polled every 15 minutes, read 44 minutes ago', { everySeconds: 900, answeredAt: ago(44 * 60) }, 'listening'],
    ['is polled every 15 minutes, read 46 minutes ago', { everySeconds: 900, answeredAt: ago(46 * 60) }, 'silent'],
    ['tells what is 61 s old', { answeredAt: ago(0), reachedAt: ago(61) }, 'behind'],
    [
      'is a quiet stream: the last was said long before the last sign of life',
      { answeredAt: ago(0), reachedAt: null },
      'listening',
    ],
    [
      'is polled and its last item is a week old',
      { everySeconds: 900, answeredAt: ago(60), reachedAt: ago(604_800) },
      'listening',
    ],
    ['is refused for good', { needsPeople: true }, 'refused'],
    ['is paused, whatever else', { pausedAt: ago(5), needsPeople: true }, 'paused'],
    ['is filled by people', { kind: 'by-hand', answeredAt: null, reachedAt: null }, 'by-hand'],
  ])('one that %s', (_, change, state) => {
    expect(stateOf({ ...live, ...change }, now)).toBe(state)
  })
})

test('lag is never negative, and not known where the network tells no time', () => {
  expect(lagMs({ answeredAt: ago(1), reachedAt: ago(0) }, now)).toBe(0)
  expect(lagMs({ answeredAt: ago(0), reachedAt: ago(5) }, now)).toBe(5000)
  expect(lagMs({ answeredAt: ago(0), reachedAt: null }, now)).toBeNull()
  expect(lagMs({ answeredAt: null, reachedAt: ago(5) }, now)).toBeNull()
})

test('patience is three readings and at least two minutes', () => {
  expect(silentAfterMs(null)).toBe(120_000)
  expect(silentAfterMs(10)).toBe(120_000)
  expect(silentAfterMs(900)).toBe(2_700_000)
})

test('cost by the piece', () => {
  expect(costOf(1500, 200)).toBe(300)
  expect(costOf(1500, 0)).toBe(0)
  expect(costOf(1500, null)).toBeNull()
})
