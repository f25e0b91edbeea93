// The timeline of a conversation as promises read it, from what is stored of it.

import type { ConversationState } from '../types.ts'
import type { Standing, TimelineEvent } from './timeline.ts'

export interface Stored {
  messages: readonly { id: string; at: Date; isOurs: boolean; removedAt: Date | null }[]
  states: readonly { at: Date; to: ConversationState }[]
  /** A policy that a message brought stands at the time of that message, not at that of storing it: else its clock would start late. */
  policies: readonly { at: Date; versionId: string | null; running: boolean }[]
}

/** What is put off is on hold: the customer still waits. */
export const standingOf: Record<ConversationState, Standing> = { open: 'open', snoozed: 'on-hold', closed: 'solved' }

/** In order of time; at one instant a policy holds for what is said, and what is said stands before what was done about it. */
export function timelineOf({ messages, states, policies }: Stored): TimelineEvent[] {
  const events: TimelineEvent[] = [
    ...policies.map((each): TimelineEvent => ({ kind: 'policy', ...each })),
    ...messages.map(
      ({ id, at, isOurs }): TimelineEvent => (isOurs ? { kind: 'reply', at } : { kind: 'customer', at, messageId: id }),
    ),
    ...states.map(({ at, to }): TimelineEvent => ({ kind: 'state', at, state: standingOf[to] })),
    ...messages.flatMap(({ id, isOurs, removedAt }): TimelineEvent[] =>
      removedAt && !isOurs ? [{ kind: 'removed', at: removedAt, messageId: id }] : [],
    ),
  ]
  // Sorting keeps the order of what is equal.
  return events.sort((a, b) => a.at.getTime() - b.at.getTime())
}
