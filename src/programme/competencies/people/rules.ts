// Pure: how a certificate stands on a day, and who may be whose buddy.

import { addDays } from '../../../lib/days.ts'
import type { RefusalFacts } from '../../../lib/refusal.ts'
import type { BuddyFacts, CertificateState } from './types.ts'

/** So many days before it ends, its person and whoever gave it are told. */
export const daysAhead = 28

export function certificateState(
  { until, endedAt }: { until: string | null; endedAt: Date | string | null },
  today: string,
): CertificateState {
  if (endedAt !== null) return 'ended'
  if (until === null) return 'counts'
  if (until < today) return 'over'
  return until <= addDays(today, daysAhead) ? 'ends-soon' : 'counts'
}

/** More novices than this nobody carries beside their own work. */
export const mostNovices = 3

interface Pair {
  noviceId: string
  buddyId: string
}

/** null: they may be. */
export function whyNotBuddies({ noviceId, buddyId }: BuddyFacts, pairs: readonly Pair[]): Refused | null {
  if (noviceId === buddyId) return { code: 'own-buddy', field: 'buddyId' }
  if (pairs.some((pair) => pair.noviceId === noviceId)) return { code: 'has-a-buddy', status: 409, field: 'noviceId' }
  // Whoever is new themselves cannot carry somebody else.
  if (pairs.some((pair) => pair.noviceId === buddyId)) return { code: 'buddy-is-new', field: 'buddyId' }
  if (pairs.some((pair) => pair.buddyId === noviceId)) return { code: 'novice-is-a-buddy', field: 'noviceId' }
  const novices = pairs.filter((pair) => pair.buddyId === buddyId).length
  return novices < mostNovices
    ? null
    : { code: 'buddy-has-enough', field: 'buddyId', params: { novices, rule: 'load-guard', requirement: 'R0-24' } }
}

interface Refused extends RefusalFacts {
  code: string
}
