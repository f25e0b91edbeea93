// Pure decisions about reading: when a source is read again, and who began what was said.

import type { ConnectorError } from '../../connectors/errors.ts'
import type { Heard } from '../../connectors/listen.ts'
import { policy } from '../../connectors/policy.ts'
import type { Initiator } from '../mentions/types.ts'
import type { Failure } from './leases.ts'

export type Ending =
  /** Everything that was there is read. */
  | { kind: 'end' }
  /** Longrun stops, or nobody wants it any more. */
  | { kind: 'asked' }
  /** Somebody else reads it now. */
  | { kind: 'lost' }
  | { kind: 'refused'; error: Pick<ConnectorError, 'kind' | 'code' | 'retryAt'> }
  | { kind: 'unexpected'; error: unknown }

export interface NextReading {
  dueAt: Date
  failure: Failure | null
}

const waits = [1, 5, 15, 30, 60, 120, 300]
/** What only people can mend is tried again now and then: they may mend it on the other side. */
const hopelessSeconds = 3_600

/** When to read again. `failures`: how often in a row it failed before this. A stream that ended in peace is opened again soon. */
export function nextReading(
  ending: Exclude<Ending, { kind: 'lost' }>,
  { failures, everySeconds, now }: { failures: number; everySeconds: number | null; now: Date },
): NextReading {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  if (ending.kind === 'asked') return { dueAt: now, failure: null }
  if (ending.kind === 'end') return { dueAt: after(everySeconds ?? waits[0]!), failure: null }
  const wait = Math.max(waits[Math.min(failures, waits.length - 1)]!, Math.min(everySeconds ?? 0, 60))
  if (ending.kind === 'unexpected') return { dueAt: after(wait), failure: { kind: 'unavailable', code: 'unexpected' } }
  const { kind, code, retryAt } = ending.error
  const hopeless = policy[kind].read === 'stop' || policy[kind].read === 'reconnect'
  return { dueAt: latest(after(hopeless ? hopelessSeconds : wait), retryAt), failure: { kind, code } }
}

const latest = (a: Date, b: Date | undefined): Date => (b && b > a ? b : a)

/** What Longrun knows of an organisation's own voice. */
export interface OwnVoice {
  /** Ids of the connected accounts on the network that brought it. */
  authors: ReadonlySet<string>
  /** Ids of what was published through Longrun there. */
  posts: ReadonlySet<string>
}

/**
 * Who began it (R2-10 … R2-16): what we say and what is said back to it is brand-initiated, an article of the press or the field
 * industry-initiated, all else customer-initiated.
 */
export function initiatorOf(heard: Heard, { authors, posts }: OwnVoice): Initiator {
  if (heard.author && authors.has(heard.author.id)) return 'brand'
  const before = [heard.root, heard.replyTo, heard.quoteOf, heard.repostOf]
  if (before.some((id) => id !== null && posts.has(id))) return 'brand'
  return heard.kind === 'article' ? 'industry' : 'customer'
}
