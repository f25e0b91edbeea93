// Where the words of a search stand in a text, and what of a text is shown around them. Pure; pages use it too.

import { spell } from '../../listening/topics/language/spelling.ts'
import { wordsOf } from '../../listening/topics/language/words.ts'

/** From the first sign to the one after the last. */
export type Span = [start: number, end: number]

const folding = { exactCase: false, exactAccents: false }
const fold = (word: string): string => spell(word, folding)

/** Words that are sought, as they are compared; those that must not occur are left out. */
export function soughtWords(typed: string): Set<string> {
  const sought = new Set<string>()
  for (const [, minus, quoted, plain] of typed.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
    if (minus) continue
    for (const { text } of wordsOf(quoted ?? plain ?? '')) sought.add(fold(text))
  }
  return sought
}

/** Where words of `sought` stand in `text`, in order; what touches is one. */
export function spansOf(sought: ReadonlySet<string>, text: string): Span[] {
  const spans: Span[] = []
  if (sought.size === 0) return spans
  for (const { text: word, start, end } of wordsOf(text)) {
    if (!sought.has(fold(word))) continue
    const last = spans.at(-1)
    if (last && last[1] === start) last[1] = end
    else spans.push([start, end])
  }
  return spans
}

export interface Excerpt {
  text: string
  spans: Span[]
}

/** Signs before the first found word, and all together. */
const room = { before: 40, all: 200 }

/** A line of a text around the first word that was sought; the beginning where none stands in it. */
export function excerptOf(sought: ReadonlySet<string>, text: string): Excerpt {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const found = spansOf(sought, line)
  const from = beginOf(line, found[0]?.[0] ?? 0)
  const to = endOf(line, Math.min(line.length, from + room.all))
  const [before, after] = [from > 0 ? '… ' : '', to < line.length ? ' …' : '']
  const moved = before.length - from
  return {
    text: `${before}${line.slice(from, to)}${after}`,
    spans: found.filter(([, end]) => end <= to).map(([start, end]): Span => [start + moved, end + moved]),
  }
}

/** At a word, some signs before `at`. */
function beginOf(line: string, at: number): number {
  if (at <= room.before) return 0
  const space = line.indexOf(' ', at - room.before)
  return space >= 0 && space < at ? space + 1 : at
}

function endOf(line: string, at: number): number {
  if (at >= line.length) return line.length
  const space = line.lastIndexOf(' ', at)
  // Scripts without spaces are cut between signs, never within one.
  if (space > at - room.before) return space
  return /[\udc00-\udfff]/.test(line[at] ?? '') ? at - 1 : at
}

/** Of several texts the one that says most of what was sought, the newest of those: its place in the list. They come newest first. */
export function bestOf(sought: ReadonlySet<string>, texts: readonly string[]): number | null {
  let best: { at: number; words: number } | null = null
  for (const [at, text] of texts.entries()) {
    const words = new Set(wordsOf(text).flatMap(({ text: word }) => (sought.has(fold(word)) ? [fold(word)] : []))).size
    if (words > (best?.words ?? 0)) best = { at, words }
    if (best?.words === sought.size) break
  }
  return best?.at ?? null
}
