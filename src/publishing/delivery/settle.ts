// Turns what the network said into ledger entries: published, still processing, rejected, put off, unknown, or a question to a person.

import type { RemoteRef, Submission } from '../../connectors/contract.ts'
import type { ConnectorError } from '../../connectors/errors.ts'
import { firstNumbersAt } from '../numbers-rules.ts'
import type { Reason } from '../types.ts'
import type { Settlement } from './ledger.ts'
import { purposeOf, verdictOf } from './rules.ts'
import { type Happening, toldEvent } from './told.ts'
import type { Hands } from './work.ts'

export async function settleSubmission(
  hands: Hands,
  position: number,
  submission: Submission,
  last: boolean,
): Promise<void> {
  const base = { claimed: hands.claimed, account: { ok: true }, event: null }
  if (submission.state === 'processing') {
    const reason: Reason = { code: 'network-processing', until: submission.askAgainAt.toISOString() }
    return hands.delivery.ledger.settle({
      ...base,
      part: { position, kind: 'processing', ref: submission.ref },
      variant: { state: 'processing', reason, wakeAt: submission.askAgainAt, tries: hands.claimed.tries },
      attempt: { outcome: 'processing', position, reason, retryAt: submission.askAgainAt },
    })
  }
  const ref: RemoteRef = {
    id: submission.id,
    url: submission.url,
    ...(submission.proof === undefined ? {} : { proof: submission.proof }),
  }
  await hands.delivery.ledger.settle({
    ...base,
    part: { position, kind: 'published', ref },
    ...(last ? finished(hands, position, ref) : { variant: null, attempt: null }),
  })
}

/** The whole variant is out. Its address is that of the first part: the post itself. */
function finished(hands: Hands, position: number, ref: RemoteRef): Pick<Settlement, 'variant' | 'attempt' | 'event'> {
  const { claimed, connector, delivery } = hands
  const first = hands.parts[0]
  const post: RemoteRef = position === 0 || !first?.remoteId ? ref : { id: first.remoteId, url: first.remoteUrl ?? '' }
  const at = delivery.services.clock()
  return {
    variant: {
      state: 'published',
      reason: null,
      wakeAt: null,
      tries: claimed.tries,
      published: { at, ref: post, numbersDueAt: connector.metrics && !claimed.answer ? firstNumbersAt(at) : null },
    },
    attempt: { outcome: 'published', position, reason: null, retryAt: null },
    event: eventOf(hands, 'published', { url: post.url }),
  }
}

/** Every part is out, and a worker that had lost the variant was the one to tell: what is left is to say so. */
export function settleOut(hands: Hands): Promise<void> {
  const { position, remoteId, remoteUrl } = hands.parts.at(-1)!
  const ref: RemoteRef = { id: remoteId!, url: remoteUrl ?? '' }
  return hands.delivery.ledger.settle({
    claimed: hands.claimed,
    part: null,
    account: null,
    ...finished(hands, position, ref),
  })
}

/** Nobody can tell what became of the write: a person decides. */
export function settleAsked(hands: Hands, position: number): Promise<void> {
  const reason: Reason = { code: 'cannot-tell' }
  return hands.delivery.ledger.settle({
    claimed: hands.claimed,
    part: null,
    variant: { state: 'unconfirmed', reason, wakeAt: null, tries: hands.claimed.tries },
    attempt: { outcome: 'unknown', position, reason, retryAt: null },
    account: { ok: true },
    event: eventOf(hands, 'unconfirmed', {}),
  })
}

/** Nothing is there yet, and no key would keep a second post away: a server that hangs gets more time before it is believed. */
export function settleLookAgain(hands: Hands, position: number, at: Date): Promise<void> {
  const reason: Reason = { code: 'not-seen-yet', until: at.toISOString() }
  return hands.delivery.ledger.settle({
    claimed: hands.claimed,
    part: null,
    variant: { state: 'looking-up', reason, wakeAt: at, tries: hands.claimed.tries },
    attempt: { outcome: 'unknown', position, reason, retryAt: at },
    account: { ok: true },
    event: null,
  })
}

/** Settles what an error leads to. `refresh`: nothing is settled yet, the worker renews the credentials and goes on. */
export async function settleError(hands: Hands, error: ConnectorError): Promise<'refresh' | 'settled'> {
  const { claimed, delivery, publish, writing } = hands
  const verdict = verdictOf({
    error,
    writing: writing !== null,
    purpose: purposeOf(hands.parts.filter((part) => part.position !== writing)),
    tries: claimed.tries,
    refreshed: hands.refreshed,
    doubted: hands.doubtedSince !== null,
    settleSeconds: publish.settle,
    now: delivery.services.clock(),
    jitter: Math.random(),
  })
  if (verdict.kind === 'refresh') return 'refresh'
  const polled = hands.parts.find((part) => part.ref !== null && part.publishedAt === null)
  const touched = writing ?? polled?.position ?? null
  await delivery.ledger.settle({
    claimed,
    part:
      verdict.notSent && touched !== null
        ? { position: touched, kind: 'not-sent', ref: writing === null ? polled!.ref : null }
        : null,
    variant: {
      state: verdict.state,
      reason: verdict.reason,
      wakeAt: verdict.kind === 'later' ? verdict.at : null,
      tries: claimed.tries + 1,
    },
    attempt: {
      outcome: verdict.outcome,
      position: writing,
      reason: verdict.reason,
      retryAt: verdict.kind === 'later' ? verdict.at : null,
    },
    account: accountResult(error),
    event: verdict.kind === 'end' ? eventOf(hands, verdict.state, verdict.reason) : null,
  })
  return 'settled'
}

function accountResult(error: ConnectorError): Settlement['account'] {
  return {
    // A refused post says nothing against the account.
    ok: error.kind === 'rejected',
    failure: error.code,
    // Also where an error hides that something is out already: the network asked for a rest all the same.
    ...((error.kind === 'rate-limited' || error.kind === 'unknown') && error.retryAt
      ? { restUntil: error.retryAt }
      : {}),
    ...(error.kind === 'auth-revoked' || error.kind === 'auth-expired' ? { lost: true } : {}),
  }
}

const eventOf = ({ claimed, account }: Hands, happening: Happening, facts: Reason | { url?: string }) =>
  toldEvent({ ...claimed, variantId: claimed.id, accountId: account.id }, happening, facts)
