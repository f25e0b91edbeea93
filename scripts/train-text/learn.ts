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

/** What a score is made of. */
export interface Scoring {
  model: Linear
  examples: Examples
  extra?: Extra
  /** Where the scores go. */
  scores: Float64Array
  /** With `mask` a share of the features is left out, the same in scoring and in learning of one row. */
  drop?: number
  mask?: number
  useStyle?: boolean
}

interface Lesson extends Scoring {
  extra: Extra
  past: Linear
  slopes: Float64Array
  settings: Settings
  rate: number
  drop: number
  mask: number
}

export function learn(examples: Examples, target: Target, settings: Settings, extra = none): Linear {
  const { outputs, rows } = target
  const model = emptyModel(outputs, examples.keys.length, styleCount + extra.width)
  const past = emptyModel(outputs, examples.keys.length, styleCount + extra.width)
  past.sparse.fill(1e-4)
  past.dense.fill(1e-2)
  past.bias.fill(1e-2)
  const lesson: Lesson = {
    ...{ model, past, examples, extra, settings, drop: settings.drop, mask: 0, rate: 0, useStyle: settings.useStyle },
    ...{ scores: new Float64Array(outputs), slopes: new Float64Array(outputs) },
  }
  const random = seeded(settings.seed)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    lesson.rate = settings.rate * (1 - epoch / settings.epochs)
    for (const at of shuffled(rows.length, random)) {
      lesson.mask = settings.drop > 0 ? Math.floor(random() * 4294967296) : 0
      scoreRow(lesson, rows[at]!)
      if (slopesOf(target, at, lesson)) update(lesson, rows[at]!)
    }
  }
  return model
}

const emptyModel = (outputs: number, features: number, dense: number): Linear => ({
  outputs,
  sparse: new Float32Array(features * outputs),
  dense: new Float32Array(dense * outputs),
  bias: new Float32Array(outputs),
})

/** A cheap coin for each feature of a row. */
const isDropped = (feature: number, mask: number, drop: number): boolean =>
  drop > 0 && (Math.imul(feature ^ mask, 0x9e3779b1) >>> 8) / 16777216 < drop

/** Writes the scores of a row. */
export function scoreRow(scoring: Scoring, row: number): void {
  const { model, examples, extra = none, scores, drop = 0, mask = 0, useStyle = true } = scoring
  const { outputs, sparse, bias } = model
  const { from, feature, times, norm, style } = examples
  scores.fill(0)
  for (let at = from[row]!, end = from[row + 1]!; at < end; at++) {
    if (isDropped(feature[at]!, mask, drop)) continue
    const base = feature[at]! * outputs
    const count = times[at]!
    for (let output = 0; output < outputs; output++) scores[output]! += sparse[base + output]! * count
  }
  const scale = norm[row]! / (1 - drop)
  for (let output = 0; output < outputs; output++) scores[output] = scores[output]! * scale + bias[output]!
  if (useStyle) addDense(scoring, style.subarray(row * styleCount, (row + 1) * styleCount), 0)
  addDense(scoring, extra.values.subarray(row * extra.width, (row + 1) * extra.width), styleCount)
}

function addDense({ scores, model }: Scoring, values: Float32Array, place: number): void {
  const { outputs, dense } = model
  for (let column = 0; column < values.length; column++) {
    const value = values[column]!
    if (value === 0) continue
    for (let output = 0; output < outputs; output++)
      scores[output]! += dense[(place + column) * outputs + output]! * value
  }
}

/** Slopes of the loss by the scores; false: nothing to learn from this row. */
function slopesOf(target: Target, at: number, { scores, slopes }: Lesson): boolean {
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

function update(lesson: Lesson, row: number): void {
  const { model, past, examples, extra, settings, rate, drop, mask } = lesson
  const { outputs } = model
  const { from, feature, times, norm, style } = examples
  const scale = norm[row]! / (1 - drop)
  const denseRate = rate * (settings.denseRate ?? 1)
  const sparse = stepper(lesson, model.sparse, past.sparse, settings.decay)
  const dense = stepper(lesson, model.dense, past.dense, 0)
  for (let at = from[row]!, end = from[row + 1]!; at < end; at++)
    if (!isDropped(feature[at]!, mask, drop)) sparse(feature[at]! * outputs, scale * times[at]!, rate)
  stepper(lesson, model.bias, past.bias, 0)(0, 1, rate)
  if (settings.useStyle)
    for (let column = 0; column < styleCount; column++)
      dense(column * outputs, style[row * styleCount + column]!, denseRate)
  for (let column = 0; column < extra.width; column++)
    dense((styleCount + column) * outputs, extra.values[row * extra.width + column]!, denseRate)
}

/** One step of AdaGrad for the weights of one feature, at `base`. */
function stepper({ slopes }: Lesson, weights: Float32Array, past: Float32Array, decay: number) {
  return (base: number, value: number, rate: number): void => {
    if (value === 0) return
    for (let output = 0; output < slopes.length; output++) {
      const slope = slopes[output]! * value
      if (slope === 0) continue
      const at = base + output
      past[at]! += slope * slope
      weights[at]! -= (rate * (slope + decay * weights[at]!)) / Math.sqrt(past[at]!)
    }
  }
}
