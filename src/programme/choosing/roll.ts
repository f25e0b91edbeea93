// Plans one review after the other: each by the solver in whole items, with a price for what it leaves to the next one, and then by people.

import { assignWeek, keepWeek } from './assign.ts'
import { roomOf, steadyOf } from './greedy.ts'
import { buildModel, type Extra, type PlanModel } from './linear-model.ts'
import type { Attempt } from './make-plan.ts'
import { countOf, emptyWeek, fillWeek, give, type PackedWeek, packWeek, type Wanted, worthOf } from './pack.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { Solved } from './solver.ts'

export interface Done {
  weeks: PackedWeek[]
  /** Where there is one review alone: no plan is worth more. */
  bound: number
  timeOver: boolean
}

/** So long a review may take in which each person is planned alone. */
const aloneMs = 4000

/** null: some review has no solution, or none in time. */
export function planPeriods(attempt: Attempt, ahead: Extra | null, bound: number): Done | null {
  const { prepared, tools } = attempt
  const alone = prepared.exact ? prepared : prepare(prepared.question, true, false)
  const done: Done = { weeks: [], bound: Number.POSITIVE_INFINITY, timeOver: false }
  let previous: number[] | null = null
  let last: PeriodGiven | null = null
  for (const period of prepared.periods.keys()) {
    const given: PeriodGiven = { period, previous, ahead, alone, looksAhead: false }
    let planned = planAlways(attempt, given)
    if (!planned && last) {
      // What was chosen before leaves nothing that may follow: it is chosen again with an eye on what comes.
      const again = planPeriod(attempt, { ...last, looksAhead: true })
      if (!again || again === 'infeasible') return null
      done.weeks.splice(-again.weeks.length, again.weeks.length, ...again.weeks)
      given.previous = totalsOf(prepared, again.weeks)
      planned = planAlways(attempt, given)
    }
    if (!planned) return null
    last = given
    const { weeks } = planned
    done.weeks.push(...weeks)
    done.timeOver ||= planned.timeOver
    if (prepared.periods.length === 1) done.bound = planned.bound
    previous = totalsOf(prepared, weeks)
    const of = prepared.periods.length + 1
    const value = worthOf(prepared, done.weeks)
    tools.onProgress?.({ done: period + 2, of, value, bound: Number.isFinite(bound) ? bound : null })
  }
  return done
}

/** Minutes of people put together may hold what no one of them has room for: then each is planned alone. */
function planAlways(attempt: Attempt, given: PeriodGiven): Done | null {
  const planned = planPeriod(attempt, given)
  if (planned === 'infeasible') return null
  if (planned || attempt.prepared.exact) return planned
  const until = Math.min(attempt.until, attempt.tools.now() + aloneMs)
  const alone = planPeriod({ ...attempt, prepared: given.alone, until }, given)
  return alone === 'infeasible' ? null : alone
}

const totalsOf = (prepared: Prepared, weeks: readonly PackedWeek[]): number[] =>
  prepared.lines.map((_, line) => weeks.reduce((sum, packed) => sum + countOf(packed, line), 0))

interface Before {
  period: number
  previous: number[] | null
}

interface PeriodGiven extends Before {
  ahead: Extra | null
  /** Each person planned alone. */
  alone: Prepared
  /** The period after it is in the model too, in parts of items. */
  looksAhead: boolean
}

function planPeriod(
  attempt: Attempt,
  { alone, ahead, looksAhead, ...before }: PeriodGiven,
): Done | 'infeasible' | null {
  const { prepared, tools, explored, gap, until } = attempt
  const { period, previous } = before
  const isOnly = prepared.periods.length === 1
  const model = buildModel(prepared, {
    periods: looksAhead ? [period, period + 1] : [period],
    ...{ previous: previous ?? 'asked', wishes: prepared.wishes, steady: () => true, explored },
    // What the model holds itself needs no price.
    extra: ahead && looksAhead ? ahead.map((own) => own.with(period, 0)) : ahead,
  })
  if (looksAhead) for (const week of prepared.periods[period + 1]!) loosen(model, week)
  const solved = tools.solve(model, {
    // Of many reviews each may miss less than the whole, since prices are no exact science.
    gap: isOnly ? gap : gap / 4,
    timeMs: (until - tools.now()) / (prepared.periods.length - period),
  })
  if (solved.state === 'infeasible') return 'infeasible'
  if (solved.state !== 'found') return null
  const least = promisedOf(prepared, model, { ...before, values: solved.values })
  const weeks = prepared.periods[period]!.map((week) =>
    peopleOf(attempt, { model, solved, week, alone, least: least.map((own) => own.get(week) ?? 0) }),
  )
  mend(prepared, weeks, before, looksAhead)
  if (!isKept(prepared, weeks, before)) return null
  return { weeks, bound: solved.bound, timeOver: solved.timeOver }
}

function loosen(model: PlanModel, week: number): void {
  for (const [line, columns] of model.counts.entries()) {
    model.whole[columns.get(week)!] = false
    for (const { column } of model.shares[line]!.get(week) ?? []) model.whole[column] = false
  }
}

interface WeekGiven {
  model: PlanModel
  solved: Solved
  week: number
  alone: Prepared
  /** Promised of this week, by line. */
  least: number[]
}

/** Of the items of each week, how many cannot be spared without breaking a promise, by line. */
function promisedOf(
  prepared: Prepared,
  model: PlanModel,
  { values, ...before }: Before & { values: ArrayLike<number> },
): Map<number, number>[] {
  const least = prepared.lines.map(() => new Map<number, number>())
  for (const wish of wishesFor(prepared, before)) {
    const line = prepared.lines.findIndex(({ id }) => id === wish.line)
    const counts = [...model.counts[line]!].flatMap(([week, column]) =>
      wish.from <= week && week <= wish.to ? [{ week, count: Math.round(values[column]!) }] : [],
    )
    const spare = counts.reduce((sum, { count }) => sum + count, 0) - wish.least
    // Each week may lose its part of what is there beyond the promise, so that all together lose no more.
    for (const { week, count } of counts)
      least[line]!.set(week, Math.max(least[line]!.get(week) ?? 0, count - Math.floor(spare / counts.length)))
  }
  return least
}

/** The people of before where they can stay; else whom the solver finds; else shared out by hand. */
function peopleOf(
  { prepared, tools, before, until }: Attempt,
  { model, solved, week, alone, least }: WeekGiven,
): PackedWeek {
  const counts = model.counts.map((columns) => Math.round(solved.values[columns.get(week)!]!))
  return (
    keepWeek(prepared, before?.items ?? null, { week, counts }) ??
    (prepared.exact ? null : assignWeek(alone, tools.solve, { week, counts, least, timeMs: until - tools.now() })) ??
    weekOf(prepared, model, solved.values, week)
  )
}

/** People of a week, as the solution has its groups; halves of items that groups share are given where there is room. */
export function weekOf(prepared: Prepared, model: PlanModel, values: ArrayLike<number>, week: number): PackedWeek {
  const packed = emptyWeek(prepared, week)
  const open: number[] = []
  const wanted: Wanted[] = []
  for (const [line, columns] of model.counts.entries()) {
    const count = Math.round(values[columns.get(week)!]!)
    let given = 0
    for (const { group, column } of model.shares[line]!.get(week) ?? []) {
      const whole = Math.min(count - given, Math.floor(values[column]! + 1e-6))
      if (whole > 0) wanted.push({ line, group, count: whole })
      given += Math.max(0, whole)
    }
    for (; given < count; given++) open.push(line)
  }
  packWeek(prepared, packed, wanted)
  for (const line of open.toSorted((a, b) => prepared.lines[b]!.minutes - prepared.lines[a]!.minutes))
    give(prepared, packed, line)
  return packed
}

/** First what was promised and fitted nobody, in another week; then the minutes that are left. */
function mend(prepared: Prepared, weeks: PackedWeek[], { period, previous }: Before, isFull: boolean): void {
  const before = previous ?? prepared.lines.map((line) => line.before)
  const totals = totalsOf(prepared, weeks)
  const room = roomOf(prepared, period, before).map((most, line) => most - totals[line]!)
  for (const wish of wishesFor(prepared, { period, previous })) {
    const line = prepared.lines.findIndex(({ id }) => id === wish.line)
    const here = weeks.filter(({ week }) => wish.from <= week && week <= wish.to)
    let missing = wish.least - here.reduce((sum, packed) => sum + countOf(packed, line), 0)
    for (const packed of here)
      while (missing > 0 && room[line]! > 0 && countOf(packed, line) < prepared.lines[line]!.most) {
        if (!give(prepared, packed, line)) break
        missing--
        room[line]!--
      }
  }
  // More now would ask for more afterwards.
  if (!isFull) for (const packed of weeks) fillWeek(prepared, packed, room)
}

const wishesFor = (prepared: Prepared, { period, previous }: Before) => [
  ...prepared.wishes.filter(({ from }) => prepared.periods[period]!.includes(from)),
  ...steadyOf(prepared, period, previous ?? prepared.lines.map((line) => line.before)),
]

const isKept = (prepared: Prepared, weeks: readonly PackedWeek[], before: Before): boolean =>
  wishesFor(prepared, before).every(({ line: id, least, from, to }) => {
    const line = prepared.lines.findIndex((each) => each.id === id)
    const here = weeks.filter(({ week }) => from <= week && week <= to)
    return here.reduce((sum, packed) => sum + countOf(packed, line), 0) >= least
  })
