// Text as networks show it: links, mentions and tags in colour, line breaks kept.

import { Fragment } from 'react'
import { findLinks, findMentions, findTags, type TextRange } from '../../connectors/text.ts'

type Kind = 'link' | 'mention' | 'tag'

export function RichText({ text }: { text: string }) {
  return (
    <>
      {piecesOf(text).map((piece) =>
        piece.kind ? (
          <span key={piece.start} className="pv-token" data-kind={piece.kind}>
            {piece.text}
          </span>
        ) : (
          <Fragment key={piece.start}>{piece.text}</Fragment>
        ),
      )}
    </>
  )
}

function piecesOf(text: string): { start: number; text: string; kind: Kind | null }[] {
  const links = findLinks(text)
  const of = (kind: Kind) => (range: TextRange) => ({ start: range.start, end: range.end, kind })
  const found = [
    ...links.map(of('link')),
    ...findMentions(text, links).map(of('mention')),
    ...findTags(text, links).map(of('tag')),
  ].sort((a, b) => a.start - b.start)
  const pieces: { start: number; text: string; kind: Kind | null }[] = []
  let at = 0
  for (const { start, end, kind } of found) {
    if (start < at) continue
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), kind: null })
    pieces.push({ start, text: text.slice(start, end), kind })
    at = end
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), kind: null })
  return pieces
}
