// What is known to be coming raises what is expected, or marks what it brings.

import type { PlannedEvent } from './types.ts'

export interface Plan {
  /** So many times the usual is expected of the window. */
  factor: number
  /** An event without a known size, or the one that expects most; its alerts are marked with it. */
  event: string | null
  /** What it brings is no measure of the usual, unless its size is known. */
  unusual: boolean
}

export const nothingPlanned: Plan = { factor: 1, event: null, unusual: false }

/** What the events mean for a window, by how much of it each of them covers. */
export function planFor(events: readonly PlannedEvent[], from: number, to: number): Plan {
  if (events.length === 0) return nothingPlanned
  let plan = nothingPlanned
  let weight = -1
  for (const event of events) {
    const covered = Math.min(to, event.to) - Math.max(from, event.from)
    if (covered <= 0) continue
    const part = covered / (to - from)
    const factor = 1 + ((event.factor ?? 1) - 1) * part
    // What belongs to the usual names an alert only where nothing was announced.
    const own = event.usual ? 0 : (event.factor ?? Number.POSITIVE_INFINITY)
    plan = {
      factor: Math.max(plan.factor, factor),
      event: own >= weight ? event.id : plan.event,
      unusual: plan.unusual || !event.usual,
    }
    weight = Math.max(weight, own)
  }
  return plan
}
