// What is known to be coming raises what is expected, or marks what it brings.

import type { PlannedEvent } from './types.ts'

export interface Plan {
  /** So many times the usual is expected of the window. */
  factor: number
  /** An event without a known size, or the one that expects most; its alerts are marked with it. */
  event: string | null
}

export const nothingPlanned: Plan = { factor: 1, event: null }

/** What the events mean for a window, by how much of it each of them covers. */
export function planFor(events: readonly PlannedEvent[], from: number, to: number): Plan {
  if (events.length === 0) return nothingPlanned
  let plan = nothingPlanned
  let weight = 0
  for (const event of events) {
    const covered = Math.min(to, event.to) - Math.max(from, event.from)
    if (covered <= 0) continue
    const part = covered / (to - from)
    const factor = 1 + ((event.factor ?? 1) - 1) * part
    const own = event.factor ?? Number.POSITIVE_INFINITY
    plan = { factor: Math.max(plan.factor, factor), event: own >= weight ? event.id : plan.event }
    weight = Math.max(weight, own)
  }
  return plan
}
