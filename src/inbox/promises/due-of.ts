// Reads a conversation from its beginning and tells each clock of its promises: when it started, stood still, is due, was met or broken.

import { type BusinessClock, calendarClock } from './business-clock.ts'
import { type LiveClock, stop, tell } from './live-clock.ts'
import type { RunningSpan } from './measure.ts'
import type { PolicyVersion } from './policy.ts'
import type { PromiseClock, Standing, TimelineEvent, WaivedFor } from './timeline.ts'
import { type Effect, type PromiseMetric, type PromiseTarget, promiseMetrics } from './types.ts'

export interface KnownPromises {
  versionOf: (versionId: string) => PolicyVersion
  /** Hours are versions too: a change gets another id. */
  clockOf: (hoursId: string) => BusinessClock
}

/**
 * Every clock that ever started, in order. A change of a policy never changes what is told of earlier ones.
 * @param until Events up to here are read; clocks are told as they are `now`.
 */
export function dueOf(
  timeline: readonly TimelineEvent[],
  known: KnownPromises,
  now: Date,
  until = now,
): PromiseClock[] {
  const reading: Reading = {
    known,
    state: 'open',
    version: null,
    unanswered: [],
    heard: false,
    replied: false,
    live: new Map(),
    stopped: new Set(),
    rounds: new Map(),
    ended: [],
  }
  for (const event of timeline) {
    if (event.at > until) break
    read(reading, event)
  }
  return [...reading.ended, ...[...reading.live.values()].map((clock) => tell(clock, now))].sort(
    (a, b) =>
      a.startedAt.getTime() - b.startedAt.getTime() ||
      promiseMetrics.indexOf(a.metric) - promiseMetrics.indexOf(b.metric) ||
      a.round - b.round,
  )
}

interface Reading {
  known: KnownPromises
  state: Standing
  version: PolicyVersion | null
  unanswered: { messageId: string; at: Date }[]
  /** The customer has said something. */
  heard: boolean
  replied: boolean
  live: Map<PromiseMetric, LiveClock>
  /** Ended by a reset; begin anew when the conversation goes on. */
  stopped: Set<PromiseMetric>
  rounds: Map<PromiseMetric, number>
  ended: PromiseClock[]
}

/** Ended by a reply. */
const ofReplies = ['first-reply', 'next-reply'] as const
/** Ended by solving. */
const ofSolving = ['requester-wait', 'resolution'] as const
const isOfSolving = (metric: PromiseMetric): boolean => ofSolving.some((each) => each === metric)

function read(reading: Reading, event: TimelineEvent): void {
  if (event.kind === 'customer') hear(reading, event)
  else if (event.kind === 'removed') forget(reading, event)
  else if (event.kind === 'reply') reply(reading, event.at)
  else if (event.kind === 'state') enter(reading, event.state, event.at)
  else choose(reading, event)
}

function hear(reading: Reading, { at, messageId }: { at: Date; messageId: string }): void {
  reading.heard = true
  reading.unanswered.push({ messageId, at })
  if (reading.state === 'waiting' || reading.state === 'solved') enter(reading, 'open', at)
  for (const metric of ofSolving) begin(reading, metric, { at })
  begin(reading, reading.replied ? 'next-reply' : 'first-reply', { at, messageId })
}

/** The clock goes over to the oldest message that is left, as if the other had never come. */
function forget(reading: Reading, { at, messageId }: { at: Date; messageId: string }): void {
  reading.unanswered = reading.unanswered.filter((each) => each.messageId !== messageId)
  for (const metric of ofReplies) {
    const clock = reading.live.get(metric)
    if (clock?.messageId === messageId) {
      const spans = clock.spans.map((span) => ({ ...span }))
      end(reading, clock, { at, waivedFor: 'removed' })
      const next = reading.unanswered.find((each) => each.at >= clock.startedAt)
      if (next) {
        const round = count(reading, metric)
        const kept = { ...clock, round, messageId: next.messageId, startedAt: next.at, brokenAt: null }
        reading.live.set(metric, { ...kept, spans: spansAfter(spans, next.at) })
      }
    }
    if (reading.unanswered.length === 0) reading.stopped.delete(metric)
  }
}

const spansAfter = (spans: RunningSpan[], from: Date): RunningSpan[] =>
  spans
    .filter(({ to }) => to === null || to > from)
    .map((span) => ({ ...span, from: span.from > from ? span.from : from }))

function reply(reading: Reading, at: Date): void {
  // What we say before anybody spoke to us answers nobody.
  if (!reading.heard) return
  for (const metric of [...ofReplies, 'periodic-update'] as const) {
    const clock = reading.live.get(metric)
    if (clock) end(reading, clock, { at })
    reading.stopped.delete(metric)
  }
  reading.unanswered = []
  reading.replied = true
  if (reading.state !== 'solved') begin(reading, 'periodic-update', { at })
}

function enter(reading: Reading, state: Standing, at: Date): void {
  if (state === reading.state) return
  const before = reading.state
  reading.state = state
  if (state === 'solved') {
    solve(reading, at)
    return
  }
  if (before === 'solved') {
    for (const clock of reading.live.values()) clock.solvedAt = null
    if (reading.heard) for (const metric of ofSolving) begin(reading, metric, { at })
  }
  applyState(reading, at)
}

function solve(reading: Reading, at: Date): void {
  for (const clock of [...reading.live.values()]) {
    if (!isOfSolving(clock.metric)) end(reading, clock, { at, waivedFor: 'solved' })
    else if (clock.target.whenReopened === 'reset') end(reading, clock, { at })
    else {
      stop(clock, at)
      clock.solvedAt = at
    }
  }
  reading.stopped.clear()
  reading.unanswered = []
}

function choose(
  reading: Reading,
  { at, versionId, running }: { at: Date; versionId: string | null; running: boolean },
) {
  reading.version = versionId === null ? null : reading.known.versionOf(versionId)
  if (!running) return
  for (const clock of [...reading.live.values()]) {
    const target = targetOf(reading, clock.metric)
    if (target && reading.version) change(reading, clock, { at, target, version: reading.version })
    else if (!clock.solvedAt) end(reading, clock, { at, waivedFor: 'policy' })
  }
  for (const metric of reading.stopped) if (!targetOf(reading, metric)) reading.stopped.delete(metric)
  if (reading.state !== 'solved') beginMissing(reading, at)
  applyState(reading, at)
}

/** What was spent stays spent, in the hours in which it was; what was broken stays broken. */
function change(
  { state, known }: Reading,
  clock: LiveClock,
  { at, target, version }: { at: Date; target: PromiseTarget; version: PolicyVersion },
): void {
  clock.brokenAt = tell(clock, at).brokenAt
  const ran = clock.spans.at(-1)?.to === null
  stop(clock, at)
  Object.assign(clock, { target, versionId: version.id, since: at })
  if (ran && effectOf(target, state) === 'run') clock.spans.push({ from: at, to: null, hours: hoursOf(known, clock) })
}

function beginMissing(reading: Reading, at: Date): void {
  if (reading.heard) for (const metric of ofSolving) begin(reading, metric, { at })
  const oldest = reading.unanswered[0]
  if (oldest) begin(reading, reading.replied ? 'next-reply' : 'first-reply', { at, messageId: oldest.messageId })
}

/** Clocks run, stand still or end as their targets say of the state. */
function applyState(reading: Reading, at: Date): void {
  for (const clock of [...reading.live.values()]) {
    if (clock.solvedAt) continue
    const effect = effectOf(clock.target, reading.state)
    const runs = clock.spans.at(-1)?.to === null
    if (effect === 'reset') {
      end(reading, clock, { at, waivedFor: 'reset' })
      reading.stopped.add(clock.metric)
    } else if (effect === 'pause') stop(clock, at)
    else if (!runs) clock.spans.push({ from: at, to: null, hours: hoursOf(reading.known, clock) })
  }
  for (const metric of [...reading.stopped]) {
    const target = targetOf(reading, metric)
    if (!target || effectOf(target, reading.state) !== 'run') continue
    reading.stopped.delete(metric)
    const owed = ofReplies.some((each) => each === metric) ? (reading.unanswered[0]?.messageId ?? null) : null
    begin(reading, metric, { at, messageId: owed })
  }
}

function effectOf(target: PromiseTarget, state: Standing): Effect {
  if (state === 'waiting') return target.whileWaiting
  return state === 'on-hold' ? target.whileOnHold : 'run'
}

/** Nothing where one is there already, or where none is promised. */
function begin(
  reading: Reading,
  metric: PromiseMetric,
  { at, messageId = null }: { at: Date; messageId?: string | null },
): void {
  const target = targetOf(reading, metric)
  if (!target || !reading.version || reading.live.has(metric) || reading.stopped.has(metric)) return
  const effect = effectOf(target, reading.state)
  if (effect === 'reset') {
    reading.stopped.add(metric)
    return
  }
  const facts = { metric, messageId, versionId: reading.version.id, target, startedAt: at, since: at }
  const clock: LiveClock = { ...facts, round: count(reading, metric), spans: [], brokenAt: null, solvedAt: null }
  if (effect === 'run') clock.spans.push({ from: at, to: null, hours: hoursOf(reading.known, clock) })
  reading.live.set(metric, clock)
}

const targetOf = ({ version }: Reading, metric: PromiseMetric): PromiseTarget | null =>
  version?.policy.targets.find((each) => each.metric === metric) ?? null

function hoursOf(known: KnownPromises, { target, versionId }: LiveClock): BusinessClock {
  const { hoursId } = known.versionOf(versionId).policy
  return target.hours === 'calendar' || hoursId === null ? calendarClock : known.clockOf(hoursId)
}

function count({ rounds }: Reading, metric: PromiseMetric): number {
  const round = (rounds.get(metric) ?? 0) + 1
  rounds.set(metric, round)
  return round
}

function end(reading: Reading, clock: LiveClock, { at, waivedFor = null }: { at: Date; waivedFor?: WaivedFor | null }) {
  stop(clock, at)
  reading.live.delete(clock.metric)
  reading.ended.push(tell(clock, at, { endedAt: at, waivedFor }))
}
