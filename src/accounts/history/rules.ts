// Pure decisions about reading an account's past: how far back, how much of it, and when to try again.

import type { ConnectorError } from '../../connectors/errors.ts'
import { policy } from '../../connectors/policy.ts'

/** Twelve whole weeks are looked at, and the present one comes before them. */
export const weeksRead = 13
const weekMs = 7 * 86_400_000

/** What one account may have published in that time before we stop counting: some hundred a day. */
export const mostItems = 10_000
/** Also for a network whose pages hold next to nothing of what is asked for. */
export const mostPages = 500
export const pageLength = 100

export const sinceOf = (now: Date): Date => new Date(now.getTime() - weeksRead * weekMs)

const waitMinutes = [1, 5, 15, 60, 240]
/** What only people can mend is tried again now and then: they may mend it on the other side. */
const hopelessMinutes = 24 * 60

/** `failures`: how often in a row it failed before this. */
export function nextTry(
  { kind, retryAt }: Pick<ConnectorError, 'kind' | 'retryAt'>,
  { failures, now }: { failures: number; now: Date },
): Date {
  const { read } = policy[kind]
  const isHopeless = read === 'stop' || read === 'reconnect'
  const minutes = isHopeless ? hopelessMinutes : waitMinutes[Math.min(failures, waitMinutes.length - 1)]!
  const at = new Date(now.getTime() + minutes * 60_000)
  return retryAt && retryAt > at ? retryAt : at
}
