// Decides of what was heard whether and how it becomes a conversation, and when it is tried again. Pure.

import type { ErrorKind } from '../../connectors/contract.ts'
import type { Said } from '../../connectors/converse.ts'
import type { Heard } from '../../connectors/listen.ts'
import { said } from '../../connectors/said.ts'
import type { HandOnFailure } from '../../listening/handing-on/types.ts'

export interface NotTaken {
  failure: HandOnFailure
  /** null: somebody decides. */
  again: Date | null
}

const minute = 60_000
const hour = 60 * minute
const longestWaitMs = 2 * hour
/** After so many tries a network that is away is looked at by a person. */
const mostTries = 40

export const decidedByPeople = (failure: HandOnFailure): NotTaken => ({ failure, again: null })

/** An account may be connected at any time. */
export const withoutAccountYet = (now: Date): NotTaken => ({
  failure: 'account-not-connected',
  again: new Date(now.getTime() + hour),
})

/** What a refusal of the network means for it. `tries`: how often it was tried, this time included. */
export function afterRefusal(
  { kind, retryAt }: { kind: ErrorKind; retryAt?: Date | undefined },
  { tries, now }: { tries: number; now: Date },
): NotTaken {
  const after = (ms: number) => new Date(Math.max(now.getTime() + ms, retryAt?.getTime() ?? 0))
  if (kind === 'gone') return decidedByPeople('not-there-any-more')
  if (tries >= mostTries) return decidedByPeople('network-away')
  if (kind === 'forbidden' || kind === 'rejected') return { failure: 'account-may-not', again: after(longestWaitMs) }
  if (kind === 'auth-revoked' || kind === 'auth-expired')
    return { failure: 'account-not-connected', again: after(hour) }
  return { failure: 'network-away', again: after(Math.min(minute * 2 ** Math.min(tries, 12), longestWaitMs)) }
}

const kinds: Partial<Record<Heard['kind'], Said['kind']>> = {
  reply: 'reply',
  comment: 'comment',
  quote: 'quote',
  review: 'review',
}

/** As it was heard, where nothing more can be had: it can be read and not answered. */
export const saidOfHeard = (heard: Heard): Said =>
  said({
    id: heard.id,
    ref: { id: heard.id, url: heard.url ?? '' },
    thread: heard.root ?? heard.id,
    kind: kinds[heard.kind] ?? 'mention',
    isOurs: false,
    at: heard.at,
    author: heard.author ?? { id: `heard:${heard.id}`, handle: null, name: 'Nobody named', url: null, followers: null },
    subject: heard.title,
    text: heard.text,
    languages: heard.languages,
    replyTo: heard.replyTo,
  })
