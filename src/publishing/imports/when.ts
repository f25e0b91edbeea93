// Reads days and times as people and tools write them, into wall times.

import { Temporal } from 'temporal-polyfill'

export type DayOrder = 'ymd' | 'dmy' | 'mdy'

interface Written {
  /** The three numbers in their order, or null where the year comes first and nothing is unsure. */
  parts: [number, number, number]
  yearFirst: boolean
  rest: string
}

/** What a cell says before anybody knows whether day or month comes first; null: it begins with no day. */
export function readDay(cell: string): Written | null {
  const text = cell.trim()
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)$/s.exec(text)
  if (iso) return { parts: [Number(iso[1]), Number(iso[2]), Number(iso[3])], yearFirst: true, rest: iso[4]! }
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)(.*)$/s.exec(text)
  if (other) return { parts: [Number(other[1]), Number(other[2]), Number(other[3])], yearFirst: false, rest: other[4]! }
  return null
}

/** By the days that leave no doubt; null: every one of them could be meant either way, or they contradict each other. */
export function dayOrderOf(cells: string[]): { order: DayOrder; sure: boolean } {
  const written = cells.flatMap((cell) => readDay(cell) ?? []).filter(({ yearFirst }) => !yearFirst)
  if (written.length === 0) return { order: 'ymd', sure: true }
  const dayFirst = written.some(({ parts }) => parts[0] > 12)
  const monthFirst = written.some(({ parts }) => parts[1] > 12)
  if (dayFirst !== monthFirst) return { order: dayFirst ? 'dmy' : 'mdy', sure: true }
  // Points are between days and months where the day comes first.
  const points = cells.filter((cell) => /^\s*\d{1,2}\.\d{1,2}\./.test(cell)).length
  return { order: points > cells.length / 2 ? 'dmy' : 'mdy', sure: false }
}

export type WhenRead =
  | { kind: 'none' }
  | { kind: 'wall'; wall: string }
  | { kind: 'wrong'; code: 'day-not-readable' | 'day-does-not-exist' | 'time-not-readable' | 'time-missing' }

/** `zone` is where an instant with an offset is told as a wall time. */
export function readWhen(day: string, time: string, { order, zone }: { order: DayOrder; zone: string }): WhenRead {
  if (day.trim() === '') return time.trim() === '' ? { kind: 'none' } : { kind: 'wrong', code: 'day-not-readable' }
  const written = readDay(day)
  if (!written) return { kind: 'wrong', code: 'day-not-readable' }
  const [a, b, c] = written.parts
  const [year, month, date] = written.yearFirst ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b]
  const clock = readClock(time.trim() === '' ? written.rest : time)
  if (clock === 'missing') return { kind: 'wrong', code: 'time-missing' }
  if (clock === null) return { kind: 'wrong', code: 'time-not-readable' }
  try {
    const plain = Temporal.PlainDateTime.from({ year, month, day: date, ...clock.at }, { overflow: 'reject' })
    const offset = clock.offset
    const wall = offset ? inZone(plain, offset, zone) : plain
    // Beyond them a year is written in another way, and the database has no year 0.
    if (wall.year < 1 || wall.year > 9999) return { kind: 'wrong', code: 'day-does-not-exist' }
    return { kind: 'wall', wall: wall.toString({ smallestUnit: 'minute' }) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { kind: 'wrong', code: 'day-does-not-exist' }
  }
}

const inZone = (plain: Temporal.PlainDateTime, offset: string, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.from(`${plain.toString({ smallestUnit: 'second' })}${offset}`)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()

const clockForm =
  /^[T,\s]*(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/** Longer than any time is written; what is looked at by a pattern must have an end. */
const longestClock = 100

function readClock(text: string): { at: { hour: number; minute: number }; offset: string | null } | 'missing' | null {
  const written = text.trim()
  if (written === '') return 'missing'
  const found = written.length > longestClock ? null : clockForm.exec(written)
  if (!found) return null
  const [, hours, minutes, , half, offset] = found
  if (minutes === undefined && !half) return null
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)]
  if (minute > 59 || (half ? hour < 1 || hour > 12 : hour > 23)) return null
  const shifted = half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour
  return { at: { hour: shifted, minute }, offset: offset ? offsetOf(offset) : null }
}

const offsetOf = (text: string): string =>
  /^(z|utc)$/i.test(text) ? '+00:00' : text.includes(':') ? text : `${text.slice(0, 3)}:${text.slice(3)}`
