// The solver, HiGHS as WebAssembly: loaded once, given a model as sparse rows (no LP text, so no limit of line lengths), asked for its best solution.

import type { Highs, Model } from 'highs'
import type { LinearModel } from './linear-model.ts'

export interface SolveLimits {
  /** Share of the bound that may be missing; 0: the best solution. */
  gap: number
  timeMs: number
  /** Whole numbers are given up: gives a bound and prices. */
  relaxed?: boolean
  /** A solution to begin with. */
  start?: ArrayLike<number>
}

export interface Solved {
  /** 'found': a solution is there, the best one where `timeOver` is false. */
  state: 'found' | 'infeasible' | 'nothing'
  values: Float64Array
  value: number
  bound: number
  /** Of rows, where whole numbers were given up. */
  duals: Float64Array
  timeOver: boolean
}

export type Solve = (model: LinearModel, limits: SolveLimits) => Solved

/** Loads 3.5 MB: only a thread of its own or a test should. */
export async function openSolver(): Promise<Solve> {
  const { default: load } = await import('highs')
  const highs = await load()
  return (model, limits) => solveWith(highs, model, limits)
}

function solveWith(highs: Highs, model: LinearModel, limits: SolveLimits): Solved {
  const isWhole = !limits.relaxed && model.whole.some(Boolean)
  const solving = highs.createModel({
    ...packed(model, highs.constants.objectiveSense.maximize),
    ...(isWhole ? { integrality: Int32Array.from(model.whole, Number) } : {}),
  })
  try {
    solving.options.set({
      output_flag: false,
      random_seed: 0,
      time_limit: Math.max(0.05, limits.timeMs / 1000),
      // The relaxed plan has many equal corners: the inner way is several times quicker, and whole numbers need the simplex.
      ...(isWhole ? { mip_rel_gap: limits.gap, mip_abs_gap: 1e-9 } : { solver: 'ipm' }),
    })
    if (limits.start) solving.setSolution({ colValue: Float64Array.from(limits.start) })
    solving.run()
    return resultOf(highs, solving, isWhole)
  } finally {
    // Its memory is never collected otherwise.
    solving.dispose()
  }
}

function resultOf({ constants: { modelStatus } }: Highs, solving: Model, isWhole: boolean): Solved {
  const status = solving.getModelStatus()
  const none = { values: new Float64Array(), duals: new Float64Array(), value: Number.NaN, timeOver: false }
  // Nothing here is unbounded: every count has a limit.
  if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
    return { ...none, state: 'infeasible', bound: Number.NEGATIVE_INFINITY }
  const timeOver = status === modelStatus.timeLimit
  // 2: a feasible solution is there.
  const isThere = solving.info.get('primal_solution_status') === 2
  if (!isThere || !(timeOver || status === modelStatus.optimal))
    return { ...none, state: 'nothing', bound: Number.POSITIVE_INFINITY, timeOver }
  const { colValue, rowDual } = solving.getSolution()
  const value = solving.getObjectiveValue()
  const bound = isWhole ? Number(solving.info.get('mip_dual_bound')) : timeOver ? Number.POSITIVE_INFINITY : value
  return { state: 'found', values: colValue, duals: rowDual, value, bound: Math.max(bound, value), timeOver }
}

function packed({ cost, lower, upper, rows }: LinearModel, sense: number) {
  const starts = new Int32Array(rows.length + 1)
  for (const [at, row] of rows.entries()) starts[at + 1] = starts[at]! + row.columns.length
  const indices = new Int32Array(starts[rows.length]!)
  const values = new Float64Array(indices.length)
  for (const [at, row] of rows.entries()) {
    indices.set(row.columns, starts[at])
    values.set(row.factors, starts[at])
  }
  return {
    ...{ numCols: cost.length, numRows: rows.length, sense },
    ...{ colCost: Float64Array.from(cost), colLower: Float64Array.from(lower), colUpper: Float64Array.from(upper) },
    rowLower: Float64Array.from(rows, (row) => row.low),
    rowUpper: Float64Array.from(rows, (row) => row.high),
    matrix: { format: 'csr' as const, numRows: rows.length, numCols: cost.length, starts, indices, values },
  }
}
