// Recurrence over ten years in every zone with a clock change, against an enumeration that shares no code with it.
//
// Few zones are walked, the same ones each time; EVERY_ZONE=1 walks all of them.

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { mustHappen, type Occurrence, occurrencesBetween, occurrencesFrom } from './recurrence.ts'
import { partsOf, ruleWords, weekdays } from './rules.ts'

const hour = 3600_000
const day = 24 * hour
const years = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2036, 0, 1) }

// ── Which zones, and where their clocks change ──────────────────────────────────────────────────────────────────────

interface Change {
  /** First instant of the new offset. */
  at: number
  /** Minutes by which the clock jumps; forward is positive. */
  jump: number
}

function changesOf(zone: string): Change[] {
  const found: Change[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(years.from).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= years.to) return found
    const before = next.subtract({ milliseconds: 1 })
    const jump = (next.offsetNanoseconds - before.offsetNanoseconds) / 6e10
    if (jump !== 0) found.push({ at: next.epochMilliseconds, jump })
    at = next
  }
}

const known = Intl.supportedValuesOf('timeZone')
const changing = known.flatMap((zone) => {
  const changes = changesOf(zone)
  return changes.length > 0 ? [{ zone, changes }] : []
})
const everyZone = Boolean(process.env.EVERY_ZONE)
/** One whose clock moves half an hour, one at midnight, one that changes back in summer's stead, and every twentieth. */
const always = ['Australia/Lord_Howe', 'Africa/Cairo', 'Europe/Dublin', 'America/Santiago', 'Europe/Berlin']
const walked = changing.filter(({ zone }, index) => everyZone || always.includes(zone) || index % 20 === 0)

// ── An enumeration of its own: days by arithmetic, instants by trying offsets, clocks by Intl ───────────────────────

const wallOfUtc = (ms: number): string => new Date(ms).toISOString().slice(0, 16)

const formats = new Map<string, Intl.DateTimeFormat>()
function clockAt(at: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      },
    })
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

const offsetAt = (at: number, zone: string): number =>
  Date.parse(`${clockAt(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000

/** All instants at which the clock of the zone shows this wall time. */
function instantsOf(wall: string, zone: string): number[] {
  const naive = Date.parse(`${wall}Z`)
  const offsets = new Set([naive - day, naive + day].map((at) => offsetAt(at, zone)))
  return [...offsets]
    .map((offset) => naive - offset)
    .filter((at) => clockAt(at, zone) === wall)
    .sort((a, b) => a - b)
}

/** The clock skips it: as if it had not been set forward yet. */
const afterTheChange = (wall: string, zone: string): number => {
  const naive = Date.parse(`${wall}Z`)
  return naive - Math.min(...[naive - day, naive + day].map((at) => offsetAt(at, zone)))
}

interface Plan {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  interval: number
  /** Of a week, Monday is 0; of a month the days, -1 the last. */
  days: number[]
  time: string
}

const ruleOf = ({ freq, interval, days }: Plan): string =>
  [
    `FREQ=${freq}`,
    `INTERVAL=${interval}`,
    ...(freq === 'WEEKLY' ? [`BYDAY=${days.map((each) => weekdays[each]).join(',')}`] : []),
    ...(freq === 'MONTHLY' ? [`BYMONTHDAY=${days.join(',')}`] : []),
  ].join(';')

function daysOf({ freq, interval, days }: Plan): string[] {
  const found: string[] = []
  const start = new Date(years.from)
  const monday = years.from - ((start.getUTCDay() + 6) % 7) * day
  for (let at = years.from; at < years.to; at += day) {
    const date = new Date(at)
    const months = (date.getUTCFullYear() - start.getUTCFullYear()) * 12 + date.getUTCMonth() - start.getUTCMonth()
    const isLast = new Date(at + day).getUTCDate() === 1
    const fits = {
      DAILY: ((at - years.from) / day) % interval === 0,
      WEEKLY: Math.floor((at - monday) / (7 * day)) % interval === 0 && days.includes((date.getUTCDay() + 6) % 7),
      MONTHLY: months % interval === 0 && (days.includes(date.getUTCDate()) || (isLast && days.includes(-1))),
    }[freq]
    if (fits) found.push(wallOfUtc(at).slice(0, 10))
  }
  return found
}

const expected = (plan: Plan, zone: string) =>
  daysOf(plan).map((date) => {
    const wall = `${date}T${plan.time}`
    const [first, second] = instantsOf(wall, zone)
    return { wall, at: first ?? afterTheChange(wall, zone), exists: first !== undefined, twice: second !== undefined }
  })

const found = (plan: Plan, zone: string): Occurrence[] =>
  occurrencesFrom(
    { rule: ruleOf(plan), startWall: `2026-01-01T${plan.time}`, zone, endsBefore: '2036-01-01T00:00' },
    '2026-01-01T00:00',
    5000,
  )

/** A time of day that this zone's clocks skip or repeat: where mistakes are. */
function riskyTime({ at, jump }: Change, zone: string, share: number): string {
  const begin = Date.parse(`${clockAt(at, zone)}Z`)
  const minutes = Math.floor(Math.abs(jump) * share)
  const inside = jump > 0 ? begin - (minutes + 1) * 60_000 : begin + minutes * 60_000
  return wallOfUtc(inside).slice(11)
}

const plan = fc.oneof(
  fc.record({
    freq: fc.constant('DAILY' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    days: fc.constant([] as number[]),
  }),
  fc.record({
    ...{ freq: fc.constant('WEEKLY' as const), interval: fc.integer({ min: 1, max: 4 }) },
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
  }),
  fc.record({
    ...{ freq: fc.constant('MONTHLY' as const), interval: fc.integer({ min: 1, max: 5 }) },
    days: fc.uniqueArray(fc.constantFrom(1, 15, 28, 29, 30, 31, -1), { minLength: 1 }),
  }),
)

function examine(planned: Plan, zone: string): { count: number; moved: number; twice: number } {
  const [ours, theirs] = [found(planned, zone), expected(planned, zone)]
  expect(ours.map(({ wall }) => wall)).toEqual(theirs.map(({ wall }) => wall))
  let last = Number.NEGATIVE_INFINITY
  for (const [index, { wall, at, movedTo, twice }] of ours.entries()) {
    const other = theirs[index]!
    const told = `${zone} ${wall}`
    expect(at.getTime(), told).toBeGreaterThan(last)
    expect(at.getTime(), told).toBe(other.at)
    expect(clockAt(at.getTime(), zone), told).toBe(movedTo ?? wall)
    expect([movedTo === null, twice], told).toEqual([other.exists, other.twice])
    last = at.getTime()
  }
  return {
    count: ours.length,
    moved: ours.filter(({ movedTo }) => movedTo).length,
    twice: ours.filter(({ twice }) => twice).length,
  }
}

describe('ten years', () => {
  test(`in ${everyZone ? 'every zone' : 'a sample of the zones'} whose clocks change`, {
    timeout: everyZone ? 3_600_000 : 300_000,
  }, () => {
    const sum = { occurrences: 0, moved: 0, twice: 0 }
    for (const [index, { zone, changes }] of walked.entries()) {
      const [some] = fc.sample(
        fc.record({ plan, which: fc.nat(), share: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
        { seed: index, numRuns: 1 },
      )
      const time = riskyTime(changes[some!.which % changes.length]!, zone, some!.share)
      const random = { ...some!.plan, time }
      const daily: Plan = { freq: 'DAILY', interval: 1, days: [], time }
      for (const each of everyZone || index % 4 === 0 ? [random, daily] : [random]) {
        const { moved, twice } = examine(each, zone)
        sum.occurrences += found(each, zone).length
        sum.moved += moved
        sum.twice += twice
      }
    }
    process.stdout.write(
      `recurrence: ${walked.length} of ${changing.length} zones with a clock change (${known.length} zones known), ${sum.occurrences} occurrences, ${sum.moved} moved over a gap, ${sum.twice} at a time that comes twice\n`,
    )
    expect(walked.length).toBeGreaterThan(10)
    expect(sum.moved).toBeGreaterThan(10)
    expect(sum.twice).toBeGreaterThan(10)
  })

  test('windows of a series join without a gap and without a double', () => {
    const schedule = { rule: 'FREQ=DAILY', startWall: '2026-02-01T02:30', zone: 'Europe/Berlin', endsBefore: null }
    const whole = occurrencesBetween(schedule, '2026-02-01T00:00', '2026-12-01T00:00', 400)
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }), (cuts) => {
        const at = (offset: number) => wallOfUtc(Date.UTC(2026, 1, 1) + offset * day)
        const edges = ['2026-02-01T00:00', ...cuts.sort((a, b) => a - b).map(at), '2026-12-01T00:00']
        const parts = edges.slice(1).flatMap((to, index) => occurrencesBetween(schedule, edges[index]!, to, 400))
        expect(parts).toEqual(whole)
      }),
      { numRuns: 4 },
    )
  })
})

describe('rules', () => {
  const base = { startWall: '2026-01-29T09:00', zone: 'Europe/Berlin', endsBefore: null }
  const first = (rule: string, most = 3) =>
    occurrencesFrom({ ...base, rule: mustHappen(base, rule).rule }, base.startWall, most).map(({ wall }) =>
      wall.slice(0, 10),
    )

  test.each([
    ['FREQ=MONTHLY;BYDAY=2TU', ['2026-02-10', '2026-03-10', '2026-04-14']],
    ['FREQ=MONTHLY;BYDAY=-1FR', ['2026-01-30', '2026-02-27', '2026-03-27']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', ['2026-01-30', '2026-02-27', '2026-03-31']],
    ['RRULE:freq=weekly;interval=2;byday=th', ['2026-01-29', '2026-02-12', '2026-02-26']],
    ['FREQ=DAILY;COUNT=2', ['2026-01-29', '2026-01-30']],
    ['FREQ=DAILY;UNTIL=20260130', ['2026-01-29', '2026-01-30']],
    // 08:00 UTC is 09:00 in Berlin: the last one is part of it (RFC 5545 3.3.10).
    ['FREQ=DAILY;UNTIL=20260130T080000Z', ['2026-01-29', '2026-01-30']],
    ['FREQ=DAILY;UNTIL=20260130T075900Z', ['2026-01-29']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', ['2028-02-29', '2032-02-29', '2036-02-29']],
  ])('%s', (rule, days) => {
    expect(first(rule)).toEqual(days)
  })

  test.each([
    ['FREQ=HOURLY', 'rule-too-often', 'HOURLY'],
    ['FREQ=DAILY;BYHOUR=9,17', 'rule-has-a-time', 'BYHOUR'],
    ['BYDAY=MO', 'rule-without-frequency', 'FREQ'],
    ['FREQ=WEEKLY;BYDAY=XX', 'rule-value-wrong', 'BYDAY=XX'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'rule-value-wrong', 'BYMONTHDAY=32'],
    ['FREQ=DAILY;INTERVAL=0', 'rule-value-wrong', 'INTERVAL=0'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20260301', 'rule-parts-clash', 'COUNT, UNTIL'],
    ['FREQ=DAILY;UNTIL=20260230', 'rule-value-wrong', 'UNTIL=20260230'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'rule-parts-clash', 'BYDAY=2MO, FREQ=WEEKLY'],
    ['FREQ=DAILY;FREQ=DAILY', 'rule-part-twice', 'FREQ'],
    ['every monday', 'rule-part-not-known', 'EVERY MONDAY'],
    ['FREQ=DAILY;UNTIL=20250101', 'rule-never-happens', undefined],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'rule-never-happens', undefined],
  ])('%s is refused by name', (rule, code, part) => {
    const refused = (() => {
      try {
        return mustHappen(base, rule)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code, field: 'rule', params: part ? { part } : {} })
  })

  test('reading and writing agree', () => {
    fc.assert(
      fc.property(plan, (some) => {
        const rule = ruleOf({ ...some, time: '09:00' })
        const read = partsOf(rule)
        expect('parts' in read).toBe(true)
        expect(mustHappen(base, mustHappen(base, rule).rule)).toEqual(mustHappen(base, rule))
      }),
      { numRuns: 30 },
    )
  })

  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10', 'every 2 weeks on Monday and Thursday, 10 times'],
    ['FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231', 'every month on the last Friday, until 2026-12-31'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
  ])('%s in words', (rule, words) => {
    expect(ruleWords(rule)).toBe(words)
  })
})
