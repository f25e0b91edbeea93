// Pure: the way of a sprint and that of a marathon over years, side by side (R0-11): a model with its assumptions, and no forecast of anybody.
//
// What is built by work fades: P_{t+1} = P_t · 2^(−1/h) + m_t^p, with minutes m, half-life h in weeks and diminishing returns p < 1. Told as a share of
// what today's minutes hold up for ever, so that 100 is “as today”, whatever the unit. The marathon's minutes are those of the training plan itself.

import { addDays } from '../../lib/days.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { planWeeks } from '../load/weeks/plan-weeks.ts'

export interface Assumption {
  value: number
  least: number
  most: number
  unit: string
  says: string
  source: string
}

const ours = 'Our assumption: change it and see what it changes'

export const assumptions = {
  fades: {
    ...{ value: 13, least: 2, most: 104, unit: 'weeks' },
    says: 'After so many weeks without work half of what was built is gone.',
    source: 'As the planner forgets old readings; an assumption for reputation',
  },
  returns: {
    ...{ value: 0.7, least: 0.3, most: 1, unit: 'power' },
    says: 'Twice the minutes bring 2 to this power as much: below 1 each further minute brings less.',
    source: ours,
  },
  sprint: {
    ...{ value: 3, least: 1.5, most: 10, unit: 'times' },
    says: 'A sprint begins with so many times the minutes of today.',
    source: 'The sprint that the guards are checked with',
  },
  lasts: {
    ...{ value: 8, least: 2, most: 26, unit: 'weeks' },
    says: 'For so long the enthusiasm lasts; then it falls by 30 % a week and is over.',
    source: '“Quitting after weeks or months”',
  },
  again: {
    ...{ value: 52, least: 12, most: 520, unit: 'weeks' },
    says: 'So many weeks after its beginning the next sprint begins.',
    source: ours,
  },
} satisfies Record<string, Assumption>

export type AssumptionName = keyof typeof assumptions
export type Assumed = Record<AssumptionName, number>

export const assumed = (own: Partial<Assumed> = {}): Assumed =>
  Object.fromEntries(
    Object.entries(assumptions).map(([name, { value }]) => [name, own[name as AssumptionName] ?? value]),
  ) as Assumed

export interface PathsQuestion {
  /** A Monday. */
  from: string
  weeks: number
  /** Minutes a week that people are used to. */
  baseline: number
  /** At which the plan has grown enough; null: as far as the ceiling. */
  target: number | null
  ceiling: number | null
}

interface Step {
  minutes: number
  /** 100: what today's minutes hold up for ever. */
  built: number
}

export interface PathWeek {
  monday: string
  sprint: Step
  marathon: Step
}

/** By so much a sprint falls each week when it runs out, and when it is over. */
const [falls, over] = [0.7, 0.05]

export function longPaths(question: PathsQuestion, own: Assumed, settings: LoadSettings): PathWeek[] {
  const { from, weeks, baseline, target, ceiling } = question
  const ground = { baseline: { minutes: baseline, from: 'evidence' as const, weeks: 0 }, history: [] }
  // What is there goes on meanwhile: only what the plan adds is grown by rule.
  const plan = planWeeks({ ...ground, from, weeks, target, ceiling, presence: 0, events: [] }, settings)
  const marathon = builtBy(
    plan.weeks.map(({ minutes }) => minutes),
    baseline,
    own,
  )
  const sprint = builtBy(
    plan.weeks.map((_, index) => sprintMinutes(index, baseline, own)),
    baseline,
    own,
  )
  return plan.weeks.map((_, index) => ({
    monday: addDays(from, 7 * index),
    ...{ sprint: sprint[index]!, marathon: marathon[index]! },
  }))
}

function sprintMinutes(index: number, baseline: number, { sprint, lasts, again }: Assumed): number {
  const week = index % Math.max(1, Math.round(again))
  const share = week < lasts ? 1 : falls ** (week - lasts + 1)
  return share < over ? 0 : baseline * sprint * share
}

function builtBy(minutes: readonly number[], baseline: number, { fades, returns }: Assumed): Step[] {
  const keeps = 2 ** (-1 / fades)
  const asToday = baseline ** returns / (1 - keeps)
  let built = asToday
  return minutes.map((each) => {
    built = built * keeps + each ** returns
    return { minutes: each, built: (built / asToday) * 100 }
  })
}
