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

/** By zone: what is asked again and again of the same moment. */
const told = new Map<string, { at: number; day: string }>()

/** The day that people in this zone have at this instant. */
export function dayIn(at: Date, zone: string): string {
  const last = told.get(zone)
  if (last && last.at === at.getTime()) return last.day
  const day = findDay(at, zone)
  told.set(zone, { at: at.getTime(), day })
  return day
}

function findDay(at: Date, zone: string): string {
  const parts = formatIn(zone).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`
}

/** Days of some years are all that anybody asks for, many times over. */
const numbers = new Map<string, number>()
const days = new Map<number, string>()
const mostKnown = 20_000

/** Since the first of 1970, which was a Thursday. */
function numberOf(day: string): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const number = Date.parse(`${day}T00:00Z`) / dayMs
  if (Number.isInteger(number) && numbers.size < mostKnown) numbers.set(day, number)
  return number
}

function dayOf(number: number): string {
  const known = days.get(number)
  if (known !== undefined) return known
  const day = new Date(number * dayMs).toISOString().slice(0, 10)
  if (Number.isInteger(number) && days.size < mostKnown) days.set(number, day)
  return day
}

export const addDays = (day: string, more: number): string => dayOf(numberOf(day) + more)

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const number = numberOf(day)
  return dayOf(number - ((((number + 3) % 7) + 7) % 7))
}

/** Whole days from one to the other; negative when `to` lies before. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Days as calendars have them, both included, in a zone. */
export interface DaySpan {
  zone: string
  from: string
  to: string
}
