// When a published post's numbers are read, and when the next reading is due.

/** Ages at which numbers are read, in minutes: 15, 30, 60 min, 2, 4, 8, 24, 48 h, 7 d, 30 d. */
export const snapshotAges = [15, 30, 60, 120, 240, 480, 1440, 2880, 10_080, 43_200] as const

const at = (publishedAt: Date, minutes: number): Date => new Date(publishedAt.getTime() + minutes * 60_000)

export const firstNumbersAt = (publishedAt: Date): Date => at(publishedAt, snapshotAges[0])

/**
 * The reading that is due now and the one after it. Readings that were missed (Longrun was off) are left out rather than
 * filled with numbers of another age: the newest age that has passed is taken.
 */
export function dueReading(
  publishedAt: Date,
  step: number,
  now: Date,
): { ageMinutes: number; next: { step: number; at: Date } | null } | null {
  const passed = snapshotAges.findLastIndex((minutes) => at(publishedAt, minutes) <= now)
  if (passed < step) return null
  const nextAge = snapshotAges[passed + 1]
  return {
    ageMinutes: snapshotAges[passed]!,
    next: nextAge === undefined ? null : { step: passed + 1, at: at(publishedAt, nextAge) },
  }
}
