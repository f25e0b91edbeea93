// Which words of a query may be said in another sense, by what the sample says of them. Pure.

import { makeTopicIndex } from './language/index/topic-index.ts'
import { printTerm } from './language/print.ts'
import { senseOf } from './language/starters/rules.ts'
import type { Query, Term } from './language/types.ts'

type Said = Parameters<ReturnType<typeof makeTopicIndex>['match']>[0]

/** Of longer lists only the first are looked at. */
const mostTerms = 20

export interface Sense {
  word: string
  sense: 'common' | 'other-senses'
  withWord: number
  withContext: number
}

/** A phrase of several words is not looked at: it hardly has a second sense. */
export function sensesOf(query: Query, samples: readonly Omit<Said, 'sources'>[]): Sense[] {
  const terms = termsOf(query).slice(0, mostTerms)
  if (terms.length === 0) return []
  const index = makeTopicIndex()
  for (const [at, term] of terms.entries()) index.put(String(at), term)
  const [withWord, withContext] = [terms.map(() => 0), terms.map(() => 0)]
  for (const said of samples) {
    const found = [...index.match({ ...said, sources: [] })]
    for (const at of found.map(Number)) {
      withWord[at]! += 1
      if (found.length > 1) withContext[at]! += 1
    }
  }
  return terms.flatMap((term, at) => {
    if (term.words.length > 1 || term.words[0]?.kind !== 'word') return []
    const use = { sampled: samples.length, withWord: withWord[at]!, withContext: withContext[at]! }
    const sense = senseOf(use)
    return sense ? [{ word: printTerm(term), sense, withWord: use.withWord, withContext: use.withContext }] : []
  })
}

/** What the query wants to be there. Beside NEAR a word has its context already, so it is context alone. */
function termsOf(query: Query): Term[] {
  if (query.type === 'term') return [query]
  return query.type === 'and' || query.type === 'or' ? query.of.flatMap(termsOf) : []
}
