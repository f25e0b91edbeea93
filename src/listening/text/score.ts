// From a text to the scores of every column of the model, in one pass; and which of its words made them.

import { type Form, isWord, pictures, tags } from './forms.ts'
import { makeReader, type Reader, type Reading, read } from './read.ts'
import { measureStyle, styleCount } from './style.ts'
import { type Index, indexKeys, rowOf, type Table } from './table.ts'

/** A word with what it adds to every column; words come again, so this is summed once for each. */
interface ScoredForm extends Form {
  plain: Int32Array | null
  inNegation: Int32Array | null
}

export interface Scorer {
  table: Table
  index: Index
  reader: Reader<ScoredForm>
  sums: Int32Array
  /** Of the text scored last. */
  scores: Float64Array
}

export function makeScorer(table: Table): Scorer {
  return {
    table,
    index: indexKeys(table.keys),
    reader: makeReader(table.lexicon, (form) => ({ ...form, plain: null, inNegation: null })),
    sums: new Int32Array(table.columns),
    scores: new Float64Array(table.columns),
  }
}

/** Writes `scorer.scores` and answers the reading. Both are used again by the next text. */
export function score(scorer: Scorer, text: string): Reading<ScoredForm> {
  const { table, index, reader, sums, scores } = scorer
  const { columns, weights, scale, bias, style } = table
  const reading = read(reader, text)
  sums.fill(0)
  for (let at = 0; at < reading.count; at++) {
    const part = sumsOf(scorer, reading.forms[at]!, reading.negated[at] === 1)
    for (let column = 0; column < columns; column++) sums[column]! += part[column]!
    const row = at === 0 ? -1 : rowOf(index, reading.pairs[at]!)
    if (row < 0) continue
    const base = row * columns
    for (let column = 0; column < columns; column++) sums[column]! += weights[base + column]!
  }
  const norm = normOf(reading)
  for (let column = 0; column < columns; column++)
    scores[column] = bias[column]! + sums[column]! * scale[column]! * norm
  for (let feature = 0; feature < styleCount; feature++) {
    const value = reading.style[feature]!
    if (value === 0) continue
    const base = feature * columns
    for (let column = 0; column < columns; column++) scores[column]! += style[base + column]! * value
  }
  return reading
}

const normOf = (reading: Reading): number => (reading.size > 0 ? 1 / Math.sqrt(reading.size) : 0)

function sumsOf(scorer: Scorer, form: ScoredForm, negated: boolean): Int32Array {
  if (negated) {
    form.inNegation ??= sumForm(scorer, form.negated, form.grams)
    return form.inNegation
  }
  form.plain ??= sumForm(scorer, form.hash, form.grams)
  return form.plain
}

function sumForm({ table, index }: Scorer, hash: number, grams: Uint32Array): Int32Array {
  const { columns, weights } = table
  const sums = new Int32Array(columns)
  const addRow = (key: number): void => {
    const row = rowOf(index, key)
    if (row < 0) return
    for (let column = 0; column < columns; column++) sums[column]! += weights[row * columns + column]!
  }
  addRow(hash)
  for (const gram of grams) addRow(gram)
  return sums
}

/** A stretch of the text with what it adds to the score that was asked about; negative: it speaks against. */
export interface Ground {
  start: number
  end: number
  amount: number
}

/**
 * The words that decided most, strongest first. `towards` weighs the columns: 1 for the label that was said, for instance, and −1 for the
 * one that it is set against. The scores of `scorer` are those of this text afterwards.
 */
export function groundsOf(scorer: Scorer, text: string, towards: Float64Array, most = 5): Ground[] {
  const reading = score(scorer, text)
  const { table, index } = scorer
  const { columns, weights, scale, style } = table
  const norm = normOf(reading)
  const worth = towards.map((weight, column) => weight * scale[column]! * norm)
  const ofRow = (row: number): number => {
    let sum = 0
    if (row >= 0)
      for (let column = 0; column < columns; column++) sum += weights[row * columns + column]! * worth[column]!
    return sum
  }
  const amounts = new Float64Array(reading.count)
  for (let at = 0; at < reading.count; at++) {
    const part = sumsOf(scorer, reading.forms[at]!, reading.negated[at] === 1)
    for (let column = 0; column < columns; column++) amounts[at]! += part[column]! * worth[column]!
    if (at === 0) continue
    const pair = ofRow(rowOf(index, reading.pairs[at]!)) / 2
    amounts[at]! += pair
    amounts[at - 1]! += pair
  }
  addRatings(reading, amounts, (feature) => {
    let sum = 0
    for (let column = 0; column < columns; column++) sum += style[feature * columns + column]! * towards[column]!
    return sum
  })
  return Array.from(amounts, (amount, at) => ({ start: reading.start[at]!, end: reading.end[at]!, amount, at }))
    .filter(({ amount, at }) => amount !== 0 && (reading.forms[at]!.traits & (isWord | pictures | tags)) !== 0)
    .sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount))
    .slice(0, most)
    .map(({ start, end, amount }) => ({ start, end, amount }))
}

/** What the rating of a word adds is what would be missing without it: the features of style are measured again with the word unrated. */
function addRatings(reading: Reading<ScoredForm>, amounts: Float64Array, worthOf: (feature: number) => number): void {
  const worth = Float64Array.from({ length: styleCount }, (_, feature) => worthOf(feature))
  const total = (): number => reading.style.reduce((sum, value, feature) => sum + value * worth[feature]!, 0)
  const rated = total()
  for (let at = 0; at < reading.count; at++) {
    const form = reading.forms[at]!
    if (form.valence === 0 && form.opinion === 0) continue
    reading.forms[at] = { ...form, valence: 0, opinion: 0 }
    measureStyle(reading)
    amounts[at]! += rated - total()
    reading.forms[at] = form
  }
  measureStyle(reading)
}
