// Writes a query in its normal form: the same query always reads the same, and reading it again gives the same query.

import type { Field, Query, QueryWord, Term } from './types.ts'

/** The normal form of `query`. */
export function printQuery(query: Query): string {
  switch (query.type) {
    case 'term':
      return printTerm(query)
    case 'field':
      return printField(query)
    case 'near':
      return `${printSide(query.left)} NEAR/${query.within} ${printSide(query.right)}`
    case 'not':
      return `NOT ${inBrackets(query.of, query.of.type !== 'term' && query.of.type !== 'field')}`
    case 'and':
      return query.of.map((each) => inBrackets(each, each.type === 'or')).join(' AND ')
    case 'or':
      return query.of.map((each) => inBrackets(each, each.type === 'and')).join(' OR ')
  }
}

const inBrackets = (query: Query, needed: boolean): string => (needed ? `(${printQuery(query)})` : printQuery(query))

const printSide = (terms: Term[]): string =>
  terms.length === 1 ? printTerm(terms[0]!) : `(${terms.map(printTerm).join(' OR ')})`

/** A term as it is written. */
export function printTerm(term: Term): string {
  const lead =
    term.exactCase && term.exactAccents ? '=' : term.exactCase ? 'case:' : term.exactAccents ? 'accents:' : ''
  let text = ''
  let before: QueryWord | null = null
  for (const word of term.words) {
    if (before && !stickTogether(before, word)) text += ' '
    text += printWord(word)
    before = word
  }
  return lead + (isBare(text) ? text : `"${text}"`)
}

/** A field as it is written. */
export const printField = ({ field, value }: Field): string =>
  `${field}:${/[\s()"“”„«»‟＂（）]/u.test(value) ? `"${value}"` : value}`

const printWord = (word: QueryWord): string =>
  `${word.kind === 'hashtag' ? '#' : word.kind === 'mention' ? '@' : ''}${word.text}${word.prefix ? '*' : ''}`

/** Characters of scripts that are written without spaces stand beside each other. */
function stickTogether(before: QueryWord, word: QueryWord): boolean {
  const both = isLone(before) && isLone(word)
  return both && !(before.text.startsWith('ー') && word.text.startsWith('ー'))
}

const isLone = (word: QueryWord): boolean =>
  word.kind === 'word' &&
  !word.prefix &&
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]/u.test(
    word.text,
  )

const isBare = (text: string): boolean =>
  /^[#@]?(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}_'’.,@-]|\u200d|[\u{1f3fb}-\u{1f3ff}]|[\u{1f1e6}-\u{1f1ff}])+\*?$/u.test(
    text,
  ) && !/^(?:AND|OR|NOT|NEAR)$/u.test(text)
