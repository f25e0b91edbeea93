// Posts as an iCalendar object (RFC 5545). Pure: the same posts give the same text, so that nothing is sent twice.

import ICAL from 'ical.js'
import { plainState } from '../plain-state.ts'
import type { FeedPost } from './store.ts'

const productId = '-//Longrun//Calendar//EN'
/** A post is a moment; calendar programs show what has no length badly. */
const shownMinutes = 15

export function calendarText(
  posts: FeedPost[],
  { name, linkOf }: { name: string; linkOf: (id: string) => string },
): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('prodid', productId)
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN')
  calendar.updatePropertyWithValue('method', 'PUBLISH')
  calendar.updatePropertyWithValue('x-wr-calname', name)
  calendar.updatePropertyWithValue('name', name)
  for (const post of posts) calendar.addSubcomponent(eventOf(post, linkOf(post.id)))
  return `${calendar.toString()}\r\n`
}

function eventOf(post: FeedPost, link: string): ICAL.Component {
  const event = new ICAL.Component('vevent')
  const end = new Date(post.due_at.getTime() + shownMinutes * 60_000)
  event.updatePropertyWithValue('uid', `${post.id}@longrun`)
  event.updatePropertyWithValue('dtstamp', utc(post.changed_at))
  event.updatePropertyWithValue('last-modified', utc(post.changed_at))
  event.updatePropertyWithValue('sequence', sequenceOf(post))
  event.updatePropertyWithValue('dtstart', utc(post.due_at))
  event.updatePropertyWithValue('dtend', utc(end))
  event.updatePropertyWithValue('summary', `${plainState(post.state)}: ${post.summary || 'A post without words'}`)
  event.updatePropertyWithValue('description', descriptionOf(post, link))
  event.updatePropertyWithValue('url', link)
  event.updatePropertyWithValue('status', statusOf(post))
  // Nobody is busy because a post goes out.
  event.updatePropertyWithValue('transp', 'TRANSPARENT')
  return event
}

const utc = (at: Date): ICAL.Time => ICAL.Time.fromJSDate(new Date(Math.floor(at.getTime() / 1000) * 1000), true)

/** Grows with every change, as RFC 5545 3.8.7.4 wants it: the seconds from its making to its last change. */
const sequenceOf = ({ created_at, changed_at }: FeedPost): number =>
  Math.max(0, Math.floor((changed_at.getTime() - created_at.getTime()) / 1000))

const statusOf = ({ state }: FeedPost): string =>
  state === 'cancelled' || state === 'removed'
    ? 'CANCELLED'
    : state === 'draft' || state === 'in-review'
      ? 'TENTATIVE'
      : 'CONFIRMED'

function descriptionOf({ due_wall, due_zone, accounts }: FeedPost, link: string): string {
  const planned = due_wall && due_zone ? [`Planned for ${due_wall.slice(0, 16).replace('T', ' ')}, ${due_zone}`] : []
  return [...planned, ...(accounts.length > 0 ? [accounts.join(', ')] : []), link].join('\n')
}
