// A text with the places marked where sought words stand.

import type { Span } from '../search/rules.ts'

export function Marked({ text, spans }: { text: string; spans: readonly Span[] | readonly number[][] }) {
  if (spans.length === 0) return text
  const pieces = []
  let at = 0
  for (const [start = 0, end = 0] of spans) {
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return [...pieces, text.slice(at)]
}
