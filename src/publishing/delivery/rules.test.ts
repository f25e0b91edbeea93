// What every error and every look-up leads to, and that no sequence of them ever sends twice what may already be there.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorKind, Found } from '../../connectors/contract.ts'
import { ConnectorError } from '../../connectors/errors.ts'
import {
  type AfterLookUp,
  afterLookUp,
  type ErrorFacts,
  type PartFacts,
  purposeOf,
  type Verdict,
  verdictOf,
} from './rules.ts'

type NotFound = Exclude<Found, { state: 'published' }>
const now = new Date('2026-11-23T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const kinds: ErrorKind[] = [
  'rejected',
  'auth-expired',
  'auth-revoked',
  'forbidden',
  'rate-limited',
  'unavailable',
  'unknown',
  'gone',
  'changed',
]

const facts = (kind: ErrorKind, more: Partial<ErrorFacts> = {}): ErrorFacts => ({
  error: new ConnectorError({ kind, code: 'some-code' }),
  writing: false,
  purpose: 'send',
  tries: 0,
  refreshed: false,
  doubted: false,
  settleSeconds: 10,
  now,
  jitter: 0,
  ...more,
})

const told = (verdict: Verdict): string => {
  if (verdict.kind === 'refresh') return 'refresh'
  return `${verdict.kind} ${verdict.state}, ${verdict.outcome}${verdict.notSent ? ', not sent' : ''}`
}

describe('an error', () => {
  const waits = 'later scheduled, deferred'
  const asks = 'later looking-up, unknown'
  const stops = 'end rejected, rejected'
  const parks = 'end parked, deferred'

  test.each<[ErrorKind, preparing: string, writing: string, lookingUp: string]>([
    ['rejected', stops, stops, asks],
    ['auth-expired', 'refresh', 'refresh', 'refresh'],
    ['auth-revoked', parks, parks, parks],
    ['forbidden', stops, stops, asks],
    ['rate-limited', waits, waits, asks],
    ['unavailable', waits, waits, asks],
    ['unknown', waits, asks, asks],
    ['gone', stops, stops, asks],
    ['changed', waits, asks, asks],
  ])('%s while preparing, writing, looking up', (kind, preparing, writing, lookingUp) => {
    expect(told(verdictOf(facts(kind)))).toBe(preparing)
    // The answer to a write says that nothing was written, or leaves it in doubt.
    expect(told(verdictOf(facts(kind, { writing: true })))).toBe(
      [asks, 'refresh'].includes(writing) ? writing : `${writing}, not sent`,
    )
    expect(told(verdictOf(facts(kind, { purpose: 'look-up' })))).toBe(lookingUp)
  })

  test.each(['rate-limited', 'unavailable', 'unknown'] as const)(
    '%s while the network processes is asked after again',
    (kind) => {
      expect(told(verdictOf(facts(kind, { purpose: 'poll' })))).toBe('later processing, deferred')
    },
  )

  test.each<[ErrorKind, tries: number, told: string]>([
    // Only its own word says that nothing came of it.
    ['rejected', 0, 'end rejected, rejected, not sent'],
    ['gone', 0, 'end unconfirmed, unknown'],
    ['forbidden', 0, 'end unconfirmed, unknown'],
    ['auth-revoked', 0, 'end parked, deferred'],
    ['unavailable', 8, 'end unconfirmed, unknown'],
  ])('%s while the network processes, after %i tries', (kind, tries, end) => {
    expect(told(verdictOf(facts(kind, { purpose: 'poll', tries })))).toBe(end)
  })

  test('a second expiry after a renewal waits for a person', () => {
    expect(told(verdictOf(facts('auth-expired', { refreshed: true })))).toBe(parks)
    expect(told(verdictOf(facts('auth-expired', { refreshed: true, writing: true })))).toBe(`${parks}, not sent`)
  })

  test('names its code, kind and field for people', () => {
    const error = new ConnectorError({ kind: 'rejected', code: 'too-long', field: 'segments.0.text' })
    expect(verdictOf({ ...facts('rejected'), error })).toMatchObject({
      reason: { code: 'too-long', kind: 'rejected', field: 'segments.0.text' },
    })
  })
})

describe('waiting', () => {
  test('grows from 5 seconds to 20 minutes, then gives up with what went wrong', () => {
    const seconds = [...Array(9).keys()].map((tries) => {
      const verdict = verdictOf(facts('unavailable', { tries }))
      return verdict.kind === 'later' ? (verdict.at.getTime() - now.getTime()) / 1000 : told(verdict)
    })
    expect(seconds).toEqual([5, 15, 30, 60, 120, 300, 600, 1200, 'end rejected, rejected'])
    expect(verdictOf(facts('unavailable', { tries: 8 }))).toMatchObject({
      reason: { code: 'gave-up', text: 'some-code' },
    })
  })

  test('follows the network where it names a time, unless that has passed', () => {
    const limited = (retryAt: Date) =>
      verdictOf({
        ...facts('rate-limited'),
        error: new ConnectorError({ kind: 'rate-limited', code: 'slow', retryAt }),
      })
    expect(limited(inSeconds(900))).toMatchObject({ at: inSeconds(900) })
    expect(limited(inSeconds(-900))).toMatchObject({ at: inSeconds(5) })
  })

  test('is spread by up to a quarter', () => {
    expect(verdictOf(facts('unavailable', { jitter: 1 }))).toMatchObject({ at: inSeconds(6.25) })
  })

  test('for a look-up lets the request arrive first', () => {
    expect(verdictOf(facts('unknown', { writing: true }))).toMatchObject({ at: inSeconds(10) })
  })

  test('for failing look-ups ends with a person after six tries', () => {
    const verdicts = [...Array(7).keys()].map((tries) =>
      told(verdictOf(facts('unavailable', { purpose: 'look-up', tries }))),
    )
    expect(verdicts).toEqual([...Array(6).fill('later looking-up, unknown'), 'end unconfirmed, unknown'])
  })
})

describe('a look-up', () => {
  test.each<
    [string, NotFound | null, keyLifetime: number | null, ageSeconds: number, tries: number, AfterLookUp['kind']]
  >([
    ['not there', { state: 'absent' }, 3600, 10, 0, 'send-again'],
    ['not there, and no key if it comes later', { state: 'absent' }, null, 10, 0, 'look-again'],
    ['not there after a minute either', { state: 'absent' }, null, 60, 0, 'send-again'],
    ['not there for the fifth time', { state: 'absent' }, 3600, 10, 5, 'ask'],
    ['proves nothing', { state: 'unproven' }, null, 60, 0, 'ask'],
    ['proves nothing, but the key holds', { state: 'unproven' }, 3600, 10, 0, 'send-again'],
    ['proves nothing, and the key has run out', { state: 'unproven' }, 3600, 3600, 0, 'ask'],
    ['finds something else in its place, whatever the key promises', { state: 'unsure' }, 3600, 10, 0, 'ask'],
    ['cannot be asked', null, null, 60, 0, 'ask'],
    ['cannot be asked, but the key holds', null, 3600, 3599, 0, 'send-again'],
    ['cannot be asked, key holds, too often', null, 3600, 10, 5, 'ask'],
  ])('%s', (_, found, keyLifetime, age, tries, expected) => {
    const [sentAt, writtenAt] = [inSeconds(-age), inSeconds(-age)]
    expect(afterLookUp({ found, keyLifetime, sentAt, writtenAt, now, tries }).kind).toBe(expected)
  })

  test('after a second write counts its minute from that one, and the key from the first', () => {
    const twice = {
      found: { state: 'absent' } as const,
      sentAt: inSeconds(-86),
      writtenAt: inSeconds(-25),
      now,
      tries: 1,
    }
    expect(afterLookUp({ ...twice, keyLifetime: null })).toEqual({ kind: 'look-again', at: inSeconds(35) })
    expect(afterLookUp({ ...twice, found: { state: 'unproven' }, keyLifetime: 60 })).toEqual({ kind: 'ask' })
  })
})

describe('an answer to a second write, while the first has none', () => {
  test.each<[ErrorKind, string]>([
    ['rate-limited', 'later looking-up, deferred'],
    ['unavailable', 'later looking-up, deferred'],
    ['unknown', 'later looking-up, unknown'],
    ['rejected', 'end unconfirmed, rejected'],
    ['forbidden', 'end unconfirmed, rejected'],
    ['auth-revoked', 'end parked, deferred'],
  ])('%s leaves the doubt', (kind, expected) => {
    expect(told(verdictOf(facts(kind, { writing: true, doubted: true })))).toBe(expected)
  })
})

test('what is in doubt is cleared before anything else is done', () => {
  const part: PartFacts = { position: 0, sentAt: null, ref: null, publishedAt: null }
  const open = { ...part, position: 1, sentAt: now }
  expect(purposeOf([])).toBe('send')
  expect(purposeOf([{ ...part, sentAt: now, publishedAt: now }])).toBe('send')
  expect(purposeOf([part, open])).toBe('look-up')
  expect(purposeOf([{ ...open, ref: 'job' }])).toBe('poll')
  expect(purposeOf([open, { ...open, position: 2, ref: 'job' }])).toBe('poll')
})

/** One part. `mayBeThere` is what only the network knows; the rules see errors and look-ups. */
test('no sequence of errors leads from doubt to sending without proof of absence or the promise of the key', () => {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    tries: fc.integer({ min: 0, max: 12 }),
    refreshed: fc.boolean(),
    lookUpFails: fc.boolean(),
    found: fc.constantFrom<NotFound | null>({ state: 'absent' }, { state: 'unproven' }, { state: 'unsure' }, null),
    keyLifetime: fc.constantFrom(null, 3600),
    age: fc.integer({ min: 0, max: 7200 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let part: PartFacts = { position: 0, sentAt: null, ref: null, publishedAt: null }
      let mayBeThere = false
      for (const { kind, tries, refreshed, lookUpFails, found, keyLifetime, age } of steps) {
        const purpose = purposeOf([part])
        let proof = false
        if (purpose === 'look-up') {
          if (lookUpFails) {
            const verdict = verdictOf(facts(kind, { purpose, tries, refreshed }))
            // Whatever a failed look-up says, the doubt stays on record: only a write's own answer clears it.
            expect(verdict.kind === 'end' ? ['parked', 'unconfirmed'] : ['looking-up', undefined]).toContain(
              verdict.kind === 'refresh' ? undefined : verdict.state,
            )
            continue
          }
          const next = afterLookUp({
            found,
            keyLifetime,
            sentAt: inSeconds(-age),
            writtenAt: inSeconds(-age),
            now,
            tries,
          })
          if (next.kind !== 'send-again') continue
          proof =
            (found?.state === 'absent' && (keyLifetime !== null || age >= 60)) ||
            (keyLifetime !== null && age < keyLifetime && found?.state !== 'unsure')
        }
        expect(!mayBeThere || proof).toBe(true)
        // The write, and an answer that is an error. Only these two kinds may hide a success; an older doubt is not cleared by any.
        const doubted = part.sentAt !== null
        mayBeThere = doubted || kind === 'unknown' || kind === 'changed'
        const verdict = verdictOf(facts(kind, { writing: true, tries, refreshed, doubted }))
        const inDoubt = verdict.kind === 'refresh' ? doubted : !verdict.notSent
        part = { ...part, sentAt: inDoubt ? now : null }
        expect(inDoubt).toBe(mayBeThere)
        // What is in doubt is in no state in which it could be changed or taken for harmless.
        if (inDoubt && verdict.kind !== 'refresh')
          expect(['looking-up', 'unconfirmed', 'parked']).toContain(verdict.state)
      }
    }),
    { numRuns: 2000 },
  )
})
