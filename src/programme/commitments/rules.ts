// Pure: how long a commitment may hold, and how one stands on a day.

import { daysBetween } from '../../lib/days.ts'
import type { CommitmentFacts } from './types.ts'

/** Yearly, as budgets are (R4-14); in less than four weeks nothing of a marathon can be seen. */
const mostDays = 366
const fewestDays = 28
/** So many days before it ends people are asked to renew it. */
export const daysAhead = 42

export type CommitmentState = 'ahead' | 'in-force' | 'ends-soon' | 'over' | 'replaced'

/** The code of what is wrong with its days, at `untilDay`. */
export function spanFault({ fromDay, untilDay }: Pick<CommitmentFacts, 'fromDay' | 'untilDay'>): string | null {
  const days = daysBetween(fromDay, untilDay) + 1
  if (days < fewestDays) return 'too-short'
  return days > mostDays ? 'longer-than-a-year' : null
}

interface Span {
  fromDay: string
  untilDay: string
  isReplaced: boolean
}

export function commitmentState({ fromDay, untilDay, isReplaced }: Span, today: string): CommitmentState {
  if (isReplaced) return 'replaced'
  if (today > untilDay) return 'over'
  if (today < fromDay) return 'ahead'
  return daysBetween(today, untilDay) < daysAhead ? 'ends-soon' : 'in-force'
}
