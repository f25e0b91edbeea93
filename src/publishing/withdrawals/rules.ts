// Pure decisions of mass withdrawals: what an error at the network means for one post of it.

import type { ConnectorError } from '../../connectors/errors.ts'
import { backOff } from '../../connectors/policy.ts'
import type { Reason } from '../types.ts'
import type { ItemState } from './types.ts'

/** Between two deletions on one account: no network takes it for an attack, and people can still stop it. */
export const paceMs = 300
/** So long a worker may take for one post before another one takes it over; a deletion may be repeated. */
export const leaseMs = 60_000

export type Outcome =
  | { kind: 'end'; state: Exclude<ItemState, 'waiting'>; reason: Reason | null }
  /** `account`: nothing of this account is tried before. */
  | { kind: 'later'; at: Date; reason: Reason; account: boolean }

/** Passing trouble is tried again for about forty minutes; what only a person can mend is left to one. */
export function outcomeOf(error: ConnectorError, { tries, now }: { tries: number; now: Date }): Outcome {
  const reason: Reason = { code: error.code, kind: error.kind }
  switch (error.kind) {
    case 'gone':
      return { kind: 'end', state: 'gone', reason: null }
    case 'rejected':
    case 'forbidden':
      return { kind: 'end', state: 'refused', reason }
    case 'auth-expired':
    case 'auth-revoked':
      return { kind: 'end', state: 'by-hand', reason }
    case 'rate-limited': {
      const at = error.retryAt ?? new Date(now.getTime() + 60_000)
      return { kind: 'later', at, reason: { ...reason, until: at.toISOString() }, account: true }
    }
    default: {
      const seconds = backOff(tries + 1)
      if (seconds === null)
        return { kind: 'end', state: 'refused', reason: { ...reason, code: 'gave-up', text: error.code } }
      const at = error.retryAt ?? new Date(now.getTime() + seconds * 1000)
      return { kind: 'later', at, reason: { ...reason, until: at.toISOString() }, account: false }
    }
  }
}
