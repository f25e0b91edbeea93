// A second reader of conversations for tests: plain and slow, it goes from minute to minute and counts.

import type { KnownPromises } from './due-of.ts'
import type { Standing, TimelineEvent } from './timeline.ts'
import type { PromiseMetric, PromiseTarget } from './types.ts'

interface Counted {
  metric: PromiseMetric
  round: number
  messageId: string | null
  versionId: string
  target: PromiseTarget
  startedAt: number
  /** Minutes in which it ran, and whether they count. */
  ticks: { at: number; counts: boolean }[]
  /** Ticks before do not make it late. */
  since: number
  late: number | null
  solvedAt: number | null
}

export interface Told {
  metric: PromiseMetric
  round: number
  messageId: string | null
  versionId: string
  startedAt: number
  endedAt: number | null
  brokenAt: number | null
  spentMs: number
  state: string
  waivedFor: string | null
}

const minuteMs = 60_000
const replies: PromiseMetric[] = ['first-reply', 'next-reply']
const solving: PromiseMetric[] = ['requester-wait', 'resolution']

export function readByMinute(
  events: TimelineEvent[],
  known: KnownPromises,
  { begin, minutes, open }: { begin: number; minutes: number; open: boolean[] },
): Told[] {
  const done: Told[] = []
  const rounds: Partial<Record<PromiseMetric, number>> = {}
  let live: Counted[] = []
  let halted: PromiseMetric[] = []
  let state: Standing = 'open'
  let versionId: string | null = null
  let waiting: { messageId: string; at: number }[] = []
  let [heard, replied] = [false, false]

  const promised = (metric: PromiseMetric) =>
    versionId === null ? undefined : known.versionOf(versionId).policy.targets.find((each) => each.metric === metric)
  const does = (target: PromiseTarget) =>
    state === 'waiting' ? target.whileWaiting : state === 'on-hold' ? target.whileOnHold : 'run'
  const spent = (clock: Counted) => clock.ticks.filter(({ counts }) => counts).length

  const finish = (clock: Counted, at: number | null, waivedFor: string | null) => {
    live = live.filter((each) => each !== clock)
    const { metric, round, messageId, startedAt, late } = clock
    const runs = clock.solvedAt === null && does(clock.target) === 'run'
    const state =
      late !== null
        ? at === null
          ? 'overdue'
          : 'broken'
        : at !== null
          ? waivedFor
            ? 'waived'
            : 'met'
          : runs
            ? 'running'
            : 'paused'
    const more = { endedAt: at, brokenAt: late, spentMs: spent(clock) * minuteMs, state }
    done.push({
      metric,
      round,
      messageId,
      versionId: clock.versionId,
      startedAt,
      ...more,
      waivedFor: late === null ? waivedFor : null,
    })
  }
  const start = (metric: PromiseMetric, at: number, messageId: string | null) => {
    const target = promised(metric)
    if (!target || live.some((each) => each.metric === metric) || halted.includes(metric)) return
    if (does(target) === 'reset') halted.push(metric)
    else {
      rounds[metric] = (rounds[metric] ?? 0) + 1
      const facts = {
        metric,
        round: rounds[metric],
        messageId,
        versionId: versionId!,
        target,
        startedAt: at,
        since: at,
      }
      live.push({ ...facts, ticks: [], late: null, solvedAt: null })
    }
  }
  const follow = (at: number) => {
    for (const clock of [...live])
      if (clock.solvedAt === null && does(clock.target) === 'reset') {
        finish(clock, at, 'reset')
        halted.push(clock.metric)
      }
    for (const metric of [...halted]) {
      const target = promised(metric)
      if (target && does(target) === 'run') {
        halted = halted.filter((each) => each !== metric)
        start(metric, at, replies.includes(metric) ? (waiting[0]?.messageId ?? null) : null)
      }
    }
  }
  const enter = (next: Standing, at: number) => {
    if (next === state) return
    const before = state
    if (next === 'solved') {
      for (const clock of [...live]) {
        if (!solving.includes(clock.metric)) finish(clock, at, 'solved')
        else if (clock.target.whenReopened === 'reset') finish(clock, at, null)
        else clock.solvedAt = at
      }
      waiting = []
      halted = []
    }
    state = next
    if (before === 'solved') {
      for (const clock of live) clock.solvedAt = null
      if (heard) for (const metric of solving) start(metric, at, null)
    }
    if (next !== 'solved') follow(at)
  }
  const take = (event: TimelineEvent) => {
    const at = event.at.getTime()
    if (event.kind === 'customer') {
      heard = true
      waiting.push({ messageId: event.messageId, at })
      if (state === 'waiting' || state === 'solved') enter('open', at)
      for (const metric of solving) start(metric, at, null)
      start(replied ? 'next-reply' : 'first-reply', at, event.messageId)
    } else if (event.kind === 'reply' && heard) {
      for (const clock of [...live])
        if (replies.includes(clock.metric) || clock.metric === 'periodic-update') finish(clock, at, null)
      halted = halted.filter((metric) => solving.includes(metric))
      waiting = []
      replied = true
      if (state !== 'solved') start('periodic-update', at, null)
    } else if (event.kind === 'state') enter(event.state, at)
    else if (event.kind === 'policy') {
      versionId = event.versionId
      if (!event.running) return
      for (const clock of [...live]) {
        const target = promised(clock.metric)
        if (target) Object.assign(clock, { target, versionId, since: at })
        else if (clock.solvedAt === null) finish(clock, at, 'policy')
      }
      halted = halted.filter((metric) => promised(metric))
      if (state !== 'solved' && heard) for (const metric of solving) start(metric, at, null)
      if (waiting[0]) start(replied ? 'next-reply' : 'first-reply', at, waiting[0].messageId)
      if (state !== 'solved') follow(at)
    } else if (event.kind === 'removed') {
      waiting = waiting.filter(({ messageId }) => messageId !== event.messageId)
      for (const clock of live.filter((each) => replies.includes(each.metric) && each.messageId === event.messageId)) {
        finish(clock, at, 'removed')
        const next = waiting.find((each) => each.at >= clock.startedAt)
        if (!next) continue
        rounds[clock.metric] = rounds[clock.metric]! + 1
        const taken: Counted = {
          ...clock,
          round: rounds[clock.metric]!,
          messageId: next.messageId,
          startedAt: next.at,
          late: null,
          ticks: [],
        }
        for (const tick of clock.ticks.filter((each) => each.at >= next.at)) pass(taken, tick)
        live.push(taken)
      }
      if (waiting.length === 0) halted = halted.filter((metric) => !replies.includes(metric))
    }
  }
  const pass = (clock: Counted, tick: Counted['ticks'][number]) => {
    if (clock.late === null && tick.at >= clock.since && spent(clock) >= clock.target.minutes) clock.late = tick.at
    clock.ticks.push(tick)
  }

  const left = [...events]
  for (let minute = 0; minute < minutes; minute++) {
    const at = begin + minute * minuteMs
    while (left[0] && left[0].at.getTime() <= at) take(left.shift()!)
    for (const clock of live) {
      if (clock.solvedAt !== null || does(clock.target) !== 'run') continue
      pass(clock, { at, counts: clock.target.hours === 'calendar' || open[minute]! })
    }
  }
  for (const clock of [...live]) finish(clock, clock.solvedAt, null)
  return done
}
