// Posts as events of a calendar. Pure.

import { type CalendarEvent, calendarText } from '../../lib/calendar-text.ts'
import { plainState } from '../plain-state.ts'
import type { FeedPost } from './store.ts'

/** A post is a moment; calendar programs show what has no length badly. */
const shownMinutes = 15

export const postsText = (
  posts: FeedPost[],
  { name, linkOf }: { name: string; linkOf: (id: string) => string },
): string =>
  calendarText(
    name,
    posts.map((post) => eventOf(post, linkOf(post.id))),
  )

const eventOf = (post: FeedPost, link: string): CalendarEvent => ({
  ...{ uid: `${post.id}@longrun`, sequence: sequenceOf(post), changedAt: post.changed_at },
  ...{ from: post.due_at, to: new Date(post.due_at.getTime() + shownMinutes * 60_000) },
  summary: `${plainState(post.state)}: ${post.summary || 'A post without words'}`,
  ...{ description: descriptionOf(post, link), url: link, status: statusOf(post) },
  // Nobody is busy because a post goes out.
  isBusy: false,
})

/** The seconds from its making to its last change. */
const sequenceOf = ({ created_at, changed_at }: FeedPost): number =>
  Math.max(0, Math.floor((changed_at.getTime() - created_at.getTime()) / 1000))

const statusOf = ({ state }: FeedPost): CalendarEvent['status'] =>
  state === 'cancelled' || state === 'removed'
    ? 'CANCELLED'
    : state === 'draft' || state === 'in-review'
      ? 'TENTATIVE'
      : 'CONFIRMED'

function descriptionOf({ due_wall, due_zone, accounts }: FeedPost, link: string): string {
  const planned = due_wall && due_zone ? [`Planned for ${due_wall.slice(0, 16).replace('T', ' ')}, ${due_zone}`] : []
  return [...planned, ...(accounts.length > 0 ? [accounts.join(', ')] : []), link].join('\n')
}
