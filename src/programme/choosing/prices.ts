// Prices that the relaxed model gives: of an item in a week, and of rows that hold several weeks together. They guide each review, and they give a bound.
//
// Lagrange: rows that get a price are left out; whatever the prices, no plan is worth more than what is left. So prices of the plan before
// give a bound for a changed question too, without any solver.

import { decline, growth, valueOfItems } from './bounds.ts'
import { type Extra, type PlanModel, type Row, reviewKey } from './linear-model.ts'
import { canDo, type Prepared } from './prepare.ts'
import type { PlanPrices } from './types.ts'

/** From the relaxed model: an item costs what it takes from the minutes of whoever does it most cheaply. */
export function pricesOf(prepared: Prepared, model: PlanModel, duals: ArrayLike<number>): PlanPrices {
  const cost = new Map<string, number>()
  for (const { group, week, row } of model.loads) {
    const dual = Math.max(0, duals[row]!)
    const { columns, factors } = model.rows[row]!
    for (const [at, column] of columns.entries()) {
      const key = `${group} ${week} ${column}`
      cost.set(key, (cost.get(key) ?? 0) + dual * factors[at]!)
    }
  }
  const priceIn = (line: number, week: number) => {
    const shares = model.shares[line]!.get(week) ?? []
    const costs = shares.map(({ group, column }) => cost.get(`${group} ${week} ${column}`) ?? 0)
    return costs.length > 0 ? Math.min(...costs) : 0
  }
  const weeks = Array.from({ length: prepared.question.weeks }, (_, week) => week)
  return {
    items: Object.fromEntries(prepared.lines.map(({ id }, line) => [id, weeks.map((week) => priceIn(line, week))])),
    rows: Object.fromEntries(
      model.rows.flatMap(({ key }, row) => (key && Math.abs(duals[row]!) > 1e-9 ? [[key, duals[row]!] as const] : [])),
    ),
  }
}

export interface Extras {
  /** What one more item of a period is worth to the period after it. */
  ahead: Extra
  /** That, less what it takes from the room of the period before: with it each period can be looked at alone. */
  alone: Extra
  /** What the rows between reviews are worth themselves. */
  own: number
}

export function extrasOf(prepared: Prepared, { rows }: PlanPrices): Extras {
  const nothing = () => prepared.lines.map(() => prepared.periods.map(() => 0))
  const extras: Extras = { ahead: nothing(), alone: nothing(), own: 0 }
  for (const [line, { id }] of prepared.lines.entries())
    for (let period = 1; period < prepared.periods.length; period++) {
      const step = prepared.steps[line]![period]!
      const up = Math.max(0, rows[reviewKey('up', id, period)] ?? 0)
      const down = Math.min(0, rows[reviewKey('down', id, period)] ?? 0)
      const { change } = prepared.question
      const worth = up * growth(change, step.weeks) + down * decline(change, step)
      extras.ahead[line]![period - 1]! += worth
      extras.alone[line]![period - 1]! += worth
      extras.alone[line]![period]! -= up + down
      extras.own += up - down
    }
  return extras
}

/** @param model Of all weeks, with every row that holds several together. */
export function boundByPrices(
  prepared: Prepared,
  { model, prices, explored }: { model: PlanModel; prices: PlanPrices; explored: number[][] },
): number {
  const { constant, counts } = reviewPrices(model, prices)
  let bound = constant
  for (const [line, columns] of model.counts.entries())
    for (const [week, column] of columns) {
      const price = prices.items[prepared.lines[line]!.id]?.[week] ?? 0
      const extra = (counts.get(column) ?? 0) - price
      const least = explored[line]?.[week] ?? 0
      bound += bestCount(prepared, { line, extra, least, most: model.upper[column]! })
    }
  for (let week = 0; week < prepared.question.weeks; week++)
    for (const person of prepared.people.keys()) bound += bestWeek(prepared, { person, week, prices })
  return bound
}

/** What the rows over several weeks are worth, and what they add to an item. */
function reviewPrices(model: PlanModel, prices: PlanPrices): { constant: number; counts: Map<number, number> } {
  const counts = new Map<number, number>()
  let constant = 0
  for (const row of model.rows) {
    const price = priceOf(row, prices)
    if (price === 0) continue
    constant += price * (price > 0 ? row.high : row.low)
    for (const [at, column] of row.columns.entries())
      counts.set(column, (counts.get(column) ?? 0) - price * row.factors[at]!)
  }
  return { constant, counts }
}

/** A side that holds nothing has no price. */
function priceOf({ key, low, high }: Row, { rows }: PlanPrices): number {
  const price = key ? (rows[key] ?? 0) : 0
  return Number.isFinite(price > 0 ? high : low) ? price : 0
}

function bestCount(
  { lines }: Prepared,
  { line, extra, least, most }: { line: number; extra: number; least: number; most: number },
): number {
  let best = Number.NEGATIVE_INFINITY
  for (let count = least; count <= Math.max(least, most); count++)
    best = Math.max(best, valueOfItems(lines[line]!, count) + extra * count)
  return best
}

/** Minutes are counted in steps, items rounded down and weeks up: never too little. */
const mostSteps = 1500

/** The most that a person's week brings in whole items at their prices: a knapsack, by dynamic programming. */
function bestWeek(
  prepared: Prepared,
  { person, week, prices }: { person: number; week: number; prices: PlanPrices },
): number {
  const minutes = prepared.minutes[person]![week]!
  const size = Math.max(1, minutes / mostSteps)
  const steps = Math.ceil(minutes / size - 1e-9)
  const worth = new Float64Array(steps + 1)
  for (const [index, line] of prepared.lines.entries()) {
    const price = prices.items[line.id]?.[week] ?? 0
    if (price <= 0 || !canDo(prepared, person, index, week)) continue
    const each = Math.max(1, Math.floor(line.minutes / size + 1e-9))
    const better = (room: number) => Math.max(worth[room]!, worth[room - each]! + price)
    if (line.most >= Math.floor(steps / each)) for (let room = each; room <= steps; room++) worth[room] = better(room)
    else
      for (let item = 0; item < line.most; item++)
        for (let room = steps; room >= each; room--) worth[room] = better(room)
  }
  return worth[steps]!
}
