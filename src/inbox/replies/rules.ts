// Pure: what a saved reply becomes for one conversation, what is left to fill, and how much of a draft a person made their own.

import { diffArrays } from 'diff'
import { type Variable, type VariableFacts, variables } from './types.ts'

const named = /\{\{\s*([\w.-]{1,60})\s*\}\}/g

const isVariable = (name: string): name is Variable => (variables as readonly string[]).includes(name)

/** Names between double braces, each once. */
export const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(named)].map(([, name]) => name!.toLowerCase())),
]

export const unknownIn = (text: string): string[] => variablesIn(text).filter((name) => !isVariable(name))

/** What is not known stays as it is written, and is named, so that nobody is greeted as “Dear ,”. */
export function fill(body: string, facts: VariableFacts): { text: string; empty: string[] } {
  const empty = new Set<string>()
  const text = body.replace(named, (whole, given: string) => {
    const name = given.toLowerCase()
    const value = isVariable(name) ? facts[name]?.trim() : null
    if (value) return value
    empty.add(name)
    return whole
  })
  return { text, empty: [...empty] }
}

/** Puts words where the writer is, apart from what stands there by an empty line. */
export function putIn(text: string, words: string, at: number): string {
  const place = Math.max(0, Math.min(at, text.length))
  const [before, after] = [text.slice(0, place).trimEnd(), text.slice(place).trimStart()]
  return [before, words, after].filter((part) => part !== '').join('\n\n')
}

export interface Changed {
  /** Of the draft. */
  words: number
  /** Words that are others, gone or added. */
  changed: number
}

/** Beyond it two texts have little in common, and counting on would only take time. */
const mostEdits = 1_000

/**
 * The edit distance in words, where one word in place of another counts once (Myers' O(ND) difference of the package `diff`).
 * Spaces, marks and capitals are no words: changing them alone makes nothing personal.
 */
export function changedWords(draft: string, text: string): Changed {
  const [before, after] = [wordsOf(draft), wordsOf(text)]
  const steps = diffArrays(before, after, { maxEditLength: mostEdits })
  if (!steps) return { words: before.length, changed: Math.max(before.length, after.length) }
  let changed = 0
  let run = { gone: 0, added: 0 }
  const close = () => {
    changed += Math.max(run.gone, run.added)
    run = { gone: 0, added: 0 }
  }
  for (const { added, removed, count = 0 } of steps) {
    if (added) run.added += count
    else if (removed) run.gone += count
    else close()
  }
  close()
  return { words: before.length, changed }
}

const wordsOf = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.normalize('NFC'))].flatMap(
    ({ segment, isWordLike }) => (isWordLike ? [segment.toLowerCase()] : []),
  )

/** What was put in, as one text. */
export const draftOf = (given: readonly string[]): string => given.join('\n\n')

/**
 * Words that a person still has to change before a draft may be sent; 0: none. It has to differ from each text that was put in and from
 * all of them together: two replies of which one is taken out again are one that nobody touched. A draft of few words is changed as a whole.
 */
export function leftToChange(given: readonly string[], text: string, leastChanged: number): number {
  const left = [...given, draftOf(given)].map((draft) => {
    const { words, changed } = changedWords(draft, text)
    return Math.min(leastChanged, Math.max(words, 1)) - changed
  })
  return given.length === 0 ? 0 : Math.max(0, ...left)
}
