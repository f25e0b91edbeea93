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
  return withWaiting(events.sort((a, b) => a.at.getTime() - b.at.getTime()))
}

/**
 * While it is open and the last word is ours, we wait for the customer: nobody says so, it follows from what was said. What they say ends it
 * by itself.
 */
function withWaiting(inOrder: readonly TimelineEvent[]): TimelineEvent[] {
  /** As people put it, and as the clocks are told. */
  let [state, told]: [Standing, Standing] = ['open', 'open']
  let wasAnswered = false
  let hasSpoken = false
  const owed = new Set<string>()
  return inOrder.flatMap((event): TimelineEvent[] => {
    if (event.kind === 'policy') return [event]
    if (event.kind === 'customer') {
      hasSpoken = true
      owed.add(event.messageId)
      if (told === 'waiting' || told === 'solved') [state, told] = ['open', 'open']
    } else if (event.kind === 'removed') owed.delete(event.messageId)
    else if (event.kind === 'reply') {
      // What we say before anybody spoke to us answers nobody.
      wasAnswered = hasSpoken
      owed.clear()
    } else state = event.state
    const now = state === 'open' && wasAnswered && owed.size === 0 ? 'waiting' : state
    const isNews = now !== told
    told = now
    if (event.kind === 'state') return [{ ...event, state: now }]
    return isNews ? [event, { kind: 'state', at: event.at, state: now }] : [event]
  })
}
