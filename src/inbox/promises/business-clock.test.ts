// The business clock against one that looks at the wall each minute: every zone, every change of the clocks, split shifts and holidays.

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { loadDaysOff } from '../../publishing/holidays/holiday-data.ts'
import {
  addBusiness,
  type BusinessClock,
  businessClock,
  businessMs,
  calendarClock,
  type DaysOff,
  isOpen,
  nextOpen,
  openSpans,
} from './business-clock.ts'
import { type BusinessHours, businessHours } from './types.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const at = (text: string): Date => new Date(text)
const hours = (given: Partial<BusinessHours>): BusinessHours => businessHours.parse({ zone: 'UTC', week: [], ...given })
const weekdays = (from: string, to: string) => [1, 2, 3, 4, 5].map((day) => ({ day, from, to }))
const hoursBetween = (clock: BusinessClock, from: string, to: string) => businessMs(clock, at(from), at(to)) / hourMs

describe('the published examples', () => {
  const berlin = businessClock(hours({ zone: 'Europe/Berlin', week: weekdays('09:00', '17:00') }))
  test('Friday 16:30 to Monday 09:30, open from 9 to 17: 1.0 h of business, 65.0 h on the wall', () => {
    const [from, to] = ['2026-11-27T15:30Z', '2026-11-30T08:30Z']
    expect(hoursBetween(berlin, from, to)).toBe(1)
    expect(businessMs(calendarClock, at(from), at(to)) / hourMs).toBe(65)
  })

  test.each([
    ['in spring the night shift is an hour shorter', '2027-03-27T12:00Z', '2027-03-28T12:00Z', 7],
    ['in autumn it is an hour longer', '2027-10-30T12:00Z', '2027-10-31T12:00Z', 9],
    ['in any other night it has its hours', '2027-06-05T12:00Z', '2027-06-06T12:00Z', 8],
  ])('%s', (_, from, to, expected) => {
    const night = businessClock(hours({ zone: 'Europe/Berlin', week: [{ day: 6, from: '22:00', to: '06:00' }] }))
    expect(hoursBetween(night, from, to)).toBe(expected)
  })

  test('a holiday of the place is closed, and only there', async () => {
    const given = { zone: 'Europe/Berlin', week: weekdays('09:00', '17:00') }
    const bavaria = { country: 'DE', state: 'BY', region: null }
    const daysOff = await loadDaysOff([bavaria])
    const munich = businessClock(hours({ ...given, holidays: [bavaria] }), daysOff)
    // Epiphany, a Wednesday, is a day off in Bavaria and none in Berlin; New Year's Day is one in both.
    const [tuesday, thursday] = ['2027-01-05T16:00Z', '2027-01-07T08:30Z']
    expect([munich, berlin].map((clock) => hoursBetween(clock, tuesday, thursday))).toEqual([0.5, 8.5])
  })

  test('days of our own are closed, night shifts included; extra hours are open on them', () => {
    const nights = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '22:00', to: '02:00' }))
    const closed = [{ day: '2026-12-25', name: 'party' }]
    const whole = ['2026-12-24T12:00Z', '2026-12-27T12:00Z'] as const
    const spansOf = (extra: BusinessHours['extra']) =>
      openSpans(businessClock(hours({ week: nights, closed, extra })), at(whole[0]), at(whole[1])).map((span) =>
        [span.from, span.to].map((each) => each.toISOString().slice(8, 16)).join(' '),
      )
    expect(spansOf([])).toEqual(['24T22:00 25T00:00', '26T22:00 27T02:00'])
    expect(spansOf([{ day: '2026-12-25', from: '23:00', to: '01:00' }])).toEqual([
      '24T22:00 25T00:00',
      '25T23:00 26T01:00',
      '26T22:00 27T02:00',
    ])
  })
})

describe('the end of what is open', () => {
  const berlin = businessClock(hours({ zone: 'Europe/Berlin', week: weekdays('09:00', '17:00') }))
  test.each<[string, string, number, string]>([
    ['within a day', '2026-11-27T09:00Z', 60, '2026-11-27T10:00Z'],
    ['exactly at its end', '2026-11-27T15:00Z', 60, '2026-11-27T16:00Z'],
    ['a minute after it', '2026-11-27T15:00Z', 61, '2026-11-30T08:01Z'],
    ['from a closed day', '2026-11-28T10:00Z', 30, '2026-11-30T08:30Z'],
    ['over the turn of the year', '2026-12-31T15:30Z', 60, '2027-01-01T08:30Z'],
    ['of a whole year', '2026-11-27T08:00Z', 261 * 8 * 60, '2027-11-26T16:00Z'],
  ])('%s', (_, from, minutes, expected) => {
    expect(addBusiness(berlin, at(from), minutes * minuteMs)).toEqual(at(expected))
  })

  test('that never comes is null', () => {
    const never = businessClock(hours({}))
    expect([addBusiness(never, at('2026-01-01'), 1), nextOpen(never, at('2026-01-01'))]).toEqual([null, null])
    const once = businessClock(hours({ extra: [{ day: '2031-01-01', from: '10:00', to: '12:00' }] }))
    expect(addBusiness(once, at('2026-01-01'), 2 * hourMs)).toEqual(at('2031-01-01T12:00Z'))
    expect(addBusiness(once, at('2026-01-01'), 2 * hourMs + 1)).toBeNull()
    expect(nextOpen(once, at('2031-01-01T12:00Z'))).toBeNull()
    const always = new Set<string>()
    for (let day = Date.parse('2026-01-01'); day < Date.parse('2050-01-01'); day += 24 * hourMs)
      always.add(new Date(day).toISOString().slice(0, 10))
    const closed = businessClock(hours({ week: weekdays('09:00', '10:00') }), () => always)
    expect([addBusiness(closed, at('2026-01-01'), 1), nextOpen(closed, at('2026-01-01'))]).toEqual([null, null])
  })
})

/** What the wall shows, asked of another implementation of zones. */
function wallAt(instant: number, zone: string): { day: string; before: string; weekday: number; minute: number } {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const day = wall.toPlainDate()
  return {
    day: day.toString(),
    before: day.subtract({ days: 1 }).toString(),
    weekday: day.dayOfWeek,
    minute: wall.hour * 60 + wall.minute,
  }
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Whether this very minute is open, by the rules as the guide says them. */
function openByTheWall(given: BusinessHours, daysOff: DaysOff, instant: number): boolean {
  const { day, before, weekday, minute } = wallAt(instant, given.zone)
  const closed = (name: string) =>
    given.closed.some((each) => each.day === name) || daysOff(Number(name.slice(0, 4))).has(name)
  const begun = ({ from, to }: { from: string; to: string }) =>
    minute >= minuteOf(from) && (minute < minuteOf(to) || to <= from)
  const goingOn = ({ from, to }: { from: string; to: string }) => to <= from && minute < minuteOf(to)
  const weekdayBefore = ((weekday + 5) % 7) + 1
  return (
    given.extra.some((each) => (each.day === day && begun(each)) || (each.day === before && goingOn(each))) ||
    (!closed(day) &&
      given.week.some(
        (each) =>
          (each.day === weekday && begun(each)) || (each.day === weekdayBefore && goingOn(each) && !closed(before)),
      ))
  )
}

/** Every minute of the time: both clocks agree on each of them, on sums, on the first that is open and on the last of any amount. */
function agree(given: BusinessHours, daysOff: DaysOff, { from, minutes }: { from: number; minutes: number }): void {
  const clock = businessClock(given, daysOff)
  const open = Array.from({ length: minutes }, (_, index) => openByTheWall(given, daysOff, from + index * minuteMs))
  const [begin, end] = [new Date(from), new Date(from + minutes * minuteMs)]
  const shown = open.map((_, index) => isOpen(clock, new Date(from + index * minuteMs)))
  expect(shown).toEqual(open)
  const total = open.filter(Boolean).length
  expect(businessMs(clock, begin, end)).toBe(total * minuteMs)
  let sum = 0
  for (const [index, isIt] of open.entries()) {
    if (isIt) sum += 1
    if (index % 37 !== 0 || !isIt) continue
    const until = new Date(from + (index + 1) * minuteMs)
    expect(businessMs(clock, begin, until)).toBe(sum * minuteMs)
    expect(addBusiness(clock, begin, sum * minuteMs)).toEqual(until)
  }
  const first = open.indexOf(true)
  if (first >= 0) expect(nextOpen(clock, begin)).toEqual(new Date(from + first * minuteMs))
  const spans = openSpans(clock, begin, end)
  expect(spans.length).toBe(open.filter((each, index) => each && !open[index - 1]).length)
  expect(spans.reduce((sum, span) => sum + span.to.getTime() - span.from.getTime(), 0)).toBe(total * minuteMs)
}

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const minutes = quarter * 15 + (quarter % 4 === 3 ? 2 : 0)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
})
const span = fc.tuple(time, fc.oneof(time, fc.constant('24:00'))).filter(([from, to]) => from !== to)
const weekday = fc.integer({ min: 1, max: 7 })

/** Split shifts, shifts that overlap, nights; closed and extra days near the middle of the time. */
const anyHours = (zone: string, middle: number): fc.Arbitrary<BusinessHours> => {
  const near = fc
    .integer({ min: -2, max: 2 })
    .map((days) => new Date(middle + days * 24 * hourMs).toISOString().slice(0, 10))
  return fc.record({
    zone: fc.constant(zone),
    week: fc.array(
      fc.tuple(weekday, span).map(([day, [from, to]]) => ({ day, from, to })),
      { minLength: 4, maxLength: 20 },
    ),
    holidays: fc.constant([]),
    closed: fc.array(
      near.map((day) => ({ day, name: '' })),
      { maxLength: 2 },
    ),
    extra: fc.array(
      fc.tuple(near, span).map(([day, [from, to]]) => ({ day, from, to })),
      { maxLength: 2 },
    ),
  })
}

/** The change of the clocks nearest after the instant, by the other implementation; the instant itself where there is none. */
function changeAfter(zone: string, from: string): number {
  const zoned = Temporal.Instant.from(from).toZonedDateTimeISO(zone)
  return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds
}

describe('against a clock that looks at the wall each minute', () => {
  test('in every zone, around a change of its clocks', () => {
    for (const [index, zone] of Intl.supportedValuesOf('timeZone').entries()) {
      const middle = changeAfter(zone, `${2024 + (index % 6)}-${index % 2 ? '01' : '07'}-01T00:00:00Z`)
      const [given] = fc.sample(anyHours(zone, middle), { numRuns: 1, seed: index })
      agree(businessHours.parse(given), () => new Set(), { from: middle - 3 * hourMs, minutes: 6 * 60 })
    }
  }, 120_000)

  const days = ['2026-12-25', '2027-03-28', '2011-12-31', '2027-11-01', '2027-01-01']
  const quirks: [zone: string, after: string][] = [
    ['Europe/Berlin', '2027-01-01T00:00:00Z'],
    ['Europe/Berlin', '2027-07-01T00:00:00Z'],
    ['America/New_York', '2027-07-01T00:00:00Z'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', '2027-01-01T00:00:00Z'],
    ['Australia/Lord_Howe', '2027-07-01T00:00:00Z'],
    // Left out 30 December 2011; two islands of the same ocean did so in other years.
    ['Pacific/Apia', '2011-12-01T00:00:00Z'],
    ['Pacific/Kwajalein', '1993-08-01T00:00:00Z'],
    // Changes at midnight: a day that begins twice, and one that begins at one o'clock.
    ['America/Havana', '2027-07-01T00:00:00Z'],
    ['Africa/Cairo', '2027-01-01T00:00:00Z'],
    // Two hours at once.
    ['Antarctica/Troll', '2027-01-01T00:00:00Z'],
    ['Asia/Kathmandu', '2027-01-01T00:00:00Z'],
    // The turn of a year lies in the middle.
    ['UTC', '2026-12-31T23:30:00Z'],
    ['Pacific/Kiritimati', '2026-12-31T23:30:00Z'],
  ]

  test.each(quirks)('in %s, at the change after %s, with days off', (zone, after) => {
    const middle = changeAfter(zone, after)
    const daysOff: DaysOff = (year) => new Set(days.filter((each) => each.startsWith(String(year))))
    fc.assert(
      fc.property(anyHours(zone, middle), fc.integer({ min: 0, max: 59 }), (given, minute) => {
        agree(given, daysOff, { from: middle - 24 * hourMs - minute * minuteMs, minutes: 44 * 60 })
      }),
      { numRuns: 8 },
    )
  })

  test('amounts and instants lead to each other and add up, over years', () => {
    const instant = fc.date({ min: at('2005-01-01'), max: at('2040-01-01'), noInvalidDate: true })
    const zones = fc.constantFrom(...quirks.map(([zone]) => zone))
    const given = zones.chain((zone) => fc.tuple(anyHours(zone, Date.parse('2027-01-01')), instant, instant, instant))
    fc.assert(
      fc.property(given, ([hours, ...instants]) => {
        const clock = businessClock(hours)
        const [one, two, three] = instants.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date, Date]
        const first = businessMs(clock, one, two)
        expect(first + businessMs(clock, two, three)).toBe(businessMs(clock, one, three))
        const reached = addBusiness(clock, one, first)!
        expect(reached.getTime()).toBeLessThanOrEqual(two.getTime())
        expect(businessMs(clock, one, reached)).toBe(first)
        expect(businessMs(clock, reached, two)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})
