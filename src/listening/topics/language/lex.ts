// Cuts a query into brackets, operators and chunks; what stands in a chunk is read afterwards.

import { type QueryErrorCode, queryLimits } from './types.ts'

export class QuerySyntax extends Error {
  readonly code: QueryErrorCode
  readonly at: number
  readonly end: number
  readonly suggestion: string | undefined
  readonly values: Record<string, string | number> | undefined

  constructor(
    code: QueryErrorCode,
    place: { at: number; end: number },
    more: { suggestion?: string; values?: Record<string, string | number> } = {},
  ) {
    super(code)
    this.code = code
    this.at = place.at
    this.end = place.end
    this.suggestion = more.suggestion
    this.values = more.values
  }
}

export interface Lexeme {
  type: 'open' | 'close' | 'and' | 'or' | 'not' | 'near' | 'chunk' | 'end'
  at: number
  end: number
  /** Of a chunk: what stands before the quotes or the colon, such as `=`, `case:` or `lang:`. */
  lead: string
  /** Of a chunk: what it says, without quotes. */
  text: string
  /** Where `text` begins. */
  textAt: number
  quoted: boolean
  /** Of `near`. */
  within: number
}

const quotes = '"“”„«»‟＂'
const spaceAt = /[\s\p{Z}\u200b\ufeff]/u
const opens = '(（'
const closes = ')）'
const leadAt = /(?:=|case:|accents:)+|[a-z]+:(?!\/\/)/iuy

/** Every lexeme with its place, an `end` at last. Takes time in proportion to the length. */
export function lex(text: string): Lexeme[] {
  const found: Lexeme[] = []
  let at = 0
  while (at < text.length) {
    const sign = text[at]!
    if (spaceAt.test(sign)) at++
    else {
      const next = opens.includes(sign)
        ? lexeme('open', at, at + 1)
        : closes.includes(sign)
          ? lexeme('close', at, at + 1)
          : lexWord(text, at)
      found.push(next)
      at = next.end
    }
  }
  found.push(lexeme('end', text.length, text.length))
  return found
}

function lexeme(type: Lexeme['type'], at: number, end: number, more: Partial<Lexeme> = {}): Lexeme {
  return { type, at, end, lead: '', text: '', textAt: at, quoted: false, within: 0, ...more }
}

const words: Record<string, 'and' | 'or' | 'not'> = {
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  '&&': 'and',
  '||': 'or',
  '|': 'or',
}

function lexWord(text: string, at: number): Lexeme {
  const minus = minusAt(text, at)
  if (minus) return lexeme('not', at, at + 1)
  const lead = leadOf(text, at)
  const start = at + lead.length
  if (start < text.length && quotes.includes(text[start]!)) return lexQuoted(text, at, start)
  const end = chunkEnd(text, start)
  const chunk = text.slice(at, end)
  if (words[chunk]) return lexeme(words[chunk], at, end)
  if (/^NEAR(?:\/|$)/u.test(chunk)) return lexNear(chunk, at, end)
  return lexeme('chunk', at, end, { lead, text: text.slice(start, end), textAt: start })
}

/** A minus leaves out what follows it at once: -word, -"two words", -(a OR b). */
function minusAt(text: string, at: number): boolean {
  if (!'-−–'.includes(text[at]!) || at + 1 >= text.length) return false
  return /[\p{L}\p{N}#＃@=\p{Extended_Pictographic}(（"“„«‟＂]/u.test(String.fromCodePoint(text.codePointAt(at + 1)!))
}

function leadOf(text: string, at: number): string {
  leadAt.lastIndex = at
  return leadAt.exec(text)?.[0] ?? ''
}

function lexQuoted(text: string, at: number, start: number): Lexeme {
  let end = start + 1
  while (end < text.length && !quotes.includes(text[end]!)) end++
  if (end === text.length)
    throw new QuerySyntax(
      'unclosed-quote',
      { at: start, end: text.length },
      { suggestion: `${text.slice(start).trimEnd()}"` },
    )
  return lexeme('chunk', at, end + 1, {
    lead: text.slice(at, start),
    text: text.slice(start + 1, end),
    textAt: start + 1,
    quoted: true,
  })
}

function chunkEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !spaceAt.test(text[at]!) && !(opens + closes + quotes).includes(text[at]!)) at++
  return at
}

function lexNear(chunk: string, at: number, end: number): Lexeme {
  const within = /^NEAR\/(\d{1,6})$/u.exec(chunk)?.[1]
  if (within === undefined) throw new QuerySyntax('near-number', { at, end }, { suggestion: 'NEAR/5' })
  if (Number(within) > queryLimits.near)
    throw new QuerySyntax(
      'near-range',
      { at, end },
      { suggestion: `NEAR/${queryLimits.near}`, values: { limit: queryLimits.near } },
    )
  return lexeme('near', at, end, { within: Number(within) })
}
