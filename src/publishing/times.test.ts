// Wall times in zones of every kind: each round-trips, or is told never to happen or to happen twice; slots are free, ahead and real.

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { instantOf, nextFreeSlot, type Slot, slotsFor, wallOf } from './times.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  // Half an hour of summer time.
  'Australia/Lord_Howe',
  // Three quarters of an hour from everybody else.
  'Asia/Kathmandu',
  // Summer time ends at midnight, so that a day begins twice.
  'America/Havana',
  // Left out a whole day in 2011.
  'Pacific/Apia',
  // Summer time during winter.
  'Europe/Dublin',
  '+05:30',
] as const

describe('instantOf', () => {
  test.each<[string, string, string | null, 'once' | 'twice' | 'never', string?]>([
    ['2026-07-01T12:00', 'UTC', '2026-07-01T12:00Z', 'once'],
    ['2026-07-01T12:00', 'Asia/Kathmandu', '2026-07-01T06:15Z', 'once'],
    ['2026-07-01T12:00:30', 'UTC', '2026-07-01T12:00:30Z', 'once'],
    ['2027-03-28T01:59', 'Europe/Berlin', '2027-03-28T00:59Z', 'once'],
    ['2027-03-28T02:00', 'Europe/Berlin', null, 'never', '2027-03-28T03:00'],
    ['2027-03-28T02:59', 'Europe/Berlin', null, 'never', '2027-03-28T03:59'],
    ['2027-03-28T03:00', 'Europe/Berlin', '2027-03-28T01:00Z', 'once'],
    ['2027-10-31T01:59', 'Europe/Berlin', '2027-10-30T23:59Z', 'once'],
    ['2027-10-31T02:00', 'Europe/Berlin', '2027-10-31T00:00Z', 'twice'],
    ['2027-10-31T02:59', 'Europe/Berlin', '2027-10-31T00:59Z', 'twice'],
    ['2027-10-31T03:00', 'Europe/Berlin', '2027-10-31T02:00Z', 'once'],
    ['2027-03-14T02:30', 'America/New_York', null, 'never', '2027-03-14T03:30'],
    ['2027-11-07T01:30', 'America/New_York', '2027-11-07T05:30Z', 'twice'],
    ['2027-10-03T02:15', 'Australia/Lord_Howe', null, 'never', '2027-10-03T02:45'],
    ['2027-10-03T02:30', 'Australia/Lord_Howe', '2027-10-02T15:30Z', 'once'],
    ['2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45Z', 'twice'],
    ['2011-12-30T12:00', 'Pacific/Apia', null, 'never', '2011-12-31T12:00'],
    ['0000-01-01T00:00', 'UTC', '0000-01-01T00:00Z', 'once'],
    ['9999-12-31T23:59', 'UTC', '9999-12-31T23:59Z', 'once'],
  ])('%s in %s', (wall, zone, at, kind, suggested) => {
    const expected = at === null ? { kind, suggested } : { kind, at: new Date(at) }
    expect(instantOf({ wall, zone })).toEqual(expected)
  })

  test('every wall time means the instant that shows it, and what is suggested instead of one that does not exist does exist', () => {
    // Minutes around the changes of the clock as well as anywhere else.
    const minute = fc.integer({ min: Date.parse('2011-12-01Z') / 60_000, max: Date.parse('2040-01-01Z') / 60_000 })
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
        const wall = new Date(minutes * 60_000).toISOString().slice(0, 16)
        const meaning = instantOf({ wall, zone })
        if (meaning.kind === 'never') {
          const instead = instantOf({ wall: meaning.suggested, zone })
          expect(instead.kind).not.toBe('never')
          expect(meaning.suggested > wall).toBe(true)
        } else {
          expect(wallOf(meaning.at, zone)).toBe(wall)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('every minute of the days on which clocks change is told truly', () => {
    const days = { 'Europe/Berlin': ['2027-03-28', '2027-10-31'], 'Australia/Lord_Howe': ['2027-10-03', '2027-04-04'] }
    for (const [zone, dates] of Object.entries(days)) {
      const counts = dates.map((date) => {
        const kinds = Array.from({ length: 1440 }, (_, minute) => {
          const wall = `${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          return instantOf({ wall, zone }).kind
        })
        return {
          never: kinds.filter((kind) => kind === 'never').length,
          twice: kinds.filter((kind) => kind === 'twice').length,
        }
      })
      const shift = zone === 'Europe/Berlin' ? 60 : 30
      expect(counts).toEqual([
        { never: shift, twice: 0 },
        { never: 0, twice: shift },
      ])
    }
  })
})

test('wallOf and instantOf agree on every instant: once back, or an hour that comes twice', () => {
  const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (date, zone) => {
      const at = new Date(Math.floor(date.getTime() / 60_000) * 60_000)
      const meaning = instantOf({ wall: wallOf(at, zone), zone })
      if (meaning.kind === 'never') throw new Error('a shown time always exists')
      if (meaning.kind === 'once') expect(meaning.at).toEqual(at)
      else expect([0, 30, 60]).toContain((at.getTime() - meaning.at.getTime()) / 60_000)
    }),
    { numRuns: 2000 },
  )
})

describe('nextFreeSlot', () => {
  const monday: Slot = { day: 1, time: '09:30' }
  const friday: Slot = { day: 5, time: '17:00' }
  const now = new Date('2026-11-23T08:30Z')

  test.each<[string, Slot[], string, string[], string | null]>([
    ['later today', [monday], 'UTC', [], '2026-11-23T09:30'],
    ['this very minute is over in Berlin', [monday], 'Europe/Berlin', [], '2026-11-30T09:30'],
    ['in the order of days, not of the list', [friday, monday], 'UTC', [], '2026-11-23T09:30'],
    ['the taken one is left out', [friday, monday], 'UTC', ['2026-11-23T09:30:20Z'], '2026-11-27T17:00'],
    ['no slots', [], 'UTC', [], null],
    [
      'a slot in the hour that is skipped waits a week',
      [{ day: 7, time: '02:30' }],
      'Europe/Berlin',
      [],
      '2026-11-29T02:30',
    ],
  ])('%s', (_, slots, zone, taken, wall) => {
    expect(
      nextFreeSlot(
        slots,
        zone,
        now,
        taken.map((at) => new Date(at)),
      )?.wall ?? null,
    ).toBe(wall)
  })

  test('a slot that the clock skips does not happen that day', () => {
    const before = new Date('2027-03-27T12:00Z')
    const found = nextFreeSlot([{ day: 7, time: '02:30' }], 'Europe/Berlin', before, [])
    expect(found).toEqual({ wall: '2027-04-04T02:30', zone: 'Europe/Berlin', at: new Date('2027-04-04T00:30Z') })
  })

  test('a full year of taken slots is told as none', () => {
    const taken = Array.from(
      { length: 60 },
      (_, week) => new Date(Date.parse('2026-11-23T09:30Z') + week * 7 * 86_400_000),
    )
    expect(nextFreeSlot([monday], 'UTC', now, taken)).toBeNull()
  })

  test('is never taken, past, of another day or time than a slot, or a time that does not exist', () => {
    const slot = fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      time: fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
    })
    const instant = fc.date({ min: new Date('2027-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    const given = fc.record({
      slots: fc.array(slot, { minLength: 1, maxLength: 8 }),
      zone: fc.constantFrom(...zones),
      now: instant,
    })
    fc.assert(
      fc.property(given, ({ slots, zone, now }) => {
        // Each answer becomes taken: the next one must be another, later one.
        const taken: Date[] = []
        for (let round = 0; round < 12; round++) {
          const found = nextFreeSlot(slots, zone, now, taken)!
          expect(found.at > now).toBe(true)
          expect(wallOf(found.at, zone)).toBe(found.wall)
          const date = Temporal.PlainDateTime.from(found.wall)
          expect(slots.some(({ day, time }) => day === date.dayOfWeek && found.wall.endsWith(`T${time}`))).toBe(true)
          expect(taken.every((at) => at < found.at)).toBe(true)
          taken.push(found.at)
        }
      }),
      { numRuns: 150 },
    )
  })
})

test('slots kept for one kind of post serve that kind alone; those of any serve both', () => {
  const slots: Slot[] = [
    { day: 1, time: '09:00' },
    { day: 1, time: '10:00', for: 'campaign' },
    { day: 1, time: '11:00', for: 'always-on' },
  ]
  expect(slotsFor(slots, 'campaign').map(({ time }) => time)).toEqual(['09:00', '10:00'])
  expect(slotsFor(slots, 'always-on').map(({ time }) => time)).toEqual(['09:00', '11:00'])
})
