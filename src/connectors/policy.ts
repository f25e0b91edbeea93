// What Longrun does about each kind of connector error: one table for every network.

import type { ErrorKind } from './contract.ts'

export type Reaction =
  /** Final. The author edits and schedules again. */
  | 'stop'
  /** Refresh under a lock and try once more. */
  | 'refresh'
  /** Mark the account, ask its owner to reconnect, park its posts. */
  | 'reconnect'
  /** Wait until `retryAt` or by back-off; nothing was written. */
  | 'wait'
  /** A write may have happened: look it up; if that cannot tell, ask a person. Never sent again blindly. */
  | 'look-up'

interface Policy {
  /** While preparing or reading: nothing that counts has been sent. */
  read: Reaction
  /** While making the write that counts. */
  write: Reaction
}

export const policy: Record<ErrorKind, Policy> = {
  rejected: { read: 'stop', write: 'stop' },
  'auth-expired': { read: 'refresh', write: 'refresh' },
  'auth-revoked': { read: 'reconnect', write: 'reconnect' },
  forbidden: { read: 'stop', write: 'stop' },
  'rate-limited': { read: 'wait', write: 'wait' },
  unavailable: { read: 'wait', write: 'wait' },
  unknown: { read: 'wait', write: 'look-up' },
  gone: { read: 'stop', write: 'stop' },
  // A page of a proxy or a captive portal looks like a change too: it is asked again before anybody believes it.
  changed: { read: 'wait', write: 'look-up' },
}

const backOffSeconds = [5, 15, 30, 60, 120, 300, 600, 1200]

/** Seconds until try `n` + 1 (n ≥ 1), before jitter. null: give up, after about 40 minutes in all. */
export function backOff(tries: number): number | null {
  return backOffSeconds[tries - 1] ?? null
}
