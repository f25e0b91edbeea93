// From a text to the scores of every column of the model, in one pass; and which of its words made them.

import { type Form, isWord, pictures, tags } from './forms.ts'
import { makeReader, type Reader, type Reading, read } from './read.ts'
import { measureStyle, styleCount } from './style.ts'
import { type Index, indexTable, placeOf, type Table } from './table.ts'

/**
 * A word with what it adds to every column: words come again, so this is summed once for each, and its letters in a row are let go of. Plain
 * arrays, because many thousands are held and a typed one costs more around it than in it.
 */
interface ScoredForm extends Form {
  plain: number[]
  /** null: not met yet. */
  inNegation: number[] | null
}

export interface Scorer {
  /** Its weights lie in the index. */
  table: Omit<Table, 'keys' | 'weights'>
  index: Index
  reader: Reader<ScoredForm>
  sums: Int32Array
  /** Of the text scored last. */
  scores: Float64Array
}

export function makeScorer({ keys, weights, ...table }: Table): Scorer {
  const index = indexTable({ keys, weights, columns: table.columns })
  return {
    table,
    index,
    reader: makeReader(table.lexicon, (form) => ({
      ...form,
      grams: none,
      plain: sumWeights(index, table.columns, [form.hash, ...form.grams]),
      inNegation: null,
    })),
    sums: new Int32Array(table.columns),
    scores: new Float64Array(table.columns),
  }
}

/** Writes `scorer.scores` and answers the reading. Both are used again by the next text. */
export function score(scorer: Scorer, text: string): Reading<ScoredForm> {
  const { table, index, reader, sums, scores } = scorer
  const { columns, scale, bias, style } = table
  const { weights } = index
  const reading = read(reader, text)
  sums.fill(0)
  for (let at = 0; at < reading.count; at++) {
    const part = sumsOf(scorer, reading.forms[at]!, reading.negated[at] === 1)
    for (let column = 0; column < columns; column++) sums[column]! += part[column]!
    const place = at === 0 ? -1 : placeOf(index, reading.pairs[at]!)
    if (place < 0) continue
    for (let column = 0; column < columns; column++) sums[column]! += weights[place + column]!
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

const none = new Uint32Array(0)

function sumsOf({ table, index }: Scorer, form: ScoredForm, negated: boolean): number[] {
  if (!negated) return form.plain
  if (form.inNegation === null) {
    // The letters are the same; only the word itself is another feature.
    const [word, other] = [form.hash, form.negated].map((key) => sumWeights(index, table.columns, [key]))
    form.inNegation = form.plain.map((sum, column) => sum - word![column]! + other![column]!)
  }
  return form.inNegation
}

function sumWeights(index: Index, columns: number, keys: number[]): number[] {
  const { weights } = index
  const sums = new Array<number>(columns).fill(0)
  for (const key of keys) {
    const place = placeOf(index, key)
    if (place < 0) continue
    for (let column = 0; column < columns; column++) sums[column]! += weights[place + column]!
  }
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
  const { columns, scale, style } = table
  const norm = normOf(reading)
  const worth = towards.map((weight, column) => weight * scale[column]! * norm)
  const amountAt = (place: number): number => {
    let sum = 0
    if (place >= 0)
      for (let column = 0; column < columns; column++) sum += index.weights[place + column]! * worth[column]!
    return sum
  }
  const amounts = new Float64Array(reading.count)
  for (let at = 0; at < reading.count; at++) {
    const part = sumsOf(scorer, reading.forms[at]!, reading.negated[at] === 1)
    for (let column = 0; column < columns; column++) amounts[at]! += part[column]! * worth[column]!
    if (at === 0) continue
    const pair = amountAt(placeOf(index, reading.pairs[at]!)) / 2
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
