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

/** What a refusal says about who should have got the letter; null: nothing. A full mailbox counts once for each letter, not for each try. */
export function bounceOf(
  posting: Posting,
  settled: Pick<Settled, 'state'>,
): { kind: Bounce['kind']; message: string } | null {
  if (settled.state !== 'refused' || !('about' in posting) || posting.about === 'other') return null
  return { kind: posting.about === 'address' ? 'hard' : 'soft', message: posting.error }
}

/** What a bounce makes of a subscriber; null: they stay as they are. */
export function afterBounce(
  subscriber: { state: SubscriberState; softBounces: number },
  kind: Bounce['kind'],
): { state: SubscriberState; softBounces: number } | null {
  // Also of who left by it, or was only asked to confirm: they are not to be written to again.
  if (kind === 'complaint')
    return subscriber.state === 'complained' ? null : { state: 'complained', softBounces: subscriber.softBounces }
  if (subscriber.state !== 'confirmed') return null
  if (kind === 'hard') return { state: 'bounced', softBounces: subscriber.softBounces }
  const softBounces = subscriber.softBounces + 1
  return { state: softBounces >= softBouncesMost ? 'bounced' : 'confirmed', softBounces }
}

/** Whom a list of consents elsewhere may subscribe, of those that are known: not who asked to leave, or complained. */
export const broughtBack: readonly SubscriberState[] = ['asked', 'bounced']

/** Whether a letter that asks to confirm may be sent there now. */
export const mayBeAsked = ({ state, askedAt }: { state: SubscriberState; askedAt: Date | null }, now: Date): boolean =>
  state !== 'confirmed' && (askedAt === null || now.getTime() - askedAt.getTime() >= askAgainMs)

/** Whether the link to confirm still means something. One from before somebody left does not bring them back. */
export const awaitsConfirmation = (subscriber: {
  state: SubscriberState
  stateSince: Date
  askedAt: Date | null
}): boolean =>
  subscriber.state === 'asked' ||
  (subscriber.state !== 'confirmed' && subscriber.askedAt !== null && subscriber.askedAt > subscriber.stateSince)
