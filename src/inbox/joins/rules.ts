// Which conversations may be put together, and how one stands then. Pure.

import type { ConversationRow } from '../conversations/store.ts'
import { type Priority, priorities } from '../promises/types.ts'
import type { ConversationState } from '../types.ts'
import type { MarksBefore } from './carry-marks.ts'

type Facts = Pick<ConversationRow, 'id' | 'account_id' | 'contact_id' | 'is_private' | 'message_count' | 'wall_id'>

export type MergeFault =
  | 'same-conversation'
  | 'other-account'
  | 'other-privacy'
  | 'other-contact'
  | 'other-wall'
  | 'nothing-there'

/**
 * null: they may. One person, one account, and as open as each other: an answer goes to what was said last, in the name of the account to
 * which it was said, and never says in public what was asked in private.
 */
export function mergeFault(from: Facts, into: Facts): MergeFault | null {
  if (from.id === into.id) return 'same-conversation'
  if (from.message_count === 0 || into.message_count === 0) return 'nothing-there'
  if (from.account_id !== into.account_id) return 'other-account'
  if (from.is_private !== into.is_private) return 'other-privacy'
  if (from.contact_id !== into.contact_id) return 'other-contact'
  // What one department alone sees must not be seen by others through it, nor the other way round.
  if (from.wall_id !== into.wall_id) return 'other-wall'
  return null
}

/** Where one of both waits for somebody, the whole does. */
export function stateTogether(from: ConversationState, into: ConversationState): ConversationState {
  if (from === 'open' || into === 'open') return 'open'
  return into === 'closed' && from === 'snoozed' ? 'open' : into
}

interface Marks {
  priority: Priority
  tags: readonly string[]
  /** What of these a person said; the rest is of rules. */
  marked: ReadonlySet<string> | undefined
}

/** All tags of both, and the priority that a person gave, or else the more pressing one. */
export function marksTogether(from: Marks, into: Marks): { priority: Priority; tags: string[] } {
  const said = [into, from].find(({ marked }) => marked?.has('priority'))
  const pressing = priorities.find((each) => each === from.priority || each === into.priority)!
  return { priority: said?.priority ?? pressing, tags: [...new Set([...into.tags, ...from.tags])] }
}

/** As before others came to it, as far as nobody changed it since. */
export const marksApart = (
  now: Pick<Marks, 'priority' | 'tags'>,
  { priority, came }: MarksBefore,
): { priority: Priority; tags: string[] } => ({
  priority: now.priority === priority.became ? priority.was : now.priority,
  tags: now.tags.filter((tag) => !came.includes(tag)),
})
