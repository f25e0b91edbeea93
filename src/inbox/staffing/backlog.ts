// A backlog over a rota: conversations come, wait over night where nobody is there, and are answered in order; how many in their promised time.
//
// Promises of hours outlive shifts, so formulas of a steady queue say nothing of them. This draws weeks by chance and goes through them.

import { mulberry32 } from '../../lib/mulberry.ts'
import { type BusinessClock, businessMs } from '../promises/business-clock.ts'

/** How it is from one instant on, until the next. In order. */
export interface RotaStep {
  at: Date
  /** Conversations an hour. */
  perHour: number
  /** People at work. */
  people: number
}

export interface BacklogQuestion {
  steps: readonly RotaStep[]
  until: Date
  handlingMs: number
  /** Time in which a reply is promised, in this clock's hours. */
  promise: { ms: number; clock: BusinessClock }
  /** Open when it begins, oldest first. */
  open: readonly Date[]
  /** Weeks that are drawn; each by its own numbers, the same for whoever asks again. */
  draws: number
  seed: number
}

export interface BacklogAnswer {
  /** Conversations that came or were open, in the mean of all draws. */
  conversations: number
  /** Share of those due by the end that were answered in time; in the mean, and the range that holds 80 % of the draws. null: none was due. */
  kept: { mean: number; low: number; high: number } | null
  /** Still open at the end, in the mean. */
  leftOpen: number
  /** Open at the beginning of each step, in the mean. */
  backlog: number[]
  meanWaitMs: number
}

export function simulateBacklog(question: BacklogQuestion): BacklogAnswer {
  const weeks = Array.from({ length: question.draws }, (_, index) => liveThrough(question, question.seed + index))
  const shares = weeks.flatMap(({ due, kept }) => (due > 0 ? [kept / due] : [])).sort((a, b) => a - b)
  const mean = (of: (week: Week) => number) => weeks.reduce((sum, week) => sum + of(week), 0) / weeks.length
  const at = (share: number) => shares[Math.min(shares.length - 1, Math.floor(share * shares.length))]!
  const [due, kept] = [mean((week) => week.due), mean((week) => week.kept)]
  const answered = mean((week) => week.answered)
  return {
    conversations: mean((week) => week.came),
    kept: due > 0 ? { mean: kept / due, low: at(0.1), high: at(0.9) } : null,
    leftOpen: mean((week) => week.came - week.answered),
    backlog: question.steps.map((_, index) => mean((week) => week.backlog[index]!)),
    meanWaitMs: answered > 0 ? mean((week) => week.waited) / answered : 0,
  }
}

interface Week {
  came: number
  answered: number
  due: number
  kept: number
  waited: number
  backlog: number[]
}

const hourMs = 3600_000

function liveThrough(question: BacklogQuestion, seed: number): Week {
  const { promise, until } = question
  const week: Week = { came: 0, answered: 0, due: 0, kept: 0, waited: 0, backlog: [] }
  const { came, taken } = drawWeek(question, seed)
  week.came = came.length
  const end = until.getTime()
  const spent = (from: number, to: number) => businessMs(promise.clock, new Date(from), new Date(to))
  for (const [index, at] of came.entries()) {
    const from = taken[index]!
    if (from <= end) {
      week.answered++
      week.waited += Math.max(0, from - at)
    }
    const wait = spent(at, Math.min(from, end))
    const isKept = from <= end && wait <= promise.ms
    // What is not due yet at the end says nothing, unless it is answered already.
    if (isKept || wait > promise.ms) week.due++
    if (isKept) week.kept++
  }
  week.backlog = waitingAt(
    { came, taken },
    question.steps.map(({ at }) => at.getTime()),
  )
  return week
}

/** When each comes and is taken; both in order. Infinity: not before the end. */
export interface DrawnWeek {
  came: number[]
  taken: number[]
}

export function drawWeek(question: BacklogQuestion, seed: number): DrawnWeek {
  const came = [...question.open.map((at) => at.getTime()), ...arrivalsOf(question, mulberry32(seed))]
  // One row of numbers for what comes, one for the work: more people then have the same week, not another one.
  const work = drawer(mulberry32(seed ^ 0x5bd1e995))
  return { came, taken: takeInOrder(question, came, () => -Math.log(1 - work()) * question.handlingMs) }
}

/** How many came before each of some times, in order, and are taken after it. One sweep: whoever came first is taken first. */
function waitingAt({ came, taken }: DrawnWeek, times: readonly number[]): number[] {
  let [here, gone] = [0, 0]
  return times.map((at) => {
    while (here < came.length && came[here]! < at) here++
    while (gone < here && taken[gone]! <= at) gone++
    return here - gone
  })
}

const drawer = (next: () => number) => () => next() / 2 ** 32

/** A Poisson stream whose rate is that of each step. */
function arrivalsOf({ steps, until }: BacklogQuestion, next: () => number): number[] {
  const draw = drawer(next)
  const found: number[] = []
  for (const [index, { at, perHour }] of steps.entries()) {
    const end = (steps[index + 1]?.at ?? until).getTime()
    if (perHour <= 0) continue
    for (let time = at.getTime(); ; ) {
      time += (-Math.log(1 - draw()) / perHour) * hourMs
      if (time >= end) break
      found.push(time)
    }
  }
  return found
}

/** When each is taken, the oldest first. Whoever has one when a shift ends finishes it; Infinity: not before the end. */
function takeInOrder({ steps, until }: BacklogQuestion, came: readonly number[], handling: () => number): number[] {
  /** When those at work are free again, the soonest first. */
  const free: number[] = []
  let index = 0
  let end = 0
  const taken: number[] = []
  const enter = (step: number) => {
    const { at, people } = steps[step]!
    end = (steps[step + 1]?.at ?? until).getTime()
    // Those who go are those who are free first; those who come are free now.
    while (free.length > people) free.shift()
    while (free.length < people) insert(free, at.getTime())
  }
  enter(0)
  for (const at of came) {
    const takes = handling()
    for (;;) {
      const from = Math.max(at, free[0] ?? Number.POSITIVE_INFINITY)
      if (from < end) {
        taken.push(from)
        free.shift()
        insert(free, from + takes)
        break
      }
      if (index === steps.length - 1) {
        taken.push(Number.POSITIVE_INFINITY)
        break
      }
      index += 1
      enter(index)
    }
  }
  return taken
}

function insert(inOrder: number[], value: number): void {
  let at = inOrder.length
  while (at > 0 && inOrder[at - 1]! > value) at--
  inOrder.splice(at, 0, value)
}
