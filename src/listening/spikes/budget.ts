// How many alerts a team is told in a day: the gravest first, and what was held back is said.

import type { Severity } from './severity.ts'

export interface Candidate {
  id: string
  at: number
  severity: Severity
  /** 0 to 1; among those of one moment the greater goes first. */
  score: number
  /** Of planned events: in the list, and nobody is called. */
  planned: boolean
}

export interface Told {
  at: number
}

export interface Budgeted {
  tell: string[]
  /** In the list like all others; the next message says how many there are. */
  hold: string[]
}

const dayMs = 86_400_000

/**
 * @param told Alerts of the last 24 hours that were told.
 * @param budget Most in 24 hours. The last quarter of it, one at least where there are three, waits for what asks to act.
 */
export function spendBudget(
  candidates: readonly Candidate[],
  told: readonly Told[],
  budget: number,
  now: number,
): Budgeted {
  let spent = told.filter(({ at }) => now - at < dayMs).length
  const reserve = budget >= 3 ? Math.max(1, Math.floor(budget / 4)) : 0
  const result: Budgeted = { tell: [], hold: [] }
  for (const { id, severity, planned } of [...candidates].sort((a, b) => b.score - a.score || a.at - b.at)) {
    // Nobody misses a crisis because a day was lively.
    const atOnce = severity === 'act-now'
    const room = severity === 'act' ? budget : budget - reserve
    const goes = !planned && (atOnce || spent < room)
    if (goes) spent += 1
    result[goes ? 'tell' : 'hold'].push(id)
  }
  return result
}
