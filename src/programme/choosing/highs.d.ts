// What we use of the solver: its own declarations describe hundreds of calls, and those who only read plans need no solver installed.

declare module 'highs' {
  interface Matrix {
    format: 'csr'
    numRows: number
    numCols: number
    starts: Int32Array
    indices: Int32Array
    values: Float64Array
  }
  export interface ModelData {
    numCols: number
    numRows: number
    sense: number
    colCost: Float64Array
    colLower: Float64Array
    colUpper: Float64Array
    rowLower: Float64Array
    rowUpper: Float64Array
    matrix: Matrix
    integrality?: Int32Array
  }
  export interface Model {
    options: { set(options: Record<string, string | number | boolean>): void }
    info: { get(name: string): number | bigint }
    run(): void
    getModelStatus(): number
    getObjectiveValue(): number
    getSolution(): { colValue: Float64Array; rowDual: Float64Array }
    setSolution(solution: { colValue: Float64Array }): void
    dispose(): void
  }
  export interface Highs {
    constants: {
      objectiveSense: { minimize: number; maximize: number }
      modelStatus: Record<'optimal' | 'infeasible' | 'unboundedOrInfeasible' | 'timeLimit', number>
    }
    createModel(data: ModelData | { format: 'lp'; data: string }): Model
  }
  const load: () => Promise<Highs>
  // biome-ignore lint/style/noDefaultExport: the package has one.
  export default load
}
