// Decisions of the event log: which webhook wants which event, how a delivery is signed, when it is tried again.

import { createHmac } from 'node:crypto'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Waits after the first, second … failure. The last one repeats. */
const waits = [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day]
/** A delivery that failed for so long is given up. */
export const patienceMs = 3 * day
export const deliveryLogMs = 30 * day

/** `[]` wants everything; `posts.*` all verbs of posts. Tests are sent by hand and wanted by nobody. */
export const wants = (verbs: readonly string[], verb: string): boolean =>
  verbs.length === 0 ||
  verbs.some((wanted) => wanted === verb || (wanted.endsWith('.*') && verb.startsWith(wanted.slice(0, -1))))

/** Value of `Longrun-Signature`: seconds since 1970, and an HMAC over them and the exact bytes of the body. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

export interface FailureFacts {
  createdAt: Date
  /** Including the one that just failed. */
  tries: number
  /** When this webhook last took anything. */
  lastSuccessAt: Date | null
  now: Date
}

export type AfterFailure =
  | { kind: 'again'; at: Date }
  /** `pause`: nothing at all arrived for as long, so the webhook rests until a person looks at it. */
  | { kind: 'give-up'; pause: boolean }

export function decideAfterFailure({ createdAt, tries, lastSuccessAt, now }: FailureFacts): AfterFailure {
  const at = new Date(now.getTime() + waits[Math.min(tries, waits.length) - 1]!)
  const end = createdAt.getTime() + patienceMs
  if (now.getTime() < end) return { kind: 'again', at: at.getTime() < end ? at : new Date(end) }
  return { kind: 'give-up', pause: lastSuccessAt === null || now.getTime() - lastSuccessAt.getTime() >= patienceMs }
}
