// Events as an iCalendar object (RFC 5545), and how calendar programs ask for it. The same events give the same text, so that nothing is sent twice.

import type { Context } from 'hono'
import ICAL from 'ical.js'
import { sha256Hex } from './hash.ts'

export interface CalendarEvent {
  /** The same for as long as it is the same thing. */
  uid: string
  /** Grows with each change (RFC 5545, 3.8.7.4). */
  sequence: number
  changedAt: Date
  /** Instants: they are written in UTC, which no change of clocks moves. */
  from: Date
  to: Date
  summary: string
  description: string
  url: string
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
  /** Whether its person has no time for anything else then. */
  isBusy: boolean
}

const productId = '-//Longrun//Calendar//EN'

export function calendarText(name: string, events: readonly CalendarEvent[]): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('prodid', productId)
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN')
  calendar.updatePropertyWithValue('method', 'PUBLISH')
  calendar.updatePropertyWithValue('x-wr-calname', name)
  calendar.updatePropertyWithValue('name', name)
  for (const event of events) calendar.addSubcomponent(componentOf(event))
  return `${calendar.toString()}\r\n`
}

function componentOf(given: CalendarEvent): ICAL.Component {
  const event = new ICAL.Component('vevent')
  event.updatePropertyWithValue('uid', given.uid)
  event.updatePropertyWithValue('dtstamp', utc(given.changedAt))
  event.updatePropertyWithValue('last-modified', utc(given.changedAt))
  event.updatePropertyWithValue('sequence', given.sequence)
  event.updatePropertyWithValue('dtstart', utc(given.from))
  event.updatePropertyWithValue('dtend', utc(given.to))
  event.updatePropertyWithValue('summary', given.summary)
  event.updatePropertyWithValue('description', given.description)
  event.updatePropertyWithValue('url', given.url)
  event.updatePropertyWithValue('status', given.status)
  event.updatePropertyWithValue('transp', given.isBusy ? 'OPAQUE' : 'TRANSPARENT')
  return event
}

const utc = (at: Date): ICAL.Time => ICAL.Time.fromJSDate(new Date(Math.floor(at.getTime() / 1000) * 1000), true)

/** Whoever has it already gets nothing but that it still holds. */
export function answerCalendar(c: Context, text: string, changedAt: Date | null): Response {
  const etag = `"${sha256Hex(text).slice(0, 32)}"`
  const headers = {
    etag,
    // Whoever keeps a copy asks each time whether it still holds: members leave, plans change.
    'cache-control': 'private, no-cache',
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="longrun.ics"',
    'referrer-policy': 'no-referrer',
    ...(changedAt ? { 'last-modified': changedAt.toUTCString() } : {}),
  }
  return sameTag(c.req.header('if-none-match'), etag) ? c.body(null, 304, headers) : c.body(text, 200, headers)
}

/** A proxy that compresses makes a weak tag of ours. */
const sameTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
