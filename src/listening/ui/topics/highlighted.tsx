// A text with the places marked that a query found.

import type { ReactNode } from 'react'
import type { Span } from '../../topics/language/explain.ts'

export function Highlighted({ text, spans, part }: { text: string; spans: Span[]; part: Span['part'] }) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const span of spans) {
    if (span.part !== part) continue
    pieces.push(text.slice(at, span.start), <mark key={span.start}>{text.slice(span.start, span.end)}</mark>)
    at = span.end
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
