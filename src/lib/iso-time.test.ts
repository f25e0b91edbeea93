// The fast way reads what the engine reads.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoTexts, isoTime } from './iso-time.ts'

test('every time that a machine writes is read as the engine reads it', () => {
  const time = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(time, fc.constantFrom('', '.1', '.12', '.123', '.123456', '.123456789'), (date, fraction) => {
      const text = `${date.toISOString().slice(0, 19)}${fraction}Z`
      expect(isoTime(text)).toBe(Date.parse(text))
    }),
    { numRuns: 2_000 },
  )
})

test('so is everything else', () => {
  const odd = ['', 'yesterday', '2026-11-20', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-11-20T24:00:00Z']
  const more = ['2026-11-20T12:00:00+02:00', '2026-11-20T12:00:00.Z', '2026/11/20T12:00:00Z', '2026-11-20T12:0a:00Z']
  for (const text of [...odd, ...more, '2026-11-31T12:00:00Z', '+012026-11-20T12:00:00Z', '2026-11-20T12:00:00,5Z'])
    expect([text, isoTime(text)]).toEqual([text, Date.parse(text)])
  fc.assert(
    fc.property(fc.string({ minLength: 20, maxLength: 30 }), fc.integer({ min: 0, max: 19 }), (noise, at) => {
      const text = `2026-11-20T12:34:56.789Z`
      const spoiled = `${text.slice(0, at)}${noise[0]}${text.slice(at + 1)}`
      expect(isoTime(spoiled)).toEqual(Date.parse(spoiled))
    }),
    { numRuns: 2_000 },
  )
})

test('many times are written as the engine writes each', () => {
  const moment = fc.date({ min: new Date('-000100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 20 }), (dates) => {
      expect(isoTexts(dates.map((date) => date.getTime()))).toEqual(dates.map((date) => date.toISOString()))
    }),
    { numRuns: 1_000 },
  )
})
