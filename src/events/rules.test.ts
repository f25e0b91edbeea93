// The decisions of the event log, case by case.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAfterFailure, patienceMs, wants } from './rules.ts'

const hour = 3_600_000
const day = 24 * hour
const created = new Date('2026-03-01T00:00:00Z')
const after = (ms: number) => new Date(created.getTime() + ms)

describe('a webhook wants', () => {
  it.each([
    ['everything', [], 'post.held', true],
    ['a verb', ['post.held'], 'post.held', true],
    ['not another verb', ['post.held'], 'post.heldback', false],
    ['all verbs of a noun', ['post.*'], 'post.held', true],
    ['not those of a longer noun', ['post.*'], 'poster.hung', false],
    ['one of several', ['member.*', 'post.held'], 'post.held', true],
  ] as const)('%s', (_what, verbs, verb, wanted) => {
    expect(wants(verbs, verb)).toBe(wanted)
  })
})

describe('after a failure', () => {
  it.each([
    [1, 60_000],
    [2, 5 * 60_000],
    [5, 3 * hour],
    [8, day],
    [20, day],
  ])('number %i it waits %i ms', (tries, wait) => {
    expect(decideAfterFailure({ createdAt: created, tries, lastSuccessAt: null, now: created })).toEqual({
      kind: 'again',
      at: after(wait),
    })
  })

  it('gives up after three days, and rests when nothing arrived meanwhile', () => {
    const now = after(patienceMs)
    expect(decideAfterFailure({ createdAt: created, tries: 9, lastSuccessAt: null, now })).toEqual({
      kind: 'give-up',
      pause: true,
    })
    expect(decideAfterFailure({ createdAt: created, tries: 9, lastSuccessAt: created, now })).toEqual({
      kind: 'give-up',
      pause: true,
    })
    expect(decideAfterFailure({ createdAt: created, tries: 9, lastSuccessAt: after(day), now })).toEqual({
      kind: 'give-up',
      pause: false,
    })
  })

  it('always comes to an end, never earlier than after three days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (slow) => {
        let now = created
        for (let tries = 1; tries < 40; tries += 1) {
          now = new Date(now.getTime() + slow)
          const next = decideAfterFailure({ createdAt: created, tries, lastSuccessAt: null, now })
          if (next.kind === 'give-up') {
            expect(now.getTime() - created.getTime()).toBeGreaterThanOrEqual(patienceMs)
            return
          }
          expect(next.at > now).toBe(true)
          now = next.at
        }
        expect.unreachable('it never gave up')
      }),
    )
  })
})
