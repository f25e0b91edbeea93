// Reads the text of a feed, repairing the breakages that are common and safe to repair.

import { type AnyFeed, parseFeed } from 'feedsmith'
import { type FeedFacts, readEntries } from './entries.ts'

/** What even a full document of the largest allowed size does not reach with honest items of 400 bytes. */
const maxParsed = 20_000

/** null: this is no feed. `repaired` says that the end was missing. */
export function readFeed(
  text: string,
  url: string,
): { feed: FeedFacts; format: AnyFeed['format']; repaired: boolean } | null {
  const start = withoutPreamble(text)
  for (const repaired of [false, true]) {
    const candidate = repaired ? withEnd(start) : start
    const parsed = candidate === null ? null : tryParse(candidate)
    if (parsed) return { feed: readEntries(parsed, url), format: parsed.format, repaired }
  }
  return null
}

function tryParse(text: string): AnyFeed | null {
  try {
    return parseFeed(text, { maxItems: maxParsed })
  } catch {
    return null
  }
}

/** Warnings that a script printed, or empty lines, before the document begins. */
function withoutPreamble(text: string): string {
  const at = text.slice(0, 5000).search(/<\?xml|<(rss|feed|rdf:rdf)[\s>]/i)
  return at > 0 ? text.slice(at) : text.trim()
}

/** A document that broke off: what is complete is kept, and the open elements are closed. null: nothing to keep. */
function withEnd(text: string): string | null {
  const end = Math.max(text.lastIndexOf('</item>'), text.lastIndexOf('</entry>'))
  const root = /<(rss|feed|rdf:RDF)[\s>]/i.exec(text.slice(0, 5000))?.[1]
  if (end < 0 || !root) return null
  const complete = text.slice(0, text.indexOf('>', end) + 1)
  const channel = /<channel[\s>]/i.test(complete) && !/<\/channel>/i.test(complete) ? '</channel>' : ''
  return `${complete}${channel}</${root}>`
}
