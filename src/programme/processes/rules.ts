// Pure: what may not be a process, and whether somebody has to look at it.

import { addDays } from '../../lib/days.ts'
import type { ProcessKeeping } from './types.ts'

/** Nobody keeps a date that lies further ahead. */
const longestDays = 731

export function keepingFault(
  { ownerId, deputyId, reviewOn }: ProcessKeeping,
  today: string,
): { code: string; field: string } | null {
  if (ownerId === deputyId) return { code: 'own-deputy', field: 'deputyId' }
  if (reviewOn < today) return { code: 'review-past', field: 'reviewOn' }
  return reviewOn > addDays(today, longestDays) ? { code: 'review-too-far', field: 'reviewOn' } : null
}

export type ReviewState = 'fresh' | 'due' | 'ended'

export const reviewState = (
  { reviewOn, endedAt }: { reviewOn: string; endedAt: Date | null },
  today: string,
): ReviewState => (endedAt ? 'ended' : reviewOn <= today ? 'due' : 'fresh')
