// Makes of a query what can be asked of a sighting: words become numbers, and what must be there is found.

import { asciiHost } from '../links.ts'
import { fold, type Strictness, spell } from '../spelling.ts'
import type { Field, Query, QueryWord, Term } from '../types.ts'
import { partsOf, wordsOf } from '../words.ts'
import { dropWord, spaces, useWord, type Vocabulary } from './vocabulary.ts'

/** A word anywhere in the post. */
export interface HasWord {
  op: 'word'
  word: number
  /** Too common to listen for: languages, media, kinds. */
  broad: boolean
}

/** Words that follow each other. */
export interface Phrase {
  op: 'phrase'
  words: number[]
  /** Spellings that must be met beside the folded words. */
  exact: { spellings: string[]; starts: boolean[]; strictness: Strictness } | null
}

/** A link to a host, with the beginning of a path. */
export interface LinkTo {
  op: 'link'
  word: number
  host: string
  path: string
}

export interface NearBy {
  op: 'near'
  within: number
  left: Phrase[]
  right: Phrase[]
}

export interface All {
  op: 'all'
  of: Clause[]
}

export interface Some {
  op: 'some'
  of: Clause[]
}

export interface Never {
  op: 'never'
  of: Clause
}

export type Clause = HasWord | Phrase | LinkTo | NearBy | All | Some | Never

/** The clause of `query`, with its words added to the vocabulary. */
export function compile(vocabulary: Vocabulary, query: Query): Clause {
  switch (query.type) {
    case 'term':
      return simple(phraseOf(vocabulary, query))
    case 'field':
      return fieldClause(vocabulary, query)
    case 'near': {
      const side = (terms: Term[]): Phrase[] => terms.map((term) => phraseOf(vocabulary, term))
      return { op: 'near', within: query.within, left: side(query.left), right: side(query.right) }
    }
    case 'not':
      return { op: 'never', of: compile(vocabulary, query.of) }
    default:
      return { op: query.type === 'and' ? 'all' : 'some', of: query.of.map((each) => compile(vocabulary, each)) }
  }
}

/** Ends the use of the words of a clause. */
export function release(vocabulary: Vocabulary, clause: Clause): void {
  if (clause.op === 'word' || clause.op === 'link') dropWord(vocabulary, clause.word)
  else if (clause.op === 'phrase') for (const word of clause.words) dropWord(vocabulary, word)
  else if (clause.op === 'never') release(vocabulary, clause.of)
  else {
    const of: Clause[] = clause.op === 'near' ? [...clause.left, ...clause.right] : clause.of
    for (const each of of) release(vocabulary, each)
  }
}

const simple = (phrase: Phrase): HasWord | Phrase =>
  phrase.words.length === 1 && !phrase.exact ? { op: 'word', word: phrase.words[0]!, broad: false } : phrase

/** The words of a term as they stand beside each other in a text. */
export const termParts = (term: Term): QueryWord[] =>
  term.words.flatMap((word) => {
    const parts = partsOf({ ...word, start: 0, end: word.text.length })
    return parts.map(({ text }, at) => ({ kind: word.kind, text, prefix: word.prefix && at === parts.length - 1 }))
  })

function phraseOf(vocabulary: Vocabulary, term: Term): Phrase {
  const parts = termParts(term)
  const exact = term.exactCase || term.exactAccents
  return {
    op: 'phrase',
    words: parts.map((part) => useWord(vocabulary, spaceOf(part), fold(part.text))),
    exact: exact
      ? {
          spellings: parts.map(({ text }) => spell(text, term)),
          starts: parts.map(({ prefix }) => prefix),
          strictness: { exactCase: term.exactCase, exactAccents: term.exactAccents },
        }
      : null,
  }
}

function spaceOf({ kind, prefix }: QueryWord): number {
  if (kind === 'hashtag') return prefix ? spaces.hashtagStart : spaces.hashtag
  if (kind === 'mention') return prefix ? spaces.mentionStart : spaces.mention
  return prefix ? spaces.wordStart : spaces.word
}

function fieldClause(vocabulary: Vocabulary, { field, value }: Field): Clause {
  if (field === 'link') return linkClause(vocabulary, value)
  if (field === 'place') {
    const asked = wordsOf(value).filter(({ kind }) => kind === 'word' || kind === 'hashtag')
    const words = asked.map(({ text }) => useWord(vocabulary, spaces.place, fold(text)))
    return simple({ op: 'phrase', words, exact: null })
  }
  const broad = field === 'lang' || field === 'has' || field === 'kind'
  return { op: 'word', word: useWord(vocabulary, spaces[field], fold(value)), broad }
}

function linkClause(vocabulary: Vocabulary, value: string): HasWord | LinkTo {
  const slash = value.indexOf('/')
  const host = asciiHost(slash < 0 ? value : value.slice(0, slash))
  const word = useWord(vocabulary, spaces.host, fold(host))
  return slash < 0 ? { op: 'word', word, broad: false } : { op: 'link', word, host, path: value.slice(slash) }
}

/** Words of which one must be there for the clause to hold, the rarest such choice; null where it can hold without any. */
export interface Footing {
  words: number[]
  cost: number
}

export function footing(clause: Clause, costOf: (word: number) => number): Footing | null {
  switch (clause.op) {
    case 'word':
      return clause.broad ? null : { words: [clause.word], cost: costOf(clause.word) }
    case 'link':
      return { words: [clause.word], cost: costOf(clause.word) }
    case 'phrase':
      return rarest(clause.words.map((word) => ({ words: [word], cost: costOf(word) })))
    case 'near':
      return rarest([together(clause.left, costOf), together(clause.right, costOf)])
    case 'all':
      return rarest(clause.of.map((each) => footing(each, costOf)))
    case 'some':
      return together(clause.of, costOf)
    case 'never':
      return null
  }
}

function rarest(choices: (Footing | null)[]): Footing | null {
  let best: Footing | null = null
  for (const choice of choices) if (choice && (!best || choice.cost < best.cost)) best = choice
  return best
}

function together(clauses: Clause[], costOf: (word: number) => number): Footing | null {
  const words = new Set<number>()
  let cost = 0
  for (const each of clauses) {
    const found = footing(each, costOf)
    if (!found) return null
    cost += found.cost
    for (const word of found.words) words.add(word)
  }
  return { words: [...words], cost }
}

/** Puts what fails most often first, so that most candidates are done after one look. */
export function sortClauses(clause: Clause, costOf: (word: number) => number): void {
  if (clause.op === 'never') sortClauses(clause.of, costOf)
  if (clause.op !== 'all' && clause.op !== 'some') return
  for (const each of clause.of) sortClauses(each, costOf)
  if (clause.op === 'some') return
  const cost = new Map(clause.of.map((each) => [each, footing(each, costOf)?.cost ?? Number.MAX_VALUE]))
  clause.of.sort((a, b) => cost.get(a)! - cost.get(b)!)
}
