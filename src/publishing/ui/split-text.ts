// Cuts a long text into parts of a thread: at paragraphs, else sentences, else words, and only then inside a word.

import type { Limits } from '../../connectors/contract.ts'
import { measureUpTo } from '../../connectors/text.ts'

type TextLimits = Pick<Limits['text'], 'max' | 'unit' | 'maxBytes' | 'urlLength' | 'localMentions'>

/** Far more than any thread takes; what is left stays in the last part and is told as too long. */
const mostParts = 200

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

export function splitText(text: string, limits: TextLimits): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest !== '' && parts.length < mostParts - 1 && !fits(rest, limits)) {
    const end = cutOf(rest, limits)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '' || parts.length === 0) parts.push(rest)
  return parts
}

export function fits(text: string, limits: TextLimits): boolean {
  if (
    limits.maxBytes !== undefined &&
    text.length * 3 > limits.maxBytes &&
    new TextEncoder().encode(text).length > limits.maxBytes
  )
    return false
  return measureUpTo(text, limits, limits.max) <= limits.max
}

/** Where the first part ends, in UTF-16 units. */
function cutOf(text: string, limits: TextLimits): number {
  const words = ends(text, /\s+/gu, limits)
  const longest = words.at(-1)
  if (longest === undefined) return cutInsideWord(text, limits)
  // A cut at a paragraph or sentence is nicer, as long as the part is not left half empty.
  for (const pattern of [/\n\s*\n/gu, /(?<=[.!?…。！？])\s+/gu, /\n+/gu]) {
    const nice = ends(text.slice(0, longest + 1), pattern, limits).at(-1)
    if (nice !== undefined && nice > longest / 2) return nice
  }
  return longest
}

/** Every place where the pattern ends a part that fits. */
function ends(text: string, pattern: RegExp, limits: TextLimits): number[] {
  const found: number[] = []
  for (const { index } of text.matchAll(pattern)) {
    if (index === 0) continue
    if (!fits(text.slice(0, index), limits)) break
    found.push(index)
  }
  return found
}

function cutInsideWord(text: string, limits: TextLimits): number {
  let end = 0
  for (const { index, segment } of graphemes.segment(text)) {
    if (!fits(text.slice(0, index + segment.length), limits)) break
    end = index + segment.length
  }
  // One grapheme that does not fit alone still has to go somewhere.
  return end || (graphemes.segment(text)[Symbol.iterator]().next().value?.segment.length ?? 1)
}
