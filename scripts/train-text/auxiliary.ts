// Helping tasks: what other labelled texts teach is learnt apart and then folded into the tables of the tasks that ship.

import { styleCount } from '../../src/listening/text/style.ts'
import type { Examples } from './examples.ts'
import { type Extra, type Linear, learn, type Settings, scoreRow } from './learn.ts'
import type { Pool } from './pool.ts'
import { firstLabel, makeTarget } from './targets.ts'

export interface Auxiliary {
  name: string
  model: Linear
}

const usual: Settings = { epochs: 4, rate: 0.05, decay: 0, seed: 3, drop: 0.2, useStyle: true }

/** GoEmotions' 28 as yes/no questions, by the numbers in its file. */
const manyOf =
  (count: number) =>
  (labels: string[]): number[] => {
    const said = new Set(labels[0]!.split(',').map(Number))
    return Array.from({ length: count }, (_, each) => (said.has(each) ? 1 : 0))
  }

export function learnAuxiliaries(examples: Examples, { parts }: Pool, wanted: string[]): Auxiliary[] {
  const part = (name: string) => parts[`${name}-train`]!
  const yes = (labels: string[]): number[] => [Number(labels[0])]
  const targets: Record<string, () => ReturnType<typeof makeTarget>> = {
    emoji: () => makeTarget('softmax', 20, [{ part: part('emoji'), label: firstLabel }], 0.5),
    goemotions: () => makeTarget('yes-no', 28, [{ part: part('goemotions'), label: manyOf(28) }]),
    offensive: () => makeTarget('yes-no', 1, [{ part: part('offensive'), label: yes }]),
    hate: () => makeTarget('yes-no', 1, [{ part: part('hate'), label: yes }]),
    irony: () => makeTarget('yes-no', 1, [{ part: part('irony'), label: yes }]),
    emotion: () => makeTarget('softmax', 4, [{ part: part('emotion'), label: firstLabel }]),
    sentiment: () => makeTarget('softmax', 3, [{ part: part('sentiment'), label: firstLabel }]),
  }
  return wanted.map((name) => ({ name, model: learn(examples, targets[name]!(), usual) }))
}

/** Scores of the helping tasks for every row of the pool, each with a spread of about 1. */
export function auxiliaryScores(examples: Examples, auxiliaries: Auxiliary[]): Extra & { spread: Float64Array } {
  const width = auxiliaries.reduce((sum, { model }) => sum + model.outputs, 0)
  const rows = examples.texts.length
  const values = new Float32Array(rows * width)
  let place = 0
  for (const { model } of auxiliaries) {
    const scores = new Float64Array(model.outputs)
    for (let row = 0; row < rows; row++) {
      scoreRow({ model, examples, scores }, row)
      // Without the constant part, which the task's own bias learns.
      for (let output = 0; output < model.outputs; output++)
        values[row * width + place + output] = scores[output]! - model.bias[output]!
    }
    place += model.outputs
  }
  const spread = new Float64Array(width)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) spread[column]! += values[row * width + column]! ** 2
  for (let column = 0; column < width; column++) spread[column] = Math.sqrt(spread[column]! / rows) || 1
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) values[row * width + column]! /= spread[column]!
  return { width, values, spread }
}

/** The same model without the helping columns: they are sums over the same features, so they can be multiplied out. */
export function fold(model: Linear, auxiliaries: Auxiliary[], spread: Float64Array): Linear {
  const { outputs } = model
  const folded: Linear = {
    outputs,
    sparse: model.sparse.slice(),
    dense: model.dense.slice(0, styleCount * outputs),
    bias: model.bias.slice(),
  }
  let place = 0
  for (const { model: helper } of auxiliaries) {
    for (let output = 0; output < outputs; output++)
      for (let from = 0; from < helper.outputs; from++) {
        const factor = model.dense[(styleCount + place + from) * outputs + output]! / spread[place + from]!
        addColumn(
          { weights: folded.sparse, width: outputs, at: output },
          { weights: helper.sparse, width: helper.outputs, at: from },
          factor,
        )
        const style = helper.dense.subarray(0, styleCount * helper.outputs)
        addColumn(
          { weights: folded.dense, width: outputs, at: output },
          { weights: style, width: helper.outputs, at: from },
          factor,
        )
      }
    place += helper.outputs
  }
  return folded
}

interface Column {
  weights: Float32Array
  width: number
  at: number
}

function addColumn(to: Column, from: Column, factor: number): void {
  for (let row = 0, rows = from.weights.length / from.width; row < rows; row++)
    to.weights[row * to.width + to.at]! += from.weights[row * from.width + from.at]! * factor
}
