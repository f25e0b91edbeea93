// Puts the heads side by side into one table of small whole numbers, and leaves out features that decide nothing.

import type { Lexicon } from '../../src/listening/text/forms.ts'
import { styleCount } from '../../src/listening/text/style.ts'
import type { Table } from '../../src/listening/text/table.ts'
import type { Examples } from './examples.ts'
import type { Head } from './heads.ts'

/** Weights beyond this share of all are cut off, so that a few large ones do not make the steps coarse. */
const clipped = 0.9995
const steps = 127

/** `most`: so many features are kept, those with the largest effect. Tables are not calibrated yet. */
export function makeTable(examples: Examples, heads: Head[], lexicon: Lexicon, most: number): Table {
  const columns = heads.reduce((sum, { labels }) => sum + labels.length, 0)
  const scale = new Float32Array(columns)
  const bias = new Float32Array(columns)
  const style = new Float32Array(styleCount * columns)
  let column = 0
  const tasks = heads.map(({ name, kind, labels, languages, model }) => {
    const first = column
    for (let label = 0; label < labels.length; label++, column++) {
      scale[column] = clipOf(model.sparse, labels.length, label) / steps
      bias[column] = model.bias[label]!
      for (let feature = 0; feature < styleCount; feature++)
        style[feature * columns + column] = model.dense[feature * labels.length + label]!
    }
    return { name, kind, labels: [...labels], column: first, languages, thresholds: labels.map(() => 0.5) }
  })
  const kept = strongest(examples, heads, scale, most)
  const weights = new Int8Array(kept.length * columns)
  for (const [row, feature] of kept.entries()) {
    let place = 0
    for (const { labels, model } of heads)
      for (let label = 0; label < labels.length; label++, place++) {
        const value = model.sparse[feature * labels.length + label]! / scale[place]!
        weights[row * columns + place] = Math.max(-steps, Math.min(steps, Math.round(value)))
      }
  }
  const keys = Uint32Array.from(kept, (feature) => examples.keys[feature]!)
  return { columns, tasks, keys, weights, scale, bias, style, lexicon }
}

function clipOf(weights: Float32Array, outputs: number, label: number): number {
  const found = new Float32Array(weights.length / outputs)
  for (let row = 0; row < found.length; row++) found[row] = Math.abs(weights[row * outputs + label]!)
  found.sort()
  // Most weights of a small task are exactly 0: the share is one of those that are not.
  const first = found.findIndex((value) => value > 0)
  return found[Math.floor(first + (found.length - first) * clipped)] || 1
}

/** In the order of their hashes, which is that of `examples.keys`. */
function strongest(examples: Examples, heads: Head[], scale: Float32Array, most: number): number[] {
  const count = examples.keys.length
  const strength = new Float32Array(count)
  const seen = new Uint32Array(count)
  for (const feature of examples.feature) seen[feature]!++
  for (let feature = 0; feature < count; feature++) {
    let place = 0
    for (const { labels, model } of heads)
      for (let label = 0; label < labels.length; label++, place++) {
        const steps = Math.abs(model.sparse[feature * labels.length + label]! / scale[place]!)
        // The first task is what most people look at.
        strength[feature]! += Math.min(steps, 127) * (place < 6 ? 2 : 1)
      }
    strength[feature]! *= Math.sqrt(seen[feature]!)
  }
  if (count <= most) return Array.from({ length: count }, (_, feature) => feature)
  const least = strength.slice().sort()[count - most]!
  return Array.from({ length: count }, (_, feature) => feature).filter((feature) => strength[feature]! >= least)
}
