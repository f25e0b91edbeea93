// How conversations stand before and after many are changed at once, and how one is put back. Pure.

import type { ConversationRow } from '../conversations/store.ts'
import type { BulkChange, MarkChange, Standing } from './types.ts'

type Stands = Pick<
  ConversationRow,
  'state' | 'reason' | 'snoozed_until' | 'owner_id' | 'department_id' | 'priority' | 'tags'
>

export const standingOf = (row: Stands): Standing => ({
  ...{ state: row.state, reason: row.reason, snoozedUntil: row.snoozed_until?.toISOString() ?? null },
  ...{ ownerId: row.owner_id, departmentId: row.department_id, priority: row.priority, tags: row.tags },
})

/** Whose it is and whether it is open. What it is tagged with meanwhile stands in nobody's way. */
export const sameStanding = (one: Standing, other: Standing): boolean =>
  one.state === other.state &&
  one.reason === other.reason &&
  one.snoozedUntil === other.snoozedUntil &&
  one.ownerId === other.ownerId &&
  one.departmentId === other.departmentId

/** Whether it stands as the change wants it: whoever asks again has nothing to do. */
export function isDone(change: BulkChange, now: Standing): boolean {
  switch (change.kind) {
    case 'assign':
      return now.ownerId === change.ownerId
    case 'hand-over':
      return now.departmentId === change.departmentId
    case 'close':
      return now.state === 'closed' && now.reason === change.reason
    case 'put-off':
      return now.state === 'snoozed' && now.snoozedUntil === new Date(change.until).toISOString()
    case 'open':
      return now.state === 'open'
    case 'tag':
      return now.tags.includes(change.tag)
    case 'untag':
      return !now.tags.includes(change.tag)
    case 'priority':
      return now.priority === change.priority
  }
}

type Marks = Pick<Standing, 'priority' | 'tags'>

export const isMark = (change: BulkChange): change is MarkChange =>
  change.kind === 'tag' || change.kind === 'untag' || change.kind === 'priority'

export const withMark = (change: MarkChange, { tags }: Marks): Partial<Marks> => {
  if (change.kind === 'priority') return { priority: change.priority }
  return { tags: change.kind === 'tag' ? [...tags, change.tag] : tags.filter((each) => each !== change.tag) }
}

/** What takes a mark back, whatever else was said of it since; null: somebody has changed just that. */
export function withoutMark(change: MarkChange, before: Marks, after: Marks, now: Marks): Partial<Marks> | null {
  if (change.kind === 'priority') return now.priority === after.priority ? { priority: before.priority } : null
  if (now.tags.includes(change.tag) !== (change.kind === 'tag')) return null
  // In their old order, where they are as they were left.
  if (now.tags.join('\n') === after.tags.join('\n')) return { tags: before.tags }
  return withMark({ kind: change.kind === 'tag' ? 'untag' : 'tag', tag: change.tag }, now)
}

export interface Restoring {
  move: { to: Standing['state']; reason?: NonNullable<Standing['reason']>; until?: string } | null
  assign: { ownerId?: string | null; departmentId?: string | null } | null
}

/** What leads from `after` back to `before`. Whose time to be put off is over meanwhile is open. */
export function wayBack(before: Standing, after: Standing, now: Date): Restoring {
  const isElsewhere = before.departmentId !== after.departmentId
  // Who hands it over may lose it by that: the owner is named too.
  const owner = before.ownerId === after.ownerId && !isElsewhere ? {} : { ownerId: before.ownerId }
  const assign = { ...owner, ...(isElsewhere ? { departmentId: before.departmentId } : {}) }
  return { move: moveBack(before, after, now), assign: Object.keys(assign).length > 0 ? assign : null }
}

function moveBack(before: Standing, after: Standing, now: Date): Restoring['move'] {
  if (before.state === after.state && before.reason === after.reason && before.snoozedUntil === after.snoozedUntil)
    return null
  const { state, reason, snoozedUntil } = before
  if (state === 'closed') return { to: 'closed', ...(reason ? { reason } : {}) }
  const isOver = snoozedUntil === null || new Date(snoozedUntil) <= now
  if (state === 'snoozed' && !isOver) return { to: 'snoozed', until: snoozedUntil }
  return after.state === 'open' ? null : { to: 'open' }
}
