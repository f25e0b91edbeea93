// Learns linear models over sparse features: softmax or independent yes/no outputs, AdaGrad, seeded.

import { styleCount } from '../../src/listening/text/style.ts'
import type { Examples } from './examples.ts'
import { seeded, shuffled } from './random.ts'

export interface Target {
  outputs: number
  /** 'softmax': outputs exclude each other; 'yes-no': each by itself. */
  kind: 'softmax' | 'yes-no'
  /** Rows of the pool. */
  rows: Uint32Array
  /** rows × outputs; NaN: not known of this row. */
  wanted: Float32Array
  weight: Float32Array
}

export interface Settings {
  epochs: number
  rate: number
  /** Pull towards 0 on each touch of a weight. */
  decay: number
  seed: number
  /** Share of features left out of a row at random, so that no single word decides. */
  drop: number
  useStyle: boolean
  /** Rate of style and extra columns, as a multiple of `rate`: they are few and would else learn slower than single words. */
  denseRate?: number
}

export interface Linear {
  outputs: number
  /** features × outputs */
  sparse: Float32Array
  /** style and extra × outputs */
  dense: Float32Array
  bias: Float32Array
}

/** Further dense columns beside style: rows of the pool × width. */
export interface Extra {
  width: number
  values: Float32Array
}

const none: Extra = { width: 0, values: new Float32Array(0) }

export function learn(examples: Examples, target: Target, settings: Settings, extra = none): Linear {
  const { outputs, rows } = target
  const dense = styleCount + extra.width
  const model: Linear = {
    outputs,
    sparse: new Float32Array(examples.keys.length * outputs),
    dense: new Float32Array(dense * outputs),
    bias: new Float32Array(outputs),
  }
  const past: Linear = {
    outputs,
    sparse: new Float32Array(model.sparse.length).fill(1e-4),
    dense: new Float32Array(model.dense.length).fill(1e-2),
    bias: new Float32Array(outputs).fill(1e-2),
  }
  const random = seeded(settings.seed)
  const slopes = new Float64Array(outputs)
  const scores = new Float64Array(outputs)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const rate = settings.rate * (1 - epoch / settings.epochs)
    for (const at of shuffled(rows.length, random)) {
      const mask = settings.drop > 0 ? Math.floor(random() * 4294967296) : 0
      const row = rows[at]!
      scoreRow(model, examples, row, extra, scores, mask, settings)
      if (!slopesOf(target, at, scores, slopes)) continue
      update(model, past, examples, row, extra, slopes, rate, mask, settings)
    }
  }
  return model
}

/** A cheap coin for each feature of a row: the same in scoring and in updating. */
const isDropped = (feature: number, mask: number, drop: number): boolean =>
  drop > 0 && (Math.imul(feature ^ mask, 0x9e3779b1) >>> 8) / 16777216 < drop

/** Writes the scores of a row. */
export function scoreRow(
  model: Linear,
  examples: Examples,
  row: number,
  extra: Extra,
  scores: Float64Array,
  mask = 0,
  settings?: Settings,
): void {
  const { outputs, sparse, dense, bias } = model
  const { from, feature, times, norm, style } = examples
  const drop = settings?.drop ?? 0
  scores.fill(0)
  for (let at = from[row]!, end = from[row + 1]!; at < end; at++) {
    if (isDropped(feature[at]!, mask, drop)) continue
    const base = feature[at]! * outputs
    const count = times[at]!
    for (let output = 0; output < outputs; output++) scores[output]! += sparse[base + output]! * count
  }
  const scale = norm[row]! / (1 - drop)
  for (let output = 0; output < outputs; output++) scores[output] = scores[output]! * scale + bias[output]!
  if (settings?.useStyle !== false) addDense(scores, dense, outputs, style, row * styleCount, styleCount, 0)
  addDense(scores, dense, outputs, extra.values, row * extra.width, extra.width, styleCount)
}

function addDense(
  scores: Float64Array,
  dense: Float32Array,
  outputs: number,
  values: Float32Array,
  base: number,
  width: number,
  place: number,
): void {
  for (let column = 0; column < width; column++) {
    const value = values[base + column]!
    if (value === 0) continue
    for (let output = 0; output < outputs; output++)
      scores[output]! += dense[(place + column) * outputs + output]! * value
  }
}

/** Slopes of the loss by the scores; false: nothing to learn from this row. */
function slopesOf(target: Target, at: number, scores: Float64Array, slopes: Float64Array): boolean {
  const { outputs, kind, wanted, weight } = target
  if (weight[at] === 0) return false
  if (kind === 'softmax') {
    toShares(scores)
    for (let output = 0; output < outputs; output++)
      slopes[output] = (scores[output]! - wanted[at * outputs + output]!) * weight[at]!
    return true
  }
  for (let output = 0; output < outputs; output++) {
    const want = wanted[at * outputs + output]!
    slopes[output] = Number.isNaN(want) ? 0 : (1 / (1 + Math.exp(-scores[output]!)) - want) * weight[at]!
  }
  return true
}

/** Softmax in place. */
export function toShares(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) most = Math.max(most, score)
  let sum = 0
  for (let at = 0; at < scores.length; at++) {
    scores[at] = Math.exp(scores[at]! - most)
    sum += scores[at]!
  }
  for (let at = 0; at < scores.length; at++) scores[at]! /= sum
}

function update(
  model: Linear,
  past: Linear,
  examples: Examples,
  row: number,
  extra: Extra,
  slopes: Float64Array,
  rate: number,
  mask: number,
  settings: Settings,
): void {
  const { outputs } = model
  const { from, feature, times, norm, style } = examples
  const scale = norm[row]! / (1 - settings.drop)
  const denseRate = rate * (settings.denseRate ?? 1)
  for (let at = from[row]!, end = from[row + 1]!; at < end; at++) {
    if (isDropped(feature[at]!, mask, settings.drop)) continue
    stepAll(model.sparse, past.sparse, feature[at]! * outputs, slopes, scale * times[at]!, rate, settings.decay)
  }
  stepAll(model.bias, past.bias, 0, slopes, 1, rate, 0)
  if (settings.useStyle)
    for (let column = 0; column < styleCount; column++)
      stepAll(model.dense, past.dense, column * outputs, slopes, style[row * styleCount + column]!, denseRate, 0)
  for (let column = 0; column < extra.width; column++) {
    const value = extra.values[row * extra.width + column]!
    stepAll(model.dense, past.dense, (styleCount + column) * outputs, slopes, value, denseRate, 0)
  }
}

function stepAll(
  weights: Float32Array,
  past: Float32Array,
  base: number,
  slopes: Float64Array,
  value: number,
  rate: number,
  decay: number,
): void {
  if (value === 0) return
  for (let output = 0; output < slopes.length; output++) {
    const slope = slopes[output]! * value
    if (slope === 0) continue
    const at = base + output
    past[at]! += slope * slope
    weights[at]! -= (rate * (slope + decay * weights[at]!)) / Math.sqrt(past[at]!)
  }
}
