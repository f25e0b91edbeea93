// Pure decisions of delivery: what to do with a due variant, and what an error or a look-up leads to.

import type { AccountView, Found, Json, Publish } from '../../connectors/contract.ts'
import type { ConnectorError } from '../../connectors/errors.ts'
import { backOff, policy } from '../../connectors/policy.ts'
import type { Reason, VariantState } from '../types.ts'

/** How long a worker may keep a variant without a sign of life. After that another one takes it up. */
export const leaseMs = 30_000
/** How long a permission to write keeps others away, at least. */
export const armedMs = 25_000
/** A write that takes longer is given up as unknown, well before the lease ends. */
export const submitTimeoutMs = 15_000
/** Look-ups that fail before a person is asked. */
const lookUpTries = 6
/** How often the same part may be sent after look-ups that found nothing. */
const sendTries = 5
/** Without a key nothing but time keeps a second post away: a server that hangs may still carry out what it was asked. */
const secondLookMs = 60_000

export interface PartFacts {
  position: number
  sentAt: Date | null
  ref: string | null
  publishedAt: Date | null
}

export type Purpose = 'send' | 'look-up' | 'poll'

/** A part that was sent and has no outcome is in doubt, whoever sent it: nothing else is done before that is cleared. */
export function purposeOf(parts: PartFacts[]): Purpose {
  const open = parts.filter((part) => part.publishedAt === null)
  if (open.some((part) => part.ref !== null)) return 'poll'
  if (open.some((part) => part.sentAt !== null)) return 'look-up'
  return 'send'
}

/** Whether what would go out is what was scheduled, and what was approved where that is needed. */
export type Consent = 'given' | 'missing' | 'other-words'

export function consentOf(
  row: { content_hash: string | null; needs_approval: boolean; approved_hash: string | null },
  hash: string,
): Consent {
  if (row.content_hash !== null && row.content_hash !== hash) return 'other-words'
  return row.needs_approval && row.approved_hash !== hash ? 'missing' : 'given'
}

export interface DueFacts {
  state: VariantState
  purpose: Purpose
  /** A hold that binds it now. */
  holdId: string | null
  consent: Consent
  accountState: string
  restUntil: Date | null
  /** null: this installation does not know the network. */
  settleSeconds: number | null
  now: Date
}

/** What the sweep does with a variant whose time has come. */
export type Claim =
  | { kind: 'take'; state: VariantState }
  /** Until a person acts, or what it waits for is there. */
  | { kind: 'stop'; state: 'parked' | 'held' | 'in-review'; reason: Reason }
  | { kind: 'wait'; until: Date; state: VariantState; reason: Reason }

export function claimOf(facts: DueFacts): Claim {
  // What may be out already is looked up whatever anybody holds: truth first. Only what would be sent is stopped.
  if (facts.purpose === 'send' && facts.holdId) return { kind: 'stop', state: 'held', reason: { code: 'held' } }
  if (facts.purpose === 'send' && facts.consent === 'other-words')
    return { kind: 'stop', state: 'held', reason: { code: 'not-what-was-scheduled' } }
  if (facts.purpose === 'send' && facts.consent === 'missing')
    return { kind: 'stop', state: 'in-review', reason: { code: 'not-approved' } }
  if (facts.accountState !== 'connected')
    return { kind: 'stop', state: 'parked', reason: { code: 'account-not-connected' } }
  if (facts.settleSeconds === null) return { kind: 'stop', state: 'parked', reason: { code: 'network-not-known' } }
  // Its worker vanished after the write began. The request may still be on its way, so the look-up waits from now on.
  const vanished = facts.purpose === 'look-up' && facts.state === 'sending'
  const settled = new Date(facts.now.getTime() + (vanished ? facts.settleSeconds * 1000 : 0))
  if (facts.restUntil && facts.restUntil > facts.now) {
    const until = facts.restUntil > settled ? facts.restUntil : settled
    return {
      kind: 'wait',
      until,
      state: waitingFor[facts.purpose],
      reason: { code: 'rate-limited', until: until.toISOString() },
    }
  }
  if (vanished)
    return {
      kind: 'wait',
      until: settled,
      state: 'looking-up',
      reason: { code: 'answer-lost', until: settled.toISOString() },
    }
  return { kind: 'take', state: facts.purpose === 'send' ? 'sending' : waitingFor[facts.purpose] }
}

/** What is in doubt is never shown as merely scheduled: nobody may edit or cancel what may be out. */
const waitingFor: Record<Purpose, VariantState> = { send: 'scheduled', 'look-up': 'looking-up', poll: 'processing' }

/**
 * How work on a variant ends, or goes on. `notSent`: the network certainly holds nothing of the part that was written or asked
 * after, so that it may be written again. Everything else leaves the part as it stands: in doubt, or processing.
 */
export type Verdict =
  /** Final, or waiting for a person. */
  | {
      kind: 'end'
      state: 'rejected' | 'parked' | 'unconfirmed'
      reason: Reason
      outcome: 'rejected' | 'deferred' | 'unknown'
      notSent: boolean
    }
  /** Looked at again by itself. */
  | {
      kind: 'later'
      state: 'scheduled' | 'looking-up' | 'processing'
      at: Date
      reason: Reason
      outcome: 'deferred' | 'unknown'
      notSent: boolean
    }
  | { kind: 'refresh' }

export interface ErrorFacts {
  error: ConnectorError
  /** Whether the write that counts was on its way. */
  writing: boolean
  purpose: Purpose
  tries: number
  refreshed: boolean
  /** Whether an earlier write of this part has no answer yet: what is said of this one does not clear that. */
  doubted: boolean
  settleSeconds: number
  now: Date
  /** 0 … 1, so that a thousand posts do not come back in the same second. */
  jitter: number
}

export function verdictOf(facts: ErrorFacts): Verdict {
  const verdict = verdictOnThis(facts)
  return facts.doubted && verdict.kind !== 'refresh' ? stillInDoubt(verdict) : verdict
}

/** What is in doubt is shown as nothing less, and asked after again before anybody may change it. */
function stillInDoubt(verdict: Exclude<Verdict, { kind: 'refresh' }>): Verdict {
  if (verdict.kind === 'later') return { ...verdict, state: 'looking-up', notSent: false }
  return { ...verdict, state: verdict.state === 'rejected' ? 'unconfirmed' : verdict.state, notSent: false }
}

function verdictOnThis(facts: ErrorFacts): Verdict {
  const { error, writing } = facts
  const reaction = policy[error.kind][writing ? 'write' : 'read']
  const reason: Reason = { code: error.code, kind: error.kind, ...(error.field ? { field: error.field } : {}) }
  if (reaction === 'refresh' && !facts.refreshed) return { kind: 'refresh' }
  if (reaction === 'refresh' || reaction === 'reconnect')
    return { kind: 'end', state: 'parked', reason, outcome: 'deferred', notSent: writing }
  if (reaction === 'look-up') return lookUpLater(facts, reason)
  if (facts.purpose === 'look-up') return lookUpAgain(facts, reason)
  if (reaction === 'stop') return stop(facts, reason)
  return waitAndTry(facts, reason)
}

/** While the network processes a part, only its word "rejected" says that nothing will come of it; anything else a person looks at. */
function stop({ purpose, writing, error }: ErrorFacts, reason: Reason): Verdict {
  if (purpose === 'poll' && !writing && error.kind !== 'rejected')
    return { kind: 'end', state: 'unconfirmed', reason, outcome: 'unknown', notSent: false }
  return { kind: 'end', state: 'rejected', reason, outcome: 'rejected', notSent: writing || purpose === 'poll' }
}

function lookUpLater({ now, settleSeconds, error }: ErrorFacts, reason: Reason): Verdict {
  const settled = new Date(now.getTime() + settleSeconds * 1000)
  const at = error.retryAt && error.retryAt > settled ? error.retryAt : settled
  return {
    kind: 'later',
    state: 'looking-up',
    at,
    reason: { ...reason, until: at.toISOString() },
    outcome: 'unknown',
    notSent: false,
  }
}

/** A look-up that itself failed proves nothing: it is repeated, then a person decides. */
function lookUpAgain({ now, tries, error, jitter }: ErrorFacts, reason: Reason): Verdict {
  const seconds = backOff(tries + 1)
  if (seconds === null || tries >= lookUpTries)
    return {
      kind: 'end',
      state: 'unconfirmed',
      reason: { ...reason, code: 'cannot-look-up' },
      outcome: 'unknown',
      notSent: false,
    }
  const at = error.retryAt ?? new Date(now.getTime() + seconds * 1000 * (1 + jitter / 4))
  return {
    kind: 'later',
    state: 'looking-up',
    at,
    reason: { ...reason, until: at.toISOString() },
    outcome: 'unknown',
    notSent: false,
  }
}

function waitAndTry({ now, tries, error, purpose, writing, jitter }: ErrorFacts, reason: Reason): Verdict {
  const polling = purpose === 'poll' && !writing
  const seconds = backOff(tries + 1)
  if (seconds === null) {
    const gaveUp = { ...reason, code: 'gave-up', text: error.code }
    return polling
      ? { kind: 'end', state: 'unconfirmed', reason: gaveUp, outcome: 'unknown', notSent: false }
      : { kind: 'end', state: 'rejected', reason: gaveUp, outcome: 'rejected', notSent: writing }
  }
  const at =
    error.retryAt && error.retryAt > now ? error.retryAt : new Date(now.getTime() + seconds * 1000 * (1 + jitter / 4))
  const state = polling ? 'processing' : 'scheduled'
  return {
    kind: 'later',
    state,
    at,
    reason: { ...reason, until: at.toISOString() },
    outcome: 'deferred',
    notSent: writing,
  }
}

export type AfterLookUp = { kind: 'send-again' | 'ask' } | { kind: 'look-again'; at: Date }

export interface LookUpFacts {
  /** null: the network cannot be asked. */
  found: Exclude<Found, { state: 'published' }> | null
  /** Seconds for which the key prevents a second post; null: no promise. */
  keyLifetime: number | null
  /** When the first write without an answer was permitted: the key's time runs from then. */
  sentAt: Date
  /** When the last one was. */
  writtenAt: Date
  now: Date
  tries: number
}

/** What the network promises about repeated keys, for this very account where it depends on the server. */
export const keyLifetimeOf = (publish: Publish, account: AccountView, prepared?: Json): number | null =>
  publish.keyLifetimeFor ? publish.keyLifetimeFor(account, prepared) : (publish.keyLifetime ?? null)

/** What a look-up permits. Sending again needs proof that nothing is there, or the network's promise that the key prevents a second one. */
export function afterLookUp({ found, keyLifetime, sentAt, writtenAt, now, tries }: LookUpFacts): AfterLookUp {
  if (tries >= sendTries || found?.state === 'unsure') return { kind: 'ask' }
  const absent = found?.state === 'absent'
  if (keyLifetime !== null) {
    const holds = now.getTime() - sentAt.getTime() < keyLifetime * 1000
    return { kind: absent || holds ? 'send-again' : 'ask' }
  }
  if (!absent) return { kind: 'ask' }
  const certainAt = new Date(writtenAt.getTime() + secondLookMs)
  return now < certainAt ? { kind: 'look-again', at: certainAt } : { kind: 'send-again' }
}
