// Turns texts into rows of features for the learner, through the very reader of the product.

import type { Lexicon } from '../../src/listening/text/forms.ts'
import { eachFeature, makeReader, read } from '../../src/listening/text/read.ts'
import { styleCount } from '../../src/listening/text/style.ts'

/** Rows of one pool of texts. Row i has its features at from[i] … from[i + 1]. */
export interface Examples {
  texts: string[]
  from: Uint32Array
  /** Places in `keys`, in order of size within a row. */
  feature: Uint32Array
  times: Uint8Array
  /** By what the sum of a row is multiplied: one through the root of its size. */
  norm: Float32Array
  style: Float32Array
  keys: Uint32Array
}

/** Occurrences of numbers, in open addressing: a Map of millions would be too slow and too large. */
function makeCounter(bits: number): { slots: Uint32Array; counts: Uint32Array; place: (key: number) => number } {
  const slots = new Uint32Array(2 ** bits)
  const counts = new Uint32Array(2 ** bits)
  const mask = slots.length - 1
  const place = (key: number): number => {
    let at = key & mask
    while (slots[at] !== 0 && slots[at] !== key) at = (at + 1) & mask
    return at
  }
  return { slots, counts, place }
}

/** Reads all texts; features that fewer than `least` texts have are left out. */
export function makeExamples(texts: string[], lexicon: Lexicon, least: number): Examples {
  const counter = makeCounter(24)
  const reader = makeReader(lexicon, (form) => form)
  const from = new Uint32Array(texts.length + 1)
  const style = new Float32Array(texts.length * styleCount)
  const norm = new Float32Array(texts.length)
  let stream = new Uint32Array(1 << 24)
  let times = new Uint8Array(1 << 24)
  let length = 0
  const row = new Uint32Array(400_000)
  for (const [index, text] of texts.entries()) {
    const reading = read(reader, text)
    style.set(reading.style, index * styleCount)
    norm[index] = reading.size > 0 ? 1 / Math.sqrt(reading.size) : 0
    let size = 0
    eachFeature(reading, (feature) => {
      row[size++] = feature
    })
    const sorted = row.subarray(0, size).sort()
    if (length + size > stream.length) {
      stream = widened(stream, new Uint32Array(stream.length * 2))
      times = widened(times, new Uint8Array(times.length * 2))
    }
    for (let at = 0; at < size; at++) {
      if (at > 0 && sorted[at] === sorted[at - 1]) {
        times[length - 1] = Math.min(times[length - 1]! + 1, 255)
        continue
      }
      stream[length] = sorted[at]!
      times[length++] = 1
      const place = counter.place(sorted[at]!)
      counter.slots[place] = sorted[at]!
      counter.counts[place]!++
    }
    from[index + 1] = length
  }
  return numbered({ texts, from, feature: stream.subarray(0, length), times, norm, style }, counter, least)
}

function widened<Numbers extends Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  old: Numbers,
  wide: Numbers,
): Numbers {
  wide.set(old)
  return wide
}

/** Puts places in a sorted list instead of hashes. */
function numbered(raw: Omit<Examples, 'keys'>, counter: ReturnType<typeof makeCounter>, least: number): Examples {
  const keys = counter.slots.filter((key, at) => key !== 0 && counter.counts[at]! >= least).sort()
  const index = new Uint32Array(counter.slots.length)
  for (let at = 0; at < keys.length; at++) index[counter.place(keys[at]!)] = at + 1
  const from = new Uint32Array(raw.from.length)
  let length = 0
  for (let row = 0; row < raw.texts.length; row++) {
    for (let at = raw.from[row]!; at < raw.from[row + 1]!; at++) {
      const place = index[counter.place(raw.feature[at]!)]!
      if (place === 0) continue
      raw.feature[length] = place - 1
      raw.times[length++] = raw.times[at]!
    }
    from[row + 1] = length
  }
  return { ...raw, from, feature: raw.feature.slice(0, length), times: raw.times.slice(0, length), keys }
}
