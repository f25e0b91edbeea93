// Which round a promise clock has: once given it stays, whatever is read into the conversation later, so that steps of one never count for another. Pure.

import type { PromiseClock } from './timeline.ts'
import type { PromiseMetric } from './types.ts'

export interface Round {
  metric: PromiseMetric
  round: number
}

/** A round that was given, and what is known of its clock. */
export interface KnownRound extends Round {
  messageId: string | null
  startedAt: Date
  /** It went on when it was told last. */
  goesOn: boolean
}

export interface StableRounds {
  clocks: PromiseClock[]
  /** What was a first reply is a further one now, or the other way round: the same answer is owed, and who was told of it was told. */
  renamed: { from: Round; to: Round }[]
}

/**
 * Clocks are counted from the beginning of a conversation; its beginning may come later, or be that of another conversation. A clock is known
 * again by its own beginning; any other gets a number that none ever had.
 */
export function withStableRounds(clocks: readonly PromiseClock[], known: readonly KnownRound[]): StableRounds {
  const free = [...known]
  const take = (fits: (round: KnownRound) => boolean): KnownRound | undefined => {
    const at = free.findIndex(fits)
    return at < 0 ? undefined : free.splice(at, 1)[0]
  }
  const found: (KnownRound | undefined)[] = clocks.map((clock) =>
    take((each) => each.metric === clock.metric && isBeginningOf(each, clock)),
  )
  const lookFor = (clock: PromiseClock, fits: (round: KnownRound) => boolean) => {
    const index = clocks.indexOf(clock)
    found[index] ??= take(fits)
  }
  for (const clock of clocks)
    if (clock.messageId !== null) lookFor(clock, (each) => each.messageId !== null && isBeginningOf(each, clock))
  // An older message of the same that came late: whoever was told of it is not told again.
  for (const clock of clocks)
    if (clock.endedAt === null)
      lookFor(clock, (each) => each.metric === clock.metric && each.goesOn && clock.startedAt < each.startedAt)
  const highest = new Map<PromiseMetric, number>()
  for (const { metric, round } of known) highest.set(metric, Math.max(round, highest.get(metric) ?? 0))
  const renamed: StableRounds['renamed'] = []
  const numbered = clocks.map((clock, index) => {
    const { metric } = clock
    const before = found[index]
    if (before?.metric === metric) return { ...clock, round: before.round }
    const round = (highest.get(metric) ?? 0) + 1
    highest.set(metric, round)
    if (before) renamed.push({ from: { metric: before.metric, round: before.round }, to: { metric, round } })
    return { ...clock, round }
  })
  return { clocks: numbered, renamed }
}

const isBeginningOf = (round: KnownRound, { messageId, startedAt }: PromiseClock): boolean =>
  round.messageId === messageId && round.startedAt.getTime() === startedAt.getTime()
