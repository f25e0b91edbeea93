// How a text falls into words that a query can ask for: what the scanner finds, words with an apostrophe in their parts, signs left out.

import * as scanner from '../../text/scan.ts'

/** A word of a text or of a query, with its place. */
export interface WordAt {
  kind: 'word' | 'hashtag' | 'mention' | 'link' | 'sign'
  /** With the # or @. */
  start: number
  end: number
  /** Without them. */
  text: string
}

/** Every token of `text`, signs included: they matter to the reader of queries. */
export function tokensOf(text: string): WordAt[] {
  const tokens = scanner.scan(text, scanner.makeTokens(Math.min(512, text.length + 1)))
  return Array.from({ length: tokens.count }, (_, at) => {
    const kind = kindOf(tokens.kind[at]!)
    const [start, end] = [tokens.start[at]!, tokens.end[at]!]
    return { kind, start, end, text: text.slice(kind === 'hashtag' || kind === 'mention' ? start + 1 : start, end) }
  })
}

/** The words of `text`, one to each place that NEAR counts. */
export const wordsOf = (text: string): WordAt[] =>
  tokensOf(text)
    .filter(({ kind }) => kind !== 'sign')
    .flatMap(partsOf)

/** L'Oréal is L and Oréal, Acme's is Acme and s: so that both are found by their name. */
export function partsOf(word: WordAt): WordAt[] {
  if (word.kind !== 'word' || !/^[\p{L}\p{N}].*['’]/u.test(word.text)) return [word]
  return [...word.text.matchAll(/[^'’]+/gu)].map((part) => {
    const start = word.start + part.index
    return { kind: 'word', start, end: start + part[0].length, text: part[0] }
  })
}

function kindOf(kind: number): WordAt['kind'] {
  if (kind === scanner.hashtag) return 'hashtag'
  if (kind === scanner.mention) return 'mention'
  if (kind === scanner.link) return 'link'
  return kind === scanner.sign ? 'sign' : 'word'
}
