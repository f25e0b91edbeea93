// Why a query matches a post, with the places in its texts, and if it does not, which of its clauses is to blame.

import { type Clause, compile, type Phrase } from './index/compile.ts'
import { findPhrase, holds, nearPlaces } from './index/evaluate.ts'
import { makeSighting, parts, type Said, type Sighting, see } from './index/sighting.ts'
import { makeVocabulary } from './index/vocabulary.ts'
import type { Field, Query, Term } from './types.ts'

/** A place in a title or text that a term found; in UTF-16 units. */
export interface Span {
  part: 'title' | 'text'
  start: number
  end: number
  term: Term
}

export interface Explanation {
  matches: boolean
  /** In the order of the texts, without overlap. Where the query does not match: what of it was there all the same. */
  spans: Span[]
  /** Fields that hold. */
  fields: Field[]
  /** Clauses each of which kept the query from matching; a NOT is to blame when what it leaves out was there. */
  failed: Query[]
}

/** Explains one query on many posts. */
export function makeExplainer(query: Query): (said: Said) => Explanation {
  const vocabulary = makeVocabulary()
  const clause = compile(vocabulary, query)
  const sighting = makeSighting(vocabulary)
  return (said) => {
    see(sighting, said)
    const matches = holds(sighting, clause)
    const found: Found = { sighting, spans: [], fields: [] }
    gather(found, query, clause)
    const failed = matches ? [] : blame(sighting, query, clause)
    // What was to be left out is shown where it is the reason.
    for (const each of failed)
      if (each.query.type === 'not' && each.clause.op === 'never') gather(found, each.query.of, each.clause.of)
    const { spans, fields } = found
    return { matches, spans: withoutOverlap(spans), fields, failed: failed.map((each) => each.query) }
  }
}

interface Found {
  sighting: Sighting
  spans: Span[]
  fields: Field[]
}

/** Adds what of `query` is there; of a NOT nothing, of an OR whatever holds. Clauses have the shape of their queries. */
function gather(found: Found, query: Query, clause: Clause): void {
  if (query.type === 'and' || query.type === 'or') {
    const { of } = clause as Extract<Clause, { op: 'all' | 'some' }>
    for (const [at, each] of query.of.entries()) gather(found, each, of[at]!)
  } else if (query.type === 'term') gatherPhrase(found, query, asPhrase(clause))
  else if (query.type === 'near') gatherNear(found, query, clause)
  else if (query.type === 'field' && holds(found.sighting, clause)) found.fields.push(query)
}

const asPhrase = (clause: Clause): Phrase =>
  clause.op === 'phrase' ? clause : { op: 'phrase', words: [(clause as { word: number }).word], exact: null }

function gatherPhrase(found: Found, term: Term, phrase: Phrase): void {
  const { sighting } = found
  for (let at = findPhrase(sighting, phrase, -1); at >= 0; at = findPhrase(sighting, phrase, at))
    addSpan(found, term, phrase, sighting.position[at]!)
}

function gatherNear(found: Found, query: Extract<Query, { type: 'near' }>, clause: Clause): void {
  const near = clause as Extract<Clause, { op: 'near' }>
  for (const [l, left] of near.left.entries())
    for (const [r, right] of near.right.entries())
      for (const pair of nearPlaces(found.sighting, left, right, near.within)) {
        addSpan(found, query.left[l]!, left, pair.left)
        addSpan(found, query.right[r]!, right, pair.right)
      }
}

function addSpan({ sighting, spans }: Found, term: Term, phrase: Phrase, position: number): void {
  const part = sighting.part[position]!
  if (part === parts.place) return
  spans.push({
    part: part === parts.title ? 'title' : 'text',
    start: sighting.start[position]!,
    end: sighting.end[position + phrase.words.length - 1]!,
    term,
  })
}

function withoutOverlap(spans: Span[]): Span[] {
  const order = { title: 0, text: 1 }
  const sorted = [...spans].sort((a, b) => order[a.part] - order[b.part] || a.start - b.start || b.end - a.end)
  const kept: Span[] = []
  for (const span of sorted) {
    const before = kept.at(-1)
    if (!before || before.part !== span.part || span.start >= before.end) kept.push(span)
  }
  return kept
}

interface Blamed {
  query: Query
  clause: Clause
}

function blame(sighting: Sighting, query: Query, clause: Clause): Blamed[] {
  if (holds(sighting, clause)) return []
  if (query.type !== 'and') return [{ query, clause }]
  const { of } = clause as Extract<Clause, { op: 'all' }>
  return query.of.flatMap((each, at) => blame(sighting, each, of[at]!))
}
