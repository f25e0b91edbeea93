// What the encoder gets to read of a post: names masked, addresses left out, tags opened into words, emoji by their numbers.

import { emoji, hashtag, link, makeTokens, mention, scan, word } from '../scan.ts'
import { type Pieces, piecesOf, unknown } from './pieces.ts'

/** Longer posts are judged by their beginning. */
export const mostPieces = 96

const tokens = makeTokens()

/** Numbers for the encoder, at most `mostPieces`; never empty. */
export function prepare(pieces: Pieces, text: string, most = mostPieces): number[] {
  scan(text.slice(0, 2_000), tokens)
  const found: number[] = []
  let run = ''
  let last = 0
  const flush = (): void => {
    if (run.trim() !== '') for (const id of piecesOf(pieces, run.trim())) if (id !== unknown) found.push(id)
    run = ''
  }
  for (let at = 0; at < tokens.count && found.length < most; at++) {
    const [start, end, kind] = [tokens.start[at]!, tokens.end[at]!, tokens.kind[at]!]
    if (start > last) run += ' '
    last = end
    const raw = text.slice(start, end)
    if (kind !== emoji) {
      run += plain(raw, kind)
      continue
    }
    const id = pieces.emoji.get(bareEmoji(raw))
    if (id === undefined) continue
    flush()
    found.push(id)
  }
  flush()
  // An empty text would leave the encoder nothing to average over: a single point says as little.
  return found.length === 0 ? piecesOf(pieces, '.') : found.slice(0, most)
}

export const bareEmoji = (raw: string): string => raw.replaceAll(/[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, '')

function plain(raw: string, kind: number): string {
  if (kind === link) return ''
  if (kind === mention) return '@user'
  if (kind === hashtag) return `#${raw.slice(1).replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ')}`
  if (kind !== word) return raw.length > 3 ? raw.slice(0, 3) : raw
  const calm = raw.length > 2 && raw === raw.toUpperCase() ? raw.toLowerCase() : raw
  return calm.replaceAll(/(\p{L})\1{2,}/gu, '$1$1')
}
