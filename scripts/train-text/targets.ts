// What a model is to learn from which rows of the pool.

import type { Target } from './learn.ts'
import type { Part, Pool } from './pool.ts'

export interface Wish {
  part: Part
  /** Label of a row: a class for softmax, [0, 1, NaN …] for yes/no; null leaves the row out. */
  label: (labels: string[], row: number) => number | number[] | null
  weight?: number
}

/** Classes weigh the same in all, to the power of `balance`: 0 leaves them as they are. */
export function makeTarget(kind: Target['kind'], outputs: number, wishes: Wish[], balance = 1): Target {
  const rows: number[] = []
  const wanted: number[] = []
  const weight: number[] = []
  for (const { part, label, weight: each = 1 } of wishes) {
    for (const [at, { labels }] of part.rows.entries()) {
      const found = label(labels, part.start + at)
      if (found === null) continue
      rows.push(part.start + at)
      weight.push(each)
      for (let output = 0; output < outputs; output++)
        wanted.push(typeof found === 'number' ? (found === output ? 1 : 0) : found[output]!)
    }
  }
  const target: Target = {
    kind,
    outputs,
    rows: Uint32Array.from(rows),
    wanted: Float32Array.from(wanted),
    weight: Float32Array.from(weight),
  }
  if (kind === 'softmax' && balance > 0) balanceClasses(target, balance)
  return target
}

function balanceClasses({ outputs, wanted, weight }: Target, power: number): void {
  const sums = new Float64Array(outputs)
  let all = 0
  const classAt = (at: number): number => wanted.subarray(at * outputs, (at + 1) * outputs).indexOf(1)
  for (let at = 0; at < weight.length; at++) {
    if (classAt(at) < 0) continue
    sums[classAt(at)]! += weight[at]!
    all += weight[at]!
  }
  for (let at = 0; at < weight.length; at++)
    if (classAt(at) >= 0) weight[at]! *= (all / outputs / sums[classAt(at)]!) ** power
}

export const firstLabel = (labels: string[]): number => Number(labels[0])

/** Every part whose name fits. */
export const partsOf = ({ parts }: Pool, ...names: string[]): Part[] => names.map((name) => parts[name]!)
