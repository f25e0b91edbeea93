// Makes source items of the entries of a feed: with stable ids, without doubles, oldest first.

import { sha256Hex } from '../../lib/hash.ts'
import type { SourceItem } from '../contract.ts'
import { plainText } from '../html-text.ts'
import { cleanHtml, firstImage } from './clean.ts'
import { readDate } from './dates.ts'
import type { Entry } from './entries.ts'

/** An item whose content is cleaned only when it is delivered: most entries of a pull were delivered before. */
export interface Candidate {
  id: string
  publishedAt: Date | null
  entry: Entry
}

/** Older items of one document are left out. */
export const maxItems = 5000

/** Oldest first, as far as dates and order tell, and each id once. */
export function orderEntries(entries: Entry[], now: Date): Candidate[] {
  const shared = sharedGuids(entries)
  const candidates = new Map<string, Candidate>()
  for (const entry of entries) {
    const id = idOf(entry, shared)
    // Of two versions the first in the document counts; it is the newer one.
    if (!candidates.has(seenKey(id))) {
      candidates.set(seenKey(id), { id, publishedAt: readDate(entry.published, now), entry })
    }
  }
  return oldestFirst([...candidates.values()]).slice(-maxItems)
}

export function makeItem({ id, publishedAt, entry }: Candidate): SourceItem {
  const html = cleanHtml(entry.html, entry.base)
  return {
    id,
    url: entry.link,
    title: entry.title,
    html,
    text: (entry.text === null ? plainText(html) : entry.text.trim()).slice(0, maxText),
    author: entry.author,
    imageUrl: entry.image ?? firstImage(html),
    language: languageTag(entry.language),
    publishedAt,
  }
}

const maxText = 100_000

/** What the cursor remembers of an item: short, and the same when a site moves its addresses to https. */
export function seenKey(id: string): string {
  return Buffer.from(sha256Hex(id.replace(/^https?:\/\//i, '').replace(/\/$/, '')).slice(0, 16), 'hex').toString(
    'base64url',
  )
}

function idOf(entry: Entry, shared: Set<string>): string {
  const guid = entry.guid && !shared.has(entry.guid) ? entry.guid : null
  const id = guid ?? entry.link ?? entry.guid
  // A generated address may be as long as it likes; ids are keys in the database.
  if (id && id.length <= 1000) return id
  return `sha256:${sha256Hex(JSON.stringify(id ?? [entry.title, entry.html ?? entry.text]))}`
}

/** Some sites give every item the same guid (their own address): then only the links tell the items apart. */
function sharedGuids(entries: Entry[]): Set<string> {
  const links = new Map<string, Set<string | null>>()
  for (const { guid, link } of entries) {
    if (guid) links.set(guid, (links.get(guid) ?? new Set()).add(link))
  }
  return new Set([...links].filter(([, found]) => found.size > 1).map(([guid]) => guid))
}

/** Items without a date stay beside their neighbours in the document, which is newest first unless its dates say otherwise. */
function oldestFirst(candidates: Candidate[]): Candidate[] {
  const times = candidates.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []))
  const rising = times.filter((time, at) => at > 0 && time > times[at - 1]!).length
  const falling = times.filter((time, at) => at > 0 && time < times[at - 1]!).length
  const ordered = rising > falling ? candidates : candidates.toReversed()
  let latest = Number.NEGATIVE_INFINITY
  return ordered
    .map((candidate) => {
      latest = candidate.publishedAt?.getTime() ?? latest
      return { candidate, time: latest }
    })
    .sort((a, b) => (a.time === b.time ? 0 : a.time - b.time))
    .map(({ candidate }) => candidate)
}

function languageTag(language: string | null): string | null {
  try {
    return language ? (Intl.getCanonicalLocales(language.trim().replaceAll('_', '-'))[0] ?? null) : null
  } catch {
    return null
  }
}
