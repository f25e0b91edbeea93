// Reads a query: AND, OR, NOT, NEAR/n, brackets, and terms side by side. NOT binds first, then NEAR, then AND, then OR.

import { checkQuery } from './check.ts'
import { type Lexeme, lex, QuerySyntax } from './lex.ts'
import { fieldValue, readChunk } from './read-chunk.ts'
import {
  type Field,
  type FieldName,
  fieldNames,
  type Query,
  type QueryHint,
  type QueryReading,
  queryLimits,
  type Term,
} from './types.ts'

interface Reader {
  lexemes: Lexeme[]
  at: number
  depth: number
  terms: number
  nearPairs: number
  hints: QueryHint[]
}

/**
 * The query that `text` says, or what is wrong with it. By descent and by hand: the words come from the scanner that cuts the posts, and an error
 * names the place and a way out; a grammar for a generator would need both written around it.
 */
export function parseQuery(text: string): QueryReading {
  try {
    if (text.length > queryLimits.length)
      throw new QuerySyntax(
        'too-long',
        { at: queryLimits.length, end: text.length },
        { values: { limit: queryLimits.length } },
      )
    const reader: Reader = { lexemes: lex(text), at: 0, depth: 0, terms: 0, nearPairs: 0, hints: [] }
    if (peek(reader).type === 'end') throw new QuerySyntax('empty', { at: 0, end: text.length })
    const query = readOr(reader)
    const rest = peek(reader)
    if (rest.type !== 'end') throw new QuerySyntax('stray-bracket', rest)
    checkQuery(query, { at: 0, end: text.length })
    return { ok: true, query, hints: reader.hints }
  } catch (thrown) {
    if (!(thrown instanceof QuerySyntax)) throw thrown
    const { code, at, end, suggestion, values } = thrown
    return { ok: false, error: { code, at, end, ...(suggestion && { suggestion }), ...(values && { values }) } }
  }
}

const peek = (reader: Reader): Lexeme => reader.lexemes[reader.at]!
const take = (reader: Reader): Lexeme => reader.lexemes[reader.at++]!

function readOr(reader: Reader): Query {
  const start = peek(reader).at
  const of = [readAnd(reader)]
  while (peek(reader).type === 'or') {
    take(reader)
    of.push(readAnd(reader))
  }
  const end = reader.lexemes[reader.at - 1]!.end
  // An AND that was written without brackets beside an OR is what people most often mean otherwise.
  if (of.length > 1 && of.some((each) => each.type === 'and' && !bracketed.has(each)))
    reader.hints.push({ code: 'mixed-and-or', at: start, end })
  return joined('or', of)
}

const bracketed = new WeakSet<Query>()

function readAnd(reader: Reader): Query {
  const of = [readNear(reader)]
  for (;;) {
    const { type } = peek(reader)
    if (type === 'and') take(reader)
    else if (type === 'near') throw new QuerySyntax('near-chain', peek(reader))
    else if (type !== 'chunk' && type !== 'open' && type !== 'not') return joined('and', of)
    of.push(readNear(reader))
  }
}

function joined(type: 'and' | 'or', of: Query[]): Query {
  if (of.length === 1) return of[0]!
  return { type, of: of.flatMap((each) => (each.type === type ? each.of : [each])) }
}

function readNear(reader: Reader): Query {
  const start = peek(reader)
  const left = readUnary(reader)
  const near = peek(reader)
  if (near.type !== 'near') return left
  take(reader)
  const from = peek(reader)
  const right = readUnary(reader)
  const sides = [
    nearSide(left, { at: start.at, end: near.at }),
    nearSide(right, { at: from.at, end: reader.lexemes[reader.at - 1]!.end }),
  ] as const
  reader.nearPairs += sides[0].length * sides[1].length
  if (reader.nearPairs > queryLimits.nearPairs)
    throw new QuerySyntax('near-too-large', near, { values: { limit: queryLimits.nearPairs } })
  return { type: 'near', within: near.within, left: sides[0], right: sides[1] }
}

function nearSide(query: Query, place: { at: number; end: number }): Term[] {
  const terms = query.type === 'or' ? query.of : [query]
  if (terms.every((each) => each.type === 'term')) return terms
  throw new QuerySyntax(query.type === 'near' ? 'near-chain' : 'near-side', place)
}

function readUnary(reader: Reader): Query {
  const next = take(reader)
  if (next.type === 'not') {
    let times = 1
    while (peek(reader).type === 'not') {
      take(reader)
      times++
    }
    const of = readUnary(reader)
    return times % 2 === 0 ? of : of.type === 'not' ? of.of : { type: 'not', of }
  }
  if (next.type === 'open') return readBrackets(reader, next)
  if (next.type === 'chunk') return readTerm(reader, next)
  const before = reader.lexemes[reader.at - 2]
  throw new QuerySyntax(next.type === 'close' && !before ? 'stray-bracket' : 'missing-term', {
    at: before?.at ?? next.at,
    end: next.end,
  })
}

function readBrackets(reader: Reader, open: Lexeme): Query {
  if (++reader.depth > queryLimits.depth)
    throw new QuerySyntax('too-deep', open, { values: { limit: queryLimits.depth } })
  const inner = readOr(reader)
  reader.depth--
  if (take(reader).type !== 'close') throw new QuerySyntax('unclosed-bracket', open, { suggestion: ')' })
  bracketed.add(inner)
  return inner
}

function readTerm(reader: Reader, chunk: Lexeme): Query {
  count(reader, chunk)
  const field = chunk.lead.slice(0, -1).toLowerCase() as FieldName
  if (chunk.text === '' && !chunk.quoted && fieldNames.includes(field) && peek(reader).type === 'open')
    return readValues(reader, field)
  return readChunk(chunk, reader.hints)
}

/** lang:(en OR de) */
function readValues(reader: Reader, field: FieldName): Query {
  const open = take(reader)
  const of: Field[] = []
  for (;;) {
    const next = take(reader)
    if (next.type === 'close' && of.length > 0) return joined('or', of)
    if (next.type === 'end') throw new QuerySyntax('unclosed-bracket', open, { suggestion: ')' })
    if (next.type === 'or' && of.length > 0) continue
    if (next.type !== 'chunk') throw new QuerySyntax('missing-term', next)
    count(reader, next)
    const text = (next.quoted ? '' : next.lead) + next.text
    of.push({ type: 'field', field, value: fieldValue(field, { ...next, text: text.replace(/,$/u, '') }) })
  }
}

function count(reader: Reader, chunk: Lexeme): void {
  if (++reader.terms > queryLimits.terms)
    throw new QuerySyntax('too-many-terms', chunk, { values: { limit: queryLimits.terms } })
}
