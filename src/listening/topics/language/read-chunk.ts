// Reads one chunk of a query: a word, a phrase, or a question about author, link, language and the like.

import { heardKinds } from '../../../connectors/listen.ts'
import { type Lexeme, QuerySyntax } from './lex.ts'
import { fold } from './spelling.ts'
import {
  type Field,
  type FieldName,
  fieldNames,
  hasValues,
  type QueryHint,
  type QueryWord,
  queryLimits,
  type Term,
} from './types.ts'
import { partsOf, tokensOf, type WordAt } from './words.ts'

/** The term or field that stands in `chunk`; what it may not have meant is added to `hints`. */
export function readChunk(chunk: Lexeme, hints: QueryHint[]): Term | Field {
  const lead = chunk.lead.toLowerCase()
  const field = lead.slice(0, -1) as FieldName
  if (fieldNames.includes(field)) return { type: 'field', field, value: fieldValue(field, chunk) }
  if (/^(?:=|case:|accents:)+$/u.test(lead)) return readTerm(chunk, lead, hints)
  const near = lead && nearest(field)
  if (near || (lead && chunk.quoted))
    throw new QuerySyntax(
      'unknown-field',
      { at: chunk.at, end: chunk.at + lead.length },
      { ...(near && { suggestion: `${near}:` }), values: { field } },
    )
  // Any other colon is one that people write: "Re:Invent".
  const whole = { ...chunk, text: chunk.lead + chunk.text, textAt: chunk.textAt - chunk.lead.length }
  if (!chunk.quoted && /^(?:https?:\/\/|www\.)/iu.test(whole.text))
    return { type: 'field', field: 'link', value: fieldValue('link', whole) }
  return readTerm(chunk.quoted ? chunk : whole, '', hints)
}

/** One value of a field, in its normal form. */
export function fieldValue(field: FieldName, chunk: Lexeme): string {
  const raw = chunk.text.trim()
  const value = normalise[field](raw)
  if (value !== null && value.length <= queryLimits.word) return value
  const allowed: readonly string[] = field === 'has' ? hasValues : field === 'kind' ? heardKinds : []
  const suggestion = closest(raw.toLowerCase(), allowed)
  throw new QuerySyntax(
    'field-value',
    { at: chunk.textAt, end: Math.max(chunk.end, chunk.textAt) },
    { ...(suggestion && { suggestion: `${field}:${suggestion}` }), values: { field, allowed: allowed.join(', ') } },
  )
}

const normalise: Record<FieldName, (raw: string) => string | null> = {
  author: (raw) => matching(/^[^\s"()]+$/u, raw.replace(/^@/u, '')),
  link: (raw) => linkValue(raw),
  lang: (raw) => matching(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/u, raw.toLowerCase()),
  source: (raw) => matching(/^[\p{L}\p{N}_.:-]+$/u, raw.toLowerCase()),
  has: (raw) => one(hasValues, raw),
  kind: (raw) => one(heardKinds, raw),
  place: (raw) => (tokensOf(raw).some(({ kind }) => kind === 'word') ? raw.replace(/\s+/gu, ' ') : null),
}

const matching = (pattern: RegExp, raw: string): string | null => (pattern.test(raw) ? raw : null)
const one = (allowed: readonly string[], raw: string): string | null =>
  allowed.includes(raw.toLowerCase()) ? raw.toLowerCase() : null

/** A domain, perhaps with the beginning of a path: `example.org/shop`. A whole address is cut down to that. */
function linkValue(raw: string): string | null {
  const bare = raw.replace(/^https?:\/\//iu, '').replace(/^www\./iu, '')
  const parts = /^([\p{L}\p{M}\p{N}.-]+\.[\p{L}\p{M}\p{N}-]{2,})(?::\d+)?(\/[^?#\s]*)?(?:[?#].*)?$/u.exec(
    bare.toLowerCase(),
  )
  if (!parts || parts[1]!.includes('..') || /^[.-]/u.test(parts[1]!)) return null
  return parts[1]! + (parts[2] ?? '').replace(/\/+$/u, '')
}

function readTerm(chunk: Lexeme, lead: string, hints: QueryHint[]): Term {
  const place = { at: chunk.at, end: chunk.end }
  const words = readWords(chunk)
  if (words.length === 0) throw new QuerySyntax('nothing-to-find', place)
  if (countParts(words) > queryLimits.phrase)
    throw new QuerySyntax('phrase-too-long', place, { values: { limit: queryLimits.phrase } })
  const both = lead.includes('=')
  const term: Term = {
    type: 'term',
    words,
    exactCase: both || lead.includes('case:'),
    exactAccents: both || lead.includes('accents:'),
  }
  hint(chunk, words, hints)
  return term
}

function readWords(chunk: Lexeme): QueryWord[] {
  const words: QueryWord[] = []
  let before: WordAt | null = null
  for (const token of tokensOf(chunk.text)) {
    const place = { at: chunk.textAt + token.start, end: chunk.textAt + token.end }
    if (token.kind === 'link') throw new QuerySyntax('nothing-to-find', place, { suggestion: `link:${token.text}` })
    if (token.kind === 'sign') {
      if (token.text.startsWith('*')) star(words, before?.end === token.start, place)
    } else if (fold(token.text) !== '') {
      if (token.text.length > queryLimits.word || fold(token.text).length > queryLimits.word * 2)
        throw new QuerySyntax('word-too-long', place, { values: { limit: queryLimits.word } })
      if (before && words.at(-1)?.prefix && before.kind === 'sign' && before.end === token.start)
        throw new QuerySyntax('star-place', place)
      words.push({ kind: token.kind, text: token.text, prefix: false })
    }
    before = token
  }
  return words
}

function star(words: QueryWord[], follows: boolean, place: { at: number; end: number }): void {
  const last = words.at(-1)
  if (!last || !follows) throw new QuerySyntax('star-place', place)
  const letters = [...fold(lastPart(last))].length
  if (letters < queryLimits.prefix)
    throw new QuerySyntax('star-short', place, { values: { limit: queryLimits.prefix } })
  last.prefix = true
}

/** The part of a word that a star would lengthen. */
const lastPart = (word: QueryWord): string => partsOf({ ...word, start: 0, end: word.text.length }).at(-1)!.text

const countParts = (words: QueryWord[]): number =>
  words.reduce((sum, word) => sum + partsOf({ ...word, start: 0, end: word.text.length }).length, 0)

function hint(chunk: Lexeme, words: QueryWord[], hints: QueryHint[]): void {
  const place = { at: chunk.at, end: chunk.end }
  const only = words.length === 1 ? words[0]! : null
  const signs = tokensOf(chunk.text).filter(({ kind, text }) => kind === 'sign' && !/^(?:\*|[-.,;:!?'’]+$)/u.test(text))
  if (signs.length > 0) hints.push({ code: 'signs-ignored', ...place })
  const isOperator = !chunk.quoted && only !== null && /^(?:and|or|not)$/iu.test(only.text)
  if (isOperator) hints.push({ code: 'lowercase-operator', ...place, suggestion: only.text.toUpperCase() })
  else if (only?.kind === 'word' && /^[\p{sc=Latin}\p{N}]{1,2}$/u.test(only.text))
    hints.push({ code: 'short-word', ...place })
}

/** The field whose name is one slip away from `name`; null where it is another word. */
const nearest = (name: string): string | null =>
  closest(name, [...fieldNames, 'case', 'accents']) ?? otherNames[name] ?? null

const otherNames: Record<string, FieldName> = {
  from: 'author',
  by: 'author',
  url: 'link',
  site: 'link',
  domain: 'link',
  language: 'lang',
  type: 'kind',
  location: 'place',
  near: 'place',
}

function closest(word: string, known: readonly string[]): string | null {
  return word.length < 3 ? null : (known.find((each) => oneSlip(word, each)) ?? null)
}

/** One letter more, less, other, or two changed over. */
function oneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return a === b
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const rest = (text: string, skip: number): string => text.slice(at + skip)
  return (
    rest(a, 1) === rest(b, 1) ||
    rest(a, 1) === rest(b, 0) ||
    rest(a, 0) === rest(b, 1) ||
    (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2))
  )
}
