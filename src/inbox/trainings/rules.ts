// Pure: whether a training counts on a day.

/** Days as calendars have them, like 2026-11-30. */
export interface TrainingSpan {
  givenOn: string
  /** The last day on which it counts; null: for good. */
  until: string | null
  endedAt: string | null
  /** It asks for no drill, or a good one is passed. */
  isDrilled: boolean
}

/** `drill`: it counts once a drill is passed. */
export type TrainingState = 'ahead' | 'drill' | 'counts' | 'over' | 'ended'

export function trainingState({ givenOn, until, endedAt, isDrilled }: TrainingSpan, today: string): TrainingState {
  if (endedAt !== null) return 'ended'
  if (until !== null && until < today) return 'over'
  if (!isDrilled) return 'drill'
  return givenOn > today ? 'ahead' : 'counts'
}

/** So many days before it ends its person and whoever recorded it are told. */
export const daysAhead = 14
