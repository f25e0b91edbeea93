// The record key is the whole promise that nothing is posted twice, so its rules are tested over all inputs.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentOf, recordKey } from './record-key.ts'

const keys = fc.string({ minLength: 1, maxLength: 80, unit: 'binary' })
const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2250-01-01'), noInvalidDate: true })
/** https://atproto.com/specs/tid */
const format = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/

describe('recordKey', () => {
  it('is a valid timestamp identifier, the same every time', () => {
    fc.assert(
      fc.property(keys, moments, (key, moment) => {
        expect(recordKey(key, moment)).toMatch(format)
        expect(recordKey(key, moment)).toBe(recordKey(key, new Date(moment)))
      }),
    )
  })

  it('holds its moment to the millisecond', () => {
    fc.assert(
      fc.property(keys, moments, (key, moment) => {
        const number = [...recordKey(key, moment)].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n)
        expect(Number((number >> 10n) / 1000n)).toBe(moment.getTime())
      }),
    )
  })

  it('sorts as its moments do, whatever the keys', () => {
    fc.assert(
      fc.property(keys, keys, moments, moments, (one, other, a, b) => {
        if (a < b) expect(recordKey(one, a) < recordKey(other, b)).toBe(true)
      }),
    )
  })

  it('differs between keys of the same moment', () => {
    const moment = new Date('2026-11-23T09:00:00Z')
    const made = Array.from({ length: 1000 }, (_, index) => recordKey(`post-${index}/1`, moment))
    // 20 bits for half a million pairs: at most a handful may meet.
    expect(new Set(made).size).toBeGreaterThan(995)
  })

  it('never meets itself within a thread, and keeps its order', () => {
    const due = new Date('2026-11-23T09:00:00Z')
    const made = Array.from({ length: 26 }, (_, position) => recordKey(`post-1/1/${position}`, momentOf(due, position)))
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(26)
  })

  it('agrees with an identifier worked out by hand', () => {
    // 0 microseconds and clock id aside, the first digits are the time: 2026-11-23T09:00:00Z.
    expect(recordKey('a', new Date('2026-11-23T09:00:00Z')).slice(0, 8)).toBe(
      tidOf(BigInt(Date.parse('2026-11-23T09:00:00Z')) * 1000n).slice(0, 8),
    )
  })
})

const digits = '234567abcdefghijklmnopqrstuvwxyz'

function tidOf(micros: bigint): string {
  const bits = (micros << 10n).toString(2).padStart(65, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => digits[Number.parseInt(five, 2)]).join('')
}
