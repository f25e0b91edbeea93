// Reads a text into features: one pass over its tokens, with a memory of the words that come again and again.

import { endsClause, type Form, formOf, type Lexicon, negates, turns } from './forms.ts'
import { hashPair } from './hash.ts'
import { link, makeTokens, mention, number, scan, type Tokens } from './scan.ts'
import { measureStyle, styleCount } from './style.ts'

/** Features of the text read last; the arrays are used again by the next reading. */
export interface Reading<F extends Form = Form> {
  count: number
  forms: F[]
  /** 1: inside of a negation. */
  negated: Uint8Array
  /** Each token with the one before it; the first stands alone and holds 0. */
  pairs: Uint32Array
  start: Uint32Array
  end: Uint32Array
  /** Signed strength of rated words. */
  strength: Float32Array
  style: Float32Array
  /** How many features the text has, equal ones counted as often as they occur. */
  size: number
}

export interface Reader<F extends Form = Form> {
  tokens: Tokens
  lexicon: Lexicon
  known: Known<F>
  /** By kinds whose tokens all say the same, so that no name, link or number takes a word's place in memory. */
  alike: (F | undefined)[]
  /** What the owner keeps beside each form. */
  extend(form: Form): F
  reading: Reading<F>
}

/** Forms by the words as written. A word that comes again stays: what was not met since half of the memory was filled anew is forgotten. */
interface Known<F extends Form> {
  fresh: Map<string, F>
  older: Map<string, F>
}

/** Of a longer post the beginning decides. */
export const mostTokens = 2_000
const mostFresh = 50_000
const longestKnown = 40
/** A negation ends after so many tokens, if no sign ended it. */
const negationReach = 6

export function makeReader<F extends Form>(lexicon: Lexicon, extend: (form: Form) => F): Reader<F> {
  const reading: Reading<F> = {
    count: 0,
    forms: [],
    negated: new Uint8Array(mostTokens),
    pairs: new Uint32Array(mostTokens),
    start: new Uint32Array(0),
    end: new Uint32Array(0),
    strength: new Float32Array(mostTokens),
    style: new Float32Array(styleCount),
    size: 0,
  }
  const alike: F[] = []
  for (const kind of [mention, link, number]) alike[kind] = extend(formOf('', kind, lexicon))
  return { tokens: makeTokens(), lexicon, known: { fresh: new Map(), older: new Map() }, alike, extend, reading }
}

const mostUnits = 20_000

export function read<F extends Form>(reader: Reader<F>, text: string): Reading<F> {
  const { tokens, reading } = reader
  const seen = text.length > mostUnits ? text.slice(0, mostUnits) : text
  scan(seen, tokens)
  const { forms, negated, pairs } = reading
  reading.count = Math.min(tokens.count, mostTokens)
  reading.start = tokens.start
  reading.end = tokens.end
  reading.size = 0
  let left = 0
  for (let at = 0; at < reading.count; at++) {
    const kind = tokens.kind[at]!
    const form = reader.alike[kind] ?? recall(reader, seen.slice(tokens.start[at], tokens.end[at]), kind)
    if (form.traits & (endsClause | turns)) left = 0
    negated[at] = left > 0 ? 1 : 0
    left = form.traits & negates ? negationReach : Math.max(left - 1, 0)
    pairs[at] = at === 0 ? 0 : hashPair(forms[at - 1]!.hash, form.hash)
    reading.size += form.size + (at === 0 ? 0 : 1)
    forms[at] = form
  }
  measureStyle(reading)
  return reading
}

function recall<F extends Form>(reader: Reader<F>, raw: string, kind: number): F {
  const { known } = reader
  // A tag and an emoticon can be written like nothing else, so the words themselves are enough of a key.
  const found = known.fresh.get(raw)
  if (found !== undefined) return found
  const form = known.older.get(raw) ?? reader.extend(formOf(raw.slice(0, longestKnown), kind, reader.lexicon))
  if (raw.length <= longestKnown) remember(known, raw, form)
  return form
}

function remember<F extends Form>(known: Known<F>, raw: string, form: F): void {
  if (known.fresh.size >= mostFresh) {
    known.older = known.fresh
    known.fresh = new Map()
  }
  // A copy: a slice would keep the whole post in memory.
  known.fresh.set(Buffer.from(raw, 'utf16le').toString('utf16le'), form)
}

/** Calls `use` with every feature of a reading, as often as it occurs. What the product sums by words, training sees one by one. */
export function eachFeature(reading: Reading, use: (feature: number) => void): void {
  for (let at = 0; at < reading.count; at++) {
    const { hash, negated, grams } = reading.forms[at]!
    use(reading.negated[at] ? negated : hash)
    if (at > 0) use(reading.pairs[at]!)
    for (let gram = 0; gram < grams.length; gram++) use(grams[gram]!)
  }
}
