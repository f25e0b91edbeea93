// Activities as people choose them.

import { activityOf, knownActivities } from '../load/costs/activities.ts'

const labels: Record<string, string> = {
  'blog-post': 'Blog post',
  'short-post': 'Short post',
  'status-update': 'Status update',
  'group-reply': 'Reply in a group',
  'group-post': 'Post in a group',
  'inbox-reply': 'Reply in the inbox',
  'conversation-begun': 'Conversation that we begin',
  'short-video': 'Short video',
  'gather-pictures': 'Gather pictures',
  'gather-facts': 'Gather facts',
  'get-approvals': 'Get approvals',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const activityLabel = (id: string): string => labels[id] ?? capital(id.replaceAll('-', ' '))

/** The known ones, and those that the organisation measured itself. */
export const activityOptions = (own: readonly string[] = []): { value: string; label: string }[] =>
  [...knownActivities.map(({ id }): string => id), ...new Set(own.filter((id) => activityOf(id) === null))].map(
    (value) => ({ value, label: activityLabel(value) }),
  )

/** Words that somebody typed, as an activity of the organisation's own; empty where nothing of them can be one. */
export const activityFrom = (typed: string): string =>
  typed
    .toLowerCase()
    .normalize('NFKD')
    // “é” is an “e” with a mark of its own.
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '')
