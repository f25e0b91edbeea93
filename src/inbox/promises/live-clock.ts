// A promise clock while a conversation is read: the spans in which it ran, and what they come to.

import { instantOfSpent, type RunningSpan, spentMs } from './measure.ts'
import type { ClockState, PromiseClock, WaivedFor } from './timeline.ts'
import type { PromiseMetric, PromiseTarget } from './types.ts'

export interface LiveClock {
  metric: PromiseMetric
  round: number
  messageId: string | null
  versionId: string
  target: PromiseTarget
  startedAt: Date
  /** When its target became what it is. */
  since: Date
  spans: RunningSpan[]
  /** Broken under a target that it no longer has. */
  brokenAt: Date | null
  /** Met, and goes on should the conversation be opened again. */
  solvedAt: Date | null
}

export function stop({ spans }: LiveClock, at: Date): void {
  const last = spans.at(-1)
  if (last?.to !== null) return
  last.to = at
  if (last.from.getTime() === at.getTime()) spans.pop()
}

const minuteMs = 60_000
const usualShareDueSoon = 0.25

/** What is known of it at an instant. */
export function tell(
  clock: LiveClock,
  now: Date,
  { endedAt = clock.solvedAt, waivedFor = null }: { endedAt?: Date | null; waivedFor?: WaivedFor | null } = {},
): PromiseClock {
  const { spans, target, since } = clock
  const promised = target.minutes * minuteMs
  const soon = target.dueSoonMinutes === null ? promised * usualShareDueSoon : target.dueSoonMinutes * minuteMs
  const dueAt = instantOfSpent(spans, promised, { since, endedAt })
  const spent = spentMs(spans, endedAt ?? now)
  const brokenAt = clock.brokenAt ?? (dueAt && dueAt < (endedAt ?? now) ? dueAt : null)
  const runs = spans.at(-1)?.to === null
  return {
    metric: clock.metric,
    round: clock.round,
    messageId: clock.messageId,
    versionId: clock.versionId,
    target,
    startedAt: clock.startedAt,
    endedAt,
    pauses: pausesOf(clock, endedAt),
    spentMs: spent,
    leftMs: Math.max(0, promised - spent),
    dueSoonAt: instantOfSpent(spans, promised - soon, { since, endedAt }),
    dueAt,
    brokenAt,
    state: stateOf({ brokenAt, endedAt, waivedFor, runs }),
    waivedFor: brokenAt ? null : waivedFor,
  }
}

interface Outcome {
  brokenAt: Date | null
  endedAt: Date | null
  waivedFor: WaivedFor | null
  runs: boolean
}

function stateOf({ brokenAt, endedAt, waivedFor, runs }: Outcome): ClockState {
  if (brokenAt) return endedAt ? 'broken' : 'overdue'
  if (endedAt) return waivedFor ? 'waived' : 'met'
  return runs ? 'running' : 'paused'
}

function pausesOf({ startedAt, spans }: LiveClock, endedAt: Date | null): PromiseClock['pauses'] {
  const pauses: PromiseClock['pauses'] = []
  let from: Date | null = startedAt
  for (const span of spans) {
    if (from && span.from > from) pauses.push({ from, to: span.from })
    from = span.to
  }
  if (from && (endedAt === null || endedAt > from)) pauses.push({ from, to: endedAt })
  return pauses
}
