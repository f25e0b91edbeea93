// The plan as rows and columns of a linear model with whole counts: the same for the bound, for each review, and for what cannot be had together.

import { decline, growth, leastAfter, mostAfter, valueOfItems } from './bounds.ts'
import type { Prepared } from './prepare.ts'
import type { Wish } from './types.ts'

export interface Row {
  low: number
  high: number
  columns: number[]
  factors: number[]
  /** Names rows that hold several weeks together, the same in every model that has them. */
  key?: string
}

/** To be made as great as possible. */
export interface LinearModel {
  cost: number[]
  lower: number[]
  upper: number[]
  whole: boolean[]
  rows: Row[]
}

export interface PlanModel extends LinearModel {
  /** Column of the count, by line, by week. */
  counts: Map<number, number>[]
  /** Of a line in a week: what each group does of it. */
  shares: Map<number, { group: number; column: number }[]>[]
  /** Rows of the minutes of a group in a week, and of its whole items. */
  loads: { group: number; week: number; row: number }[]
}

/** What is added to the worth of an item, by line and period. */
export type Extra = number[][]

export interface Selection {
  /** Periods that are in the model; they follow each other. */
  periods: number[]
  /** Items of the period before the first, by line. 'asked': as the question says, and not limited where it says nothing. 'nothing': no change is limited. */
  previous: number[] | 'asked' | 'nothing'
  wishes: readonly Wish[]
  /** Whether counts may not fall more than a review permits. */
  steady: (line: number, period: number) => boolean
  /** Items to explore, by line and week: at least these are done. */
  explored: number[][]
  extra: Extra | null
  /** Nothing is worth anything: asked is only whether it can be done. */
  worthless?: boolean
}

export function buildModel(prepared: Prepared, selection: Selection): PlanModel {
  const model: PlanModel = {
    ...{ cost: [], lower: [], upper: [], whole: [], rows: [], loads: [] },
    counts: prepared.lines.map(() => new Map()),
    shares: prepared.lines.map(() => new Map()),
  }
  for (const period of selection.periods)
    for (const week of prepared.periods[period]!) addWeek(model, prepared, { ...selection, period, week })
  if (selection.previous !== 'nothing')
    for (const [at, period] of selection.periods.entries())
      for (const line of prepared.lines.keys()) addChange(model, prepared, { selection, line, period, first: at === 0 })
  addWishes(model, prepared, selection)
  return model
}

function addColumn(model: LinearModel, [cost, lower, upper]: [number, number, number], whole: boolean): number {
  model.cost.push(cost)
  model.lower.push(lower)
  model.upper.push(upper)
  model.whole.push(whole)
  return model.cost.length - 1
}

type WeekSelection = Selection & { period: number; week: number }

function addWeek(model: PlanModel, prepared: Prepared, given: WeekSelection): void {
  const { week } = given
  const loads: Row[] = prepared.groups.map(({ minutes }) => ({
    ...{ low: none, high: minutes[week]! },
    ...{ columns: [], factors: [] },
  }))
  for (const line of prepared.lines.keys()) addLine(model, prepared, { ...given, line, loads })
  for (const [group, row] of loads.entries()) {
    if (row.columns.length === 0) continue
    model.loads.push({ group, week, row: model.rows.push(row) - 1 })
    if (!prepared.exact) addWholeItems(model, prepared, { group, week, row })
  }
}

function addLine(model: PlanModel, prepared: Prepared, given: WeekSelection & { line: number; loads: Row[] }): void {
  const { line, week, period, loads } = given
  const facts = prepared.lines[line]!
  const { most, minutes } = facts
  const able = prepared.able[line]!.filter((group) =>
    prepared.groups[group]!.people.some((person) => prepared.minutes[person]![week]! >= minutes),
  )
  const upper = able.length === 0 ? 0 : Math.min(most, prepared.peaks[line]![period]!)
  // What must be explored and cannot be makes the model infeasible, as it should.
  const count = addColumn(model, [given.extra?.[line]?.[period] ?? 0, given.explored[line]?.[week] ?? 0, upper], true)
  model.counts[line]!.set(week, count)
  const worth: Row = { low: 0, high: 0, columns: [count], factors: [-1] }
  const width = given.worthless ? upper : prepared.widths[line]!
  for (let from = 0; from < upper; from += width) {
    const size = Math.min(width, upper - from)
    const value = given.worthless ? 0 : valueOfItems(facts, from + size) - valueOfItems(facts, from)
    // Falling values fill themselves in order: the pieces need not be whole, their sum is.
    worth.columns.push(addColumn(model, [value / size, 0, size], false))
    worth.factors.push(1)
  }
  model.rows.push(worth)
  const shared: Row = { low: 0, high: 0, columns: [count], factors: [-1] }
  const shares = able.map((group) => {
    const column = able.length === 1 ? count : addColumn(model, [0, 0, upper], prepared.exact)
    loads[group]!.columns.push(column)
    loads[group]!.factors.push(minutes)
    shared.columns.push(column)
    shared.factors.push(1)
    return { group, column }
  })
  if (able.length > 1) model.rows.push(shared)
  model.shares[line]!.set(week, shares)
}

/** Of items of so many minutes a person does only whole ones: what several have left over together makes none. */
function addWholeItems(
  model: PlanModel,
  prepared: Prepared,
  { group, week, row }: { group: number; week: number; row: Row },
): void {
  const people = prepared.groups[group]!.people
  for (const size of new Set(row.factors)) {
    const fit = people.reduce((sum, person) => sum + Math.floor(prepared.minutes[person]![week]! / size), 0)
    // Small items fill what is left: only large ones are worth a row.
    if (fit > people.length * 4) continue
    const columns = row.columns.filter((_, at) => row.factors[at]! >= size)
    const whole = { low: none, high: fit, columns, factors: columns.map(() => 1) }
    model.loads.push({ group, week, row: model.rows.push(whole) - 1 })
  }
}

function addChange(
  model: PlanModel,
  prepared: Prepared,
  { selection, line, period, first }: { selection: Selection; line: number; period: number; first: boolean },
): void {
  const { change } = prepared.question
  const step = prepared.steps[line]![period]!
  const peak = prepared.peaks[line]![period]!
  const isSteady = selection.steady(line, period)
  const here = countsIn(model, prepared, line, period)
  const push = (kind: RowKind, [low, high]: [number, number], before: number[] = [], factor = 0) =>
    model.rows.push({
      ...{ low, high, columns: [...here, ...before] },
      factors: [...here.map(() => 1), ...before.map(() => -factor)],
      key: reviewKey(kind, prepared.lines[line]!.id, period),
    })
  const previous = first ? previousOf(prepared, selection, line) : 'inside'
  if (typeof previous === 'number') {
    const least = isSteady ? leastAfter(previous, change, step) : none
    push('most', [least, Math.min(peak, mostAfter(previous, change, step))])
    return
  }
  // Whatever is chosen before, nothing grows beyond this: whole numbers make it less than the rows below say.
  push('most', [none, peak])
  if (previous !== 'inside') return
  const before = countsIn(model, prepared, line, period - 1)
  push('up', [none, 1], before, growth(change, step.weeks))
  if (isSteady) push('down', [-1, -none], before, decline(change, step))
}

type RowKind = 'most' | 'up' | 'down'

/** Names a row of a line and a period, the same in every model. */
export const reviewKey = (kind: RowKind, line: string, period: number): string => `${kind}:${line}:${period}`

const none = Number.NEGATIVE_INFINITY

function previousOf({ lines }: Prepared, { previous, periods }: Selection, line: number): number | null {
  if (Array.isArray(previous)) return previous[line]!
  return periods[0] === 0 ? lines[line]!.before : null
}

const countsIn = (model: PlanModel, { periods }: Prepared, line: number, period: number): number[] =>
  periods[period]!.map((week) => model.counts[line]!.get(week)!)

function addWishes(model: PlanModel, prepared: Prepared, { wishes }: Selection): void {
  for (const { id: wish, line: id, least, from, to } of wishes) {
    const line = prepared.lines.findIndex((each) => each.id === id)
    const columns = [...model.counts[line]!].flatMap(([week, column]) => (week >= from && week <= to ? [column] : []))
    if (columns.length === 0) continue
    const factors = columns.map(() => 1)
    model.rows.push({ key: `wish:${wish}:${from}`, low: least, high: Number.POSITIVE_INFINITY, columns, factors })
  }
}
