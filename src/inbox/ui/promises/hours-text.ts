// Business hours as people type them, line by line, and back. Pure.

import type { BusinessHours } from '../../promises/types.ts'

export const dayLabels = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

interface Span {
  from: string
  to: string
}

/** `09:00-12:00, 13-17` and its like. null: it cannot be read. */
export function readSpans(text: string): Span[] | null {
  const parts = text
    .split(/[,;]|\band\b/)
    .map((part) => part.trim())
    .filter(Boolean)
  const spans = parts.map((part) => {
    if (/^(all day|24h?)$/i.test(part)) return { from: '00:00', to: '24:00' }
    const found = /^(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::?(\d{2}))?$/.exec(part)
    if (!found) return null
    const [from, to] = [clock(found[1]!, found[2]), clock(found[3]!, found[4])]
    return from === null || to === null || from === '24:00' || from === to ? null : { from, to }
  })
  return spans.every((span) => span !== null) ? spans : null
}

function clock(hour: string, minute = '00'): string | null {
  const text = `${hour.padStart(2, '0')}:${minute}`
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text) ? text : null
}

export const spansText = (spans: readonly Span[]): string =>
  spans
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, to }) => `${from}–${to}`)
    .join(', ')

export const weekTexts = ({ week }: Pick<BusinessHours, 'week'>): string[] =>
  dayLabels.map((_, index) => spansText(week.filter(({ day }) => day === index + 1)))

/** The week, or the weekdays (0 is Monday) that cannot be read. */
export function readWeek(texts: readonly string[]): { week: BusinessHours['week'] } | { wrong: number[] } {
  const days = texts.map(readSpans)
  const wrong = days.flatMap((spans, index) => (spans === null ? [index] : []))
  if (wrong.length > 0) return { wrong }
  return { week: days.flatMap((spans, index) => spans!.map((span) => ({ day: index + 1, ...span }))) }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** A line each: `2026-12-24 Christmas Eve`. null: one cannot be read. */
export function readClosed(text: string): BusinessHours['closed'] | null {
  const days = linesOf(text).map((line) => ({ day: line.slice(0, 10), name: line.slice(10).trim() }))
  return days.every(({ day }) => isDay(day)) ? days : null
}

export const closedText = (closed: BusinessHours['closed']): string =>
  closed.map(({ day, name }) => `${day} ${name}`.trim()).join('\n')

/** A line each: `2026-12-19 10:00-14:00`. null: one cannot be read. */
export function readExtra(text: string): BusinessHours['extra'] | null {
  const days = linesOf(text).map((line) => ({ day: line.slice(0, 10), spans: readSpans(line.slice(10)) }))
  if (!days.every(({ day, spans }) => isDay(day) && spans !== null && spans.length > 0)) return null
  return days.flatMap(({ day, spans }) => spans!.map((span) => ({ day, ...span })))
}

export const extraText = (extra: BusinessHours['extra']): string =>
  [...Map.groupBy(extra, ({ day }) => day)].map(([day, spans]) => `${day} ${spansText(spans)}`).join('\n')
