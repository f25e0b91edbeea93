// How much of a promised time is spent, and when it is: over the spans in which a clock ran, each in its own hours.

import { addBusiness, type BusinessClock, businessMs } from './business-clock.ts'

/** A time in which a clock ran. */
export interface RunningSpan {
  from: Date
  /** null: it still runs. */
  to: Date | null
  hours: BusinessClock
}

export const spentMs = (spans: readonly RunningSpan[], now: Date): number =>
  spans.reduce((sum, { from, to, hours }) => sum + businessMs(hours, from, to ?? now), 0)

/**
 * The instant at which so much is spent; null: it is paused before. Somebody who answers at that very instant keeps the promise.
 * @param since Never before: what was promised until then was something else. A span begins there if one ran.
 * @param endedAt Where the clock ended; what ran until there counts on to tell when it would have been due.
 */
export function instantOfSpent(
  spans: readonly RunningSpan[],
  ms: number,
  { since, endedAt }: { since: Date; endedAt: Date | null },
): Date | null {
  let left = ms
  for (const [index, { from, to, hours }] of spans.entries()) {
    if (to === null || to > since) {
      // Spent in a pause, or by a promise that became shorter: due as soon as it runs again.
      if (left <= 0) return from
      const isLast = index === spans.length - 1
      const reached = addBusiness(hours, from, left)
      if (to === null || (isLast && to.getTime() === endedAt?.getTime())) return reached
      if (reached && reached < to) return reached
    }
    if (to) left -= businessMs(hours, from, to)
  }
  return null
}
