// Makes a plan: a bound and prices from the relaxed model of all weeks, then review by review in whole items, then people.
//
// Weeks touch each other only through how far a line may change from one review to the next. The relaxed model says what one more item
// of a review is worth to the next ones; with that price each review is planned for itself, in the order of time, by rows that hold
// exactly. What that costs is measured: the gap to the bound is part of the answer.

import { gapOf } from './bounds.ts'
import { findConflict } from './conflict.ts'
import { drawExploration, listExplored } from './explore.ts'
import { type GreedyPlan, planGreedily } from './greedy.ts'
import { buildModel } from './linear-model.ts'
import { itemsOf, type PackedWeek, worthOf } from './pack.ts'
import { type Prepared, prepare } from './prepare.ts'
import { boundByPrices, extrasOf, pricesOf } from './prices.ts'
import { planPeriods } from './roll.ts'
import type { Solve } from './solver.ts'
import { planTogether } from './together.ts'
import type { Plan, PlanAnswer, PlanBefore, PlanLimits, PlanPrices, PlanProgress, PlanQuestion } from './types.ts'

export interface Tools {
  solve: Solve
  /** Milliseconds; only differences count. */
  now: () => number
  onProgress?: (progress: PlanProgress) => void
}

export const usualLimits = { gap: 0.01, timeMs: 30_000 }

/** One attempt at one share of exploring. */
export interface Attempt {
  prepared: Prepared
  explored: number[][]
  tools: Tools
  gap: number
  /** When to be done, by the clock of the tools. */
  until: number
  before: PlanBefore | null
}

/**
 * That no line falls far from one review to the next is a guard, no promise: where nothing fits beside it, those lines give way and are named.
 * @param before The plan that is there: a small change of the question is then answered much sooner, and people keep what need not change.
 */
export function makePlan(
  question: PlanQuestion,
  tools: Tools,
  { before = null, ...limits }: PlanLimits & { before?: PlanBefore | null } = {},
): PlanAnswer {
  const { gap, timeMs } = { ...usualLimits, ...limits }
  const until = tools.now() + timeMs
  const gaveWay = new Set<string>()
  for (;;) {
    const lines = question.lines.map((line) => ({ ...line, mayFall: line.mayFall || gaveWay.has(line.id) }))
    const answer = planOnce({ ...question, lines }, { tools, gap, until, before })
    if (answer.state === 'planned') return { ...answer, plan: { ...answer.plan, gaveWay: [...gaveWay] } }
    const held = answer.conflict.wishes.filter(({ kind, line }) => kind === 'steady' && !gaveWay.has(line))
    if (held.length === 0) return answer
    for (const { line } of held) gaveWay.add(line)
  }
}

function planOnce(question: PlanQuestion, given: Omit<Attempt, 'prepared' | 'explored'>): PlanAnswer {
  const { tools, gap, before } = given
  const prepared = prepare(question)
  const { share, seed } = question.explore ?? { share: 0, seed: null }
  // What is promised comes before what is to be found out.
  for (const part of share > 0 ? [share, share / 2, 0] : [0]) {
    const explored = part > 0 ? drawExploration(prepared, { share: part, seed: seed! }) : prepared.lines.map(() => [])
    const attempted = { ...given, prepared, explored }
    const soon = before?.prices ? attempt(attempted, guided(attempted, before.prices)) : null
    const plan = soon && soon.gap <= gap ? soon : (attempt(attempted, relax(attempted)) ?? soon)
    if (plan) return { state: 'planned', plan: { ...plan, exploreShare: part, seed, gaveWay: [] } }
  }
  return { state: 'conflict', conflict: findConflict(prepared, tools) }
}

type Made = Omit<Plan, 'exploreShare' | 'seed' | 'gaveWay'>

interface Guide {
  bound: number
  prices: PlanPrices | null
  /** Only reviews one after the other: whatever that leaves open is looked at with new prices. */
  isQuick: boolean
}

interface Best {
  weeks: PackedWeek[]
  by: Plan['by']
}

/** null: it does not fit. */
function attempt(given: Attempt, guide: Guide | 'infeasible'): Made | null {
  if (guide === 'infeasible') return null
  const { prepared, tools, explored, gap } = given
  const extras = guide.prices && extrasOf(prepared, guide.prices)
  const rolled = planPeriods(given, extras?.ahead ?? null, guide.bound)
  const found: Found = {
    best: betterOf(prepared, rolled?.weeks ?? null, planGreedily(prepared, explored)),
    bound: Math.min(guide.bound, prepared.exact && rolled ? rolled.bound : Number.POSITIVE_INFINITY),
    timeOver: rolled === null || rolled.timeOver,
  }
  const isOpen = !found.best || gapOf(worthOf(prepared, found.best.weeks), found.bound) > gap
  if (isOpen && !guide.isQuick && prepared.exact) {
    const together = planTogether(given, { begin: found.best?.weeks ?? null, extras, bound: found.bound })
    if (together !== 'infeasible') {
      found.bound = Math.min(found.bound, together.bound)
      found.timeOver = together.timeOver
      const value = found.best ? worthOf(prepared, found.best.weeks) : Number.NEGATIVE_INFINITY
      if (together.weeks && worthOf(prepared, together.weeks) > value)
        found.best = { weeks: together.weeks, by: 'solver' }
    }
  }
  const of = prepared.periods.length + 1
  const value = found.best ? worthOf(prepared, found.best.weeks) : 0
  tools.onProgress?.({ done: of, of, value, bound: Number.isFinite(found.bound) ? found.bound : null })
  return found.best && madeOf(given, { ...found, best: found.best, prices: guide.prices })
}

interface Found {
  best: Best | null
  bound: number
  timeOver: boolean
}

const everything = (given: Attempt) =>
  buildModel(given.prepared, {
    periods: [...given.prepared.periods.keys()],
    ...{ previous: 'asked', wishes: given.prepared.wishes, steady: () => true, explored: given.explored, extra: null },
  })

function relax(given: Attempt): Guide | 'infeasible' {
  const { prepared, tools, until } = given
  const model = everything(given)
  const solved = tools.solve(model, { gap: 0, timeMs: until - tools.now(), relaxed: true })
  if (solved.state === 'infeasible') return 'infeasible'
  if (solved.state === 'nothing' || solved.timeOver)
    return { bound: Number.POSITIVE_INFINITY, prices: null, isQuick: false }
  const prices = pricesOf(prepared, model, solved.duals)
  // Of a coarse model its own bound is none.
  const bound = boundByPrices(prepared, { model, prices, explored: given.explored })
  tools.onProgress?.({ done: 1, of: prepared.periods.length + 1, value: 0, bound })
  return { bound, prices, isQuick: false }
}

/** By prices that are known already. */
function guided(given: Attempt, prices: PlanPrices): Guide {
  const { prepared, explored, tools } = given
  const bound = boundByPrices(prepared, { model: everything(given), prices, explored })
  tools.onProgress?.({ done: 1, of: prepared.periods.length + 1, value: 0, bound })
  return { bound, prices, isQuick: true }
}

function betterOf(prepared: Prepared, rolled: PackedWeek[] | null, greedy: GreedyPlan): Best | null {
  const byHand = greedy.unmet.length === 0 ? greedy.weeks : null
  if (!rolled) return byHand && { weeks: byHand, by: 'greedy' }
  if (!byHand || worthOf(prepared, rolled) >= worthOf(prepared, byHand) - 1e-9) return { weeks: rolled, by: 'solver' }
  return { weeks: byHand, by: 'greedy' }
}

function madeOf(
  { prepared, explored, gap: wanted }: Attempt,
  { best: { weeks, by }, bound, timeOver, prices }: Found & { best: Best; prices: PlanPrices | null },
): Made {
  const value = worthOf(prepared, weeks)
  const gap = gapOf(value, bound)
  return {
    items: itemsOf(prepared, weeks),
    ...{ value, bound: Math.max(bound, value), gap, by, prices },
    ended: timeOver && gap > wanted ? 'time' : 'done',
    explored: listExplored(prepared, explored, weeks),
  }
}
