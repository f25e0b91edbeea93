// What lists and the ladder need to know of a conversation's promises: the one that is due next, and how it stands.

import type { LadderPromise } from './escalation.ts'
import type { PromiseClock } from './timeline.ts'

/** The clock that is due first, overdue ones before all; null: nothing is due, or all is paused. */
export function nextDue(clocks: readonly PromiseClock[]): PromiseClock | null {
  const due = clocks.filter((clock) => clock.endedAt === null && dueInstant(clock) !== null)
  return due.toSorted((a, b) => dueInstant(a)!.getTime() - dueInstant(b)!.getTime())[0] ?? null
}

/** The promise as the ladder climbs it. What is broken stays so, also while it is paused or promised anew. */
export const asLadderPromise = (clock: PromiseClock): LadderPromise => ({
  dueSoonAt: clock.dueSoonAt,
  dueAt: dueInstant(clock),
  isOver: clock.endedAt !== null,
})

const dueInstant = ({ brokenAt, dueAt }: PromiseClock): Date | null => brokenAt ?? dueAt
