// Times as people read them: in a zone, relative, and back from what they typed. Pure; the present is an argument.

export type TimeStyle = 'moment' | 'date' | 'short' | 'day' | 'time' | 'exact'

const styles: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  exact: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  },
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(style: TimeStyle, zone: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${style} ${zone} ${withYear}`
  const known = formats.get(key)
  if (known) return known
  const options = { ...styles[style], timeZone: zone, ...(withYear ? { year: 'numeric' as const } : {}) }
  const made = new Intl.DateTimeFormat('en-GB', options)
  formats.set(key, made)
  return made
}

/** “9 Aug, 14:30”; with the year where it is not this one. */
export function timeIn(at: Date, zone: string, style: TimeStyle, now: Date): string {
  const otherYear = style === 'moment' && at.getUTCFullYear() !== now.getUTCFullYear()
  return formatOf(style, zone, otherYear).format(at)
}

/** A day of the calendar (`2026-12-01`), wherever one is: “1 Dec 2026”, or “1 Dec” where it is short. */
export const dayText = (day: string, style: 'date' | 'short' = 'date'): string =>
  formatOf(style, 'UTC', false).format(new Date(`${day}T00:00Z`))

/** The same where a text may be one: `2026-12-01` is written out, anything else stays. */
export const dayOr = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? dayText(text) : text

/** “2026-11-02 to 2026-11-16” with both days written out. */
export const spanText = (text: string): string => text.split(' to ').map(dayOr).join(' to ')

/** A clock's own time (`2026-12-01T09:30`), in whatever zone: “1 Dec 2026, 09:30”. */
export const wallText = (wall: string): string => `${dayText(wall.slice(0, 10))}, ${wall.slice(11, 16)}`

/** Whether both zones show the same clock at that instant. */
export const sameClock = (at: Date, one: string, other: string): boolean =>
  one === other || offsetMinutes(at, one) === offsetMinutes(at, other)

/** Minutes by which the zone is ahead of UTC at that instant. */
export function offsetMinutes(at: Date, zone: string): number {
  return Math.round((wallAsUtc(at, zone) - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
}

/** `2026-03-29T09:30` as the clock of the zone shows it. */
export const wallTimeIn = (at: Date, zone: string): string => new Date(wallAsUtc(at, zone)).toISOString().slice(0, 16)

function wallAsUtc(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/**
 * The instant at which the zone's clock shows `wall` (`2026-03-29T09:30`). Where the clock skips it, the instant just as
 * far behind the gap; where the clock shows it twice, the first.
 */
export function instantOf(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}Z`)
  const before = offsetMinutes(new Date(asUtc - 86_400_000), zone)
  const after = offsetMinutes(new Date(asUtc + 86_400_000), zone)
  const first = new Date(asUtc - Math.max(before, after) * 60_000)
  const second = new Date(asUtc - Math.min(before, after) * 60_000)
  if (wallAsUtc(first, zone) === asUtc) return first
  return wallAsUtc(second, zone) === asUtc ? second : new Date(asUtc - before * 60_000)
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number, below: number][] = [
  ['second', 1, 45],
  ['minute', 60, 45 * 60],
  ['hour', 3600, 22 * 3600],
  ['day', 86_400, 7 * 86_400],
]

/** “in 5 minutes”, “yesterday”; null where a date says more (a week and beyond). */
export function relativeTime(at: Date, now: Date): string | null {
  const seconds = (at.getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 10) return 'now'
  const step = steps.find(([, , below]) => Math.abs(seconds) < below)
  return step ? relative.format(Math.round(seconds / step[1]), step[0]) : null
}

/** “Europe/Berlin” → “Berlin”. */
export const zoneCity = (zone: string): string => zone.split('/').at(-1)!.replaceAll('_', ' ')

/** Of a wall time its day counts. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day.slice(0, 10)}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
