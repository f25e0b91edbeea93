// The ladder that a promise climbs: due soon, broken, not acknowledged. Decided from what was committed, so that any process may go on.
//
// The first level is told when a promise is due soon, the second when it is broken, each further one when those before did not acknowledge
// in their time. Whoever is away is passed over; the last level is told whoever is away, because somebody there always is.

export interface LadderLevel {
  /** Owner, deputy, manager, always staffed: who that is in this conversation. */
  people: readonly string[]
  /** Time to acknowledge before the next level is told. */
  acknowledgeMs: number
}

/** What was committed of one promise. */
export interface LadderState {
  /** In order of levels, one entry each: nothing climbs twice. */
  steps: readonly LadderStep[]
  /** The last one, and the highest level that was told by then. */
  acknowledged: { level: number; at: Date } | null
}

export interface LadderStep {
  level: number
  /** When it was told, or passed over. */
  at: Date
  told: readonly string[]
}

/** The promise as it stands: from `dueOf`. */
export interface LadderPromise {
  /** null: nothing is due, it is paused. */
  dueSoonAt: Date | null
  dueAt: Date | null
  /** Answered, solved or waived. */
  isOver: boolean
}

export type Climb = 'due-soon' | 'broken' | 'not-acknowledged'

export type NextStep =
  /** `until` null: nothing will come of time alone. */
  | { kind: 'wait'; until: Date | null; why: 'not-due' | 'paused' | 'time-to-acknowledge' | 'acknowledged' }
  /** To be committed as a step with `at` now, before anybody is told. */
  | { kind: 'tell'; level: number; people: string[]; away: string[]; because: Climb }
  /** Nobody of this level is there: to be committed as a step that told nobody; the next one follows at once. */
  | { kind: 'pass'; level: number; away: string[] }
  /** A clock was wrong when it was told; its time to acknowledge begins now. To be committed in its place. */
  | { kind: 'set-back'; level: number }
  | { kind: 'end'; why: 'over' | 'top-reached' }

export interface LadderFacts {
  promise: LadderPromise
  state: LadderState
  /** Away at this moment. */
  isAway: (person: string) => boolean
}

/** Small differences between clocks of several machines are no fault. */
const toleranceMs = 60_000

/** What to do now. One thing: commit it and ask again until it says to wait or to end. */
export function nextStep(ladder: readonly LadderLevel[], { promise, state, isAway }: LadderFacts, now: Date): NextStep {
  if (promise.isOver) return { kind: 'end', why: 'over' }
  const last = state.steps.at(-1) ?? null
  if (last && last.at.getTime() > now.getTime() + toleranceMs) return { kind: 'set-back', level: last.level }
  const level = last ? last.level + 1 : 0
  const next = ladder[level]
  if (!next) return { kind: 'end', why: 'top-reached' }
  const when = timeOf(ladder, promise, state)
  if (when.at === null || when.at > now) return { kind: 'wait', until: when.at, why: when.why }
  const away = next.people.filter(isAway)
  const there = next.people.filter((person) => !isAway(person))
  const isTop = level === ladder.length - 1
  if (there.length === 0 && !isTop) return { kind: 'pass', level, away }
  const people = there.length > 0 ? there : [...next.people]
  return { kind: 'tell', level, people, away, because: promise.dueAt! > now ? 'due-soon' : when.because }
}

interface When {
  at: Date | null
  why: 'not-due' | 'paused' | 'time-to-acknowledge' | 'acknowledged'
  because: Climb
}

/** When the next level is to be told. */
function timeOf(ladder: readonly LadderLevel[], { dueAt, dueSoonAt }: LadderPromise, state: LadderState): When {
  if (dueAt === null) return { at: null, why: 'paused', because: 'broken' }
  const told = state.steps.findLast((step) => step.told.length > 0)
  // Those that were passed over are no reason to wait.
  if (!told) return { at: dueSoonAt ?? dueAt, why: 'not-due', because: 'broken' }
  const acknowledged = state.acknowledged && state.acknowledged.level >= told.level ? state.acknowledged.at : null
  const wasWarned = told.level === 0 || told.at < dueAt
  // To have acknowledged that it is due soon stops nothing when it then breaks.
  if (acknowledged && (acknowledged >= dueAt || !wasWarned)) return { at: null, why: 'acknowledged', because: 'broken' }
  if (wasWarned) return { at: dueAt, why: acknowledged ? 'acknowledged' : 'not-due', because: 'broken' }
  const until = new Date(told.at.getTime() + ladder[told.level]!.acknowledgeMs)
  return { at: until, why: 'time-to-acknowledge', because: 'not-acknowledged' }
}
