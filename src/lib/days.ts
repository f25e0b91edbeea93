// Days as calendars have them: 2026-11-29. Rules of pages read them too, so it needs no polyfill.

const dayMs = 86_400_000

const shown = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
/** To make one takes a hundred times as long as to use it; there are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...shown })
  formats.set(zone, made)
  return made
}

/** The day that people in this zone have at this instant. */
export function dayIn(at: Date, zone: string): string {
  const parts = formatIn(zone).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

/** Whole days from one to the other; negative when `to` lies before. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Days as calendars have them, both included, in a zone. */
export interface DaySpan {
  zone: string
  from: string
  to: string
}
