// Thousands of queries of many organisations in memory: tells for each post which of them match, by looking only at those that might.

import type { Query } from '../types.ts'
import { type Clause, compile, footing, release, sortClauses } from './compile.ts'
import { holds } from './evaluate.ts'
import { makeSighting, type Said, see } from './sighting.ts'
import { longer, makeVocabulary, spaces } from './vocabulary.ts'

export interface TopicIndex {
  /** Adds a topic, or gives it another query. */
  put(id: string, query: Query): void
  remove(id: string): void
  /** The ids of the topics that match. The array is used again by the next call. */
  match(said: Said): readonly string[]
  readonly size: number
  /** Whether any topic asks for a language. */
  readonly asksLanguage: boolean
  /** Posts, candidates that were looked at, and matches so far. */
  readonly counts: Readonly<IndexCounts>
}

export interface IndexCounts {
  posts: number
  candidates: number
  matches: number
}

interface Entry {
  id: string
  query: Query
  clause: Clause
  /** The words under which it is listed. */
  words: number[]
  /** The last post for which it was looked at. */
  post: number
}

interface State {
  vocabulary: ReturnType<typeof makeVocabulary>
  sighting: ReturnType<typeof makeSighting>
  entries: Map<string, Entry>
  /** Of each word: the queries that are looked at when it appears. */
  listed: (Entry[] | undefined)[]
  /** Of each word: in how many posts it was. */
  seenIn: Float64Array
  counts: IndexCounts
  /** When the queries are listed anew by what was learnt since. */
  relistAt: number
  hits: string[]
}

/**
 * An index without topics. Each query is listed under its rarest word, or rarest words where any of several will do; the posts themselves teach which
 * words are rare.
 */
export function makeTopicIndex(): TopicIndex {
  const vocabulary = makeVocabulary()
  const state: State = {
    vocabulary,
    sighting: makeSighting(vocabulary),
    entries: new Map(),
    listed: [],
    seenIn: new Float64Array(256),
    counts: { posts: 0, candidates: 0, matches: 0 },
    relistAt: 1024,
    hits: [],
  }
  return {
    put: (id, query) => put(state, id, query),
    remove: (id) => remove(state, id),
    match: (said) => match(state, said),
    get size() {
      return state.entries.size
    },
    get asksLanguage() {
      return state.vocabulary.inSpace[spaces.lang]! > 0
    },
    counts: state.counts,
  }
}

function put(state: State, id: string, query: Query): void {
  remove(state, id)
  const entry: Entry = { id, query, clause: compile(state.vocabulary, query), words: [], post: 0 }
  if (state.seenIn.length < state.vocabulary.hashes.length)
    state.seenIn = longer(state.seenIn, new Float64Array(state.vocabulary.hashes.length))
  state.entries.set(id, entry)
  list(state, entry)
}

function remove(state: State, id: string): void {
  const entry = state.entries.get(id)
  if (!entry) return
  unlist(state, entry)
  release(state.vocabulary, entry.clause)
  state.entries.delete(id)
  const { size, live } = state.vocabulary
  if (size > 2 * live + 1000) startAnew(state)
}

function match(state: State, said: Said): readonly string[] {
  const { sighting, listed, seenIn, counts, hits } = state
  hits.length = 0
  see(sighting, said)
  for (let at = 0; at < sighting.wordCount; at++) {
    const word = sighting.words[at]!
    seenIn[word]!++
    const candidates = listed[word]
    if (candidates === undefined) continue
    for (const entry of candidates) {
      if (entry.post === sighting.post) continue
      entry.post = sighting.post
      counts.candidates++
      if (holds(sighting, entry.clause)) hits.push(entry.id)
    }
  }
  counts.matches += hits.length
  if (++counts.posts === state.relistAt) relist(state)
  return hits
}

/** Short words are taken for common until posts have shown otherwise. */
function costIn(state: State): (word: number) => number {
  const { seenIn, vocabulary } = state
  return (word) => seenIn[word]! + (vocabulary.length[word]! < 4 ? 4 : 1)
}

function list(state: State, entry: Entry): void {
  const costOf = costIn(state)
  sortClauses(entry.clause, costOf)
  const found = footing(entry.clause, costOf)
  if (!found) throw new Error('A query that can match without any of its words was not refused.')
  entry.words = found.words
  for (const word of entry.words) {
    const there = state.listed[word]
    if (there) there.push(entry)
    else state.listed[word] = [entry]
  }
}

function unlist(state: State, entry: Entry): void {
  for (const word of entry.words) {
    const there = state.listed[word]!
    const at = there.indexOf(entry)
    there[at] = there.at(-1)!
    there.pop()
    if (there.length === 0) state.listed[word] = undefined
  }
}

/** Lists every query by what the posts have taught, soon at first and then seldom; half of the old counts stays, so that habits may change. */
function relist(state: State): void {
  state.relistAt += Math.min(65_536, state.counts.posts * 3)
  for (const entry of state.entries.values()) {
    unlist(state, entry)
    list(state, entry)
  }
  for (let word = 0; word < state.seenIn.length; word++) state.seenIn[word]! /= 2
}

/** Forgets the words that no query uses any more. */
function startAnew(state: State): void {
  const entries = [...state.entries.values()]
  state.vocabulary = makeVocabulary()
  state.sighting = makeSighting(state.vocabulary)
  state.entries = new Map()
  state.listed = []
  state.seenIn = new Float64Array(256)
  state.relistAt = state.counts.posts + 1024
  for (const { id, query } of entries) put(state, id, query)
}
