// How networks count, cut and read text: graphemes, code points, UTF-16 units, UTF-8 bytes, links, mentions and tags.

import type { Limits } from './contract.ts'

export type TextUnit = Limits['text']['unit']
export type CountingRule = Pick<Limits['text'], 'unit' | 'urlLength' | 'localMentions'>

/** Where something lies in a text, in UTF-16 units: `text.slice(start, end)`. */
export interface TextRange {
  start: number
  end: number
}

export interface FoundLink extends TextRange {
  url: string
}

export interface FoundMention extends TextRange {
  /** Without the `@`. May itself be a domain name. */
  user: string
  host: string | null
}

export interface FoundTag extends TextRange {
  /** Without the `#`. */
  tag: string
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

// ── Counting ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The length of a text in a unit. A lone surrogate counts as the replacement character that will be sent for it. */
export function countText(text: string, unit: TextUnit): number {
  return countUpTo(text, unit, Number.POSITIVE_INFINITY)
}

/** The length of a text as a network counts it, with its rules for addresses and mentions. */
export function measureText(text: string, rule: CountingRule): number {
  return measureUpTo(text, rule, Number.POSITIVE_INFINITY)
}

/** As `measureText`, but stops soon after `limit`: the result is exact up to it and larger than it beyond. */
export function measureUpTo(text: string, rule: CountingRule, limit: number): number {
  if (rule.urlLength === undefined && !rule.localMentions) return countUpTo(text, rule.unit, limit)
  let total = 0
  let at = 0
  for (const piece of weightedPieces(text, rule)) {
    total += countUpTo(text.slice(at, piece.start), rule.unit, limit - total) + piece.weight
    if (total > limit) return total
    at = piece.end
  }
  return total + countUpTo(text.slice(at), rule.unit, limit - total)
}

function weightedPieces(text: string, rule: CountingRule): (TextRange & { weight: number })[] {
  const links = findLinks(text)
  const urlLength = rule.urlLength
  const pieces = urlLength === undefined ? [] : links.map(({ start, end }) => ({ start, end, weight: urlLength }))
  if (!rule.localMentions) return pieces
  for (const { start, end, user } of findMentions(text, links)) {
    pieces.push({ start, end, weight: 1 + countText(user, rule.unit) })
  }
  return pieces.sort((a, b) => a.start - b.start)
}

function countUpTo(text: string, unit: TextUnit, limit: number): number {
  switch (unit) {
    case 'utf16':
      return text.length
    case 'bytes':
      return utf8Length(text)
    case 'code-points':
      return countCodePoints(text)
    case 'graphemes':
      return countGraphemes(text, limit)
  }
}

function countCodePoints(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    if (isPair(text, i)) i++
    count++
  }
  return count
}

/** Segmenting is a hundred times slower than counting units, so it is done only where it can matter. */
function countGraphemes(text: string, limit: number): number {
  if (isPlainAscii(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) if (++count > limit) break
  return count
}

/** Each unit is a grapheme by itself: ASCII without the carriage return, which joins a line feed. */
function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f || unit === 0x0d) return false
  }
  return true
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = text.charCodeAt(at + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

// ── UTF-8 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function utf8Length(text: string): number {
  return utf8Between(text, 0, text.length)
}

/** Translates ascending UTF-16 positions into UTF-8 byte offsets in one pass over the text. */
export function utf8Offsets(text: string): (position: number) => number {
  let at = 0
  let bytes = 0
  return (position) => {
    if (position < at) at = bytes = 0
    bytes += utf8Between(text, at, position)
    at = position
    return bytes
  }
}

function utf8Between(text: string, start: number, end: number): number {
  let bytes = 0
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (i + 1 < end && isPair(text, i)) {
      bytes += 4
      i++
    } else bytes += 3
  }
  return bytes
}

// ── Cutting ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The longest beginning of whole graphemes that fits `max`, with `ellipsis` where something was cut off and it fits. */
export function truncateText(text: string, max: number, unit: TextUnit = 'graphemes', ellipsis = '…'): string {
  if (countUpTo(text, unit, max) <= max) return text
  const mark = countText(ellipsis, unit) <= max ? ellipsis : ''
  const room = max - countText(mark, unit)
  let used = 0
  let end = 0
  for (const { segment, index } of segmenter.segment(text)) {
    used += unit === 'graphemes' ? 1 : countText(segment, unit)
    if (used > room) break
    end = index + segment.length
  }
  return text.slice(0, end).trimEnd() + mark
}

// ── Finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const linkPattern = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"`\u200b]+/giu
const mentionPattern =
  /(?<![\p{L}\p{N}_@/.\-+=&])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?)(?:@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?))?/gu
const tagPattern = /(?<![\p{L}\p{N}\p{M}_/&#＃])[#＃]([\p{L}\p{N}\p{M}_\u00b7\u200c\u200d]+)/gu

/** Web addresses with a scheme, without the punctuation that ends the sentence around them. */
export function findLinks(text: string): FoundLink[] {
  const links: FoundLink[] = []
  for (const { 0: match, index } of text.matchAll(linkPattern)) {
    const url = withoutClosing(match)
    // `https://` and a host that begins with a letter, a digit or an IPv6 bracket.
    if (/^https?:\/\/[\p{L}\p{N}[]/iu.test(url)) links.push({ start: index, end: index + url.length, url })
  }
  return links
}

/** `@user`, `@user@host` and `@user.example.org`, outside links. */
export function findMentions(text: string, links: TextRange[] = findLinks(text)): FoundMention[] {
  const outside = outsideOf(links)
  const mentions: FoundMention[] = []
  for (const { 0: match, 1: user = '', 2: host = null, index } of text.matchAll(mentionPattern)) {
    const end = index + match.length
    if (outside(index, end)) mentions.push({ start: index, end, user, host })
  }
  return mentions
}

/** `#tag` in any script, outside links; digits alone are no tag. */
export function findTags(text: string, links: TextRange[] = findLinks(text)): FoundTag[] {
  const outside = outsideOf(links)
  const tags: FoundTag[] = []
  for (const { 1: tag = '', index } of text.matchAll(tagPattern)) {
    const end = index + 1 + tag.length
    if (outside(index, end) && /\p{L}/u.test(tag)) tags.push({ start: index, end, tag })
  }
  return tags
}

/** Asked with ascending ranges, so one pass over the links is enough. */
function outsideOf(links: TextRange[]): (start: number, end: number) => boolean {
  let next = 0
  return (start, end) => {
    while (next < links.length && links[next]!.end <= start) next++
    const link = links[next]
    return !link || end <= link.start
  }
}

const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Cuts trailing punctuation, and closing brackets that nothing inside the address opened. */
function withoutClosing(url: string): string {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 }
  for (const char of url) {
    const opener = closers[char]
    if (opener !== undefined) open[opener]! -= 1
    else if (char in open) open[char]! += 1
  }
  let end = url.length
  for (; end > 0; end--) {
    const last = url[end - 1]!
    const opener = closers[last]
    if (opener !== undefined) {
      if (open[opener]! >= 0) break
      open[opener]! += 1
    } else if (!/[.,;:!?'"*_~»”’…。、！？]/u.test(last)) break
  }
  return url.slice(0, end)
}
