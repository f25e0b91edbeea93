// Pure: whether a training counts on a day.

/** Days as calendars have them, like 2026-11-30. */
export interface TrainingSpan {
  givenOn: string
  /** The last day on which it counts; null: for good. */
  until: string | null
  endedAt: string | null
}

export type TrainingState = 'ahead' | 'counts' | 'over' | 'ended'

export function trainingState({ givenOn, until, endedAt }: TrainingSpan, today: string): TrainingState {
  if (endedAt !== null) return 'ended'
  if (givenOn > today) return 'ahead'
  return until !== null && until < today ? 'over' : 'counts'
}

/** So many days before it ends its person and whoever recorded it are told. */
export const daysAhead = 14
