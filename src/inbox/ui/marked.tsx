// A text with the places marked where sought words stand.

import { type Span, soughtWords, spansOf } from '../search/rules.ts'

interface MarkedProps {
  text: string
  spans: readonly Span[] | readonly number[][]
  /** Which of them is looked at. */
  current?: number | null
}

export function Marked({ text, spans, current = null }: MarkedProps) {
  if (spans.length === 0) return text
  const pieces = []
  let at = 0
  for (const [place, [start = 0, end = 0]] of spans.entries()) {
    pieces.push(
      text.slice(at, start),
      <mark key={start} data-current={place === current || undefined}>
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  return [...pieces, text.slice(at)]
}

/** What was typed into the search, where it stands in a name. */
export const Found = ({ text, typed = '' }: { text: string; typed?: string }) => (
  <Marked text={text} spans={typed ? spansOf(soughtWords(typed), text) : []} />
)
