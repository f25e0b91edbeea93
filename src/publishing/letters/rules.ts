// Pure decisions of newsletters: who receives, what a refusal or a bounce means, when a letter is tried again.

import type { Posting } from '../../lib/postman.ts'
import type { Bounce, SendState, SubscriberState } from './types.ts'

/** So many letters in a row that could not be delivered for now mean that nobody reads there. */
export const softBouncesMost = 5
/** Minutes before the next try after the n-th one that was put off; afterwards it is refused. */
const backOffMinutes = [5, 20, 60, 240, 720]
/** A letter that was given to the mail server and never settled, as after a crash. It may have been taken. */
export const sendingLeaseMs = 10 * 60_000
/** A confirmation is asked for at most so often per address. */
export const askAgainMs = 3600_000
/** What was never confirmed is forgotten. */
export const askedKeptMs = 14 * 86_400_000

export interface Settled {
  state: SendState
  dueAt: Date | null
  error: string | null
}

/** What becomes of a letter after try number `tries` (1 is the first). Unknown is never sent again: twice is worse than not at all. */
export function settle(posting: Posting, tries: number, now: Date): Settled {
  if (posting.kind === 'accepted') return { state: 'sent', dueAt: null, error: null }
  if (posting.kind === 'unknown' || posting.kind === 'refused')
    return { state: posting.kind, dueAt: null, error: posting.error }
  const minutes = backOffMinutes[tries - 1]
  if (minutes === undefined) return { state: 'refused', dueAt: null, error: posting.error }
  return { state: 'waiting', dueAt: new Date(now.getTime() + minutes * 60_000), error: posting.error }
}

/** What a bounce makes of a subscriber; null: they stay as they are. */
export function afterBounce(
  subscriber: { state: SubscriberState; softBounces: number },
  kind: Bounce['kind'],
): { state: SubscriberState; softBounces: number } | null {
  if (subscriber.state !== 'confirmed') return null
  if (kind === 'complaint') return { state: 'complained', softBounces: subscriber.softBounces }
  if (kind === 'hard') return { state: 'bounced', softBounces: subscriber.softBounces }
  const softBounces = subscriber.softBounces + 1
  return { state: softBounces >= softBouncesMost ? 'bounced' : 'confirmed', softBounces }
}

/** Who asked to leave, or complained, is not brought back by somebody else's list. */
export const mayBeAdded = (state: SubscriberState | null): boolean =>
  state === null || state === 'asked' || state === 'bounced'
