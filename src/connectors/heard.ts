// Makes what sources tell safe to store, and gathers it into batches: shared by everything that listens.

import { isoTime } from '../lib/iso-time.ts'
import { firstOf } from '../lib/storable.ts'
import type { Json } from './contract.ts'
import { type Heard, type HeardAuthor, longestText, type MessageStream, type StreamBatch } from './listen.ts'

/** A batch while it grows. */
export type Gathering = Omit<StreamBatch, 'cursor'>

export const newGathering = (): Gathering => ({
  events: [],
  reachedAt: null,
  gaps: [],
  unreadable: 0,
  cut: 0,
  bytes: 0,
})

// ── What was said ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The web began then; a clock that says less is not set. */
const earliest = Date.UTC(1990, 0, 1)

/** When something was said, by what its author claims: a claim that cannot be true gives way to when it was heard. */
export function saidAt(claimed: unknown, heardAt: number): Date {
  const time = typeof claimed === 'string' ? isoTime(claimed) : typeof claimed === 'number' ? claimed : Number.NaN
  return new Date(time >= earliest && time <= heardAt ? time : heardAt)
}

/** Text as it can be stored: cut where it is too long, which the batch counts, and without what PostgreSQL refuses. */
export function heardText(text: string, into: Pick<Gathering, 'cut'>): string {
  if (text.length > longestText) {
    into.cut++
    return mended(firstOf(text, longestText))
  }
  return mended(text)
}

/** One line of at most so many units; null: nothing is left. */
export function heardLine(text: unknown, most = 500): string | null {
  if (typeof text !== 'string') return null
  const line = mended(
    firstOf(
      text
        .slice(0, most * 2)
        .replace(/\s+/g, ' ')
        .trim(),
      most,
    ),
  )
  return line === '' ? null : line
}

/** Ids are keys of the database: null when this is none. */
export function heardId(id: unknown): string | null {
  return typeof id === 'string' && id !== '' && id.length <= 1000 && mended(id) === id ? id : null
}

/** An address that a browser may open; anything else is none. */
export function heardUrl(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > 4000 || !/^https?:\/\//i.test(address)) return null
  return mended(address)
}

const mended = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\ufffd')

/** Something said with nothing but what is given: each object has the same shape, which keeps the engine fast. */
export function heard(facts: Pick<Heard, 'id' | 'kind' | 'at' | 'text'> & Partial<Heard>): Heard {
  return {
    id: facts.id,
    kind: facts.kind,
    at: facts.at,
    title: facts.title ?? null,
    text: facts.text,
    url: facts.url ?? null,
    author: facts.author ?? null,
    languages: facts.languages ?? [],
    media: facts.media ?? [],
    links: facts.links ?? [],
    replyTo: facts.replyTo ?? null,
    root: facts.root ?? null,
    quoteOf: facts.quoteOf ?? null,
    repostOf: facts.repostOf ?? null,
    place: facts.place ?? null,
  }
}

export function author(id: string, facts: Partial<HeardAuthor> = {}): HeardAuthor {
  return {
    id,
    handle: facts.handle ?? null,
    name: facts.name ?? null,
    url: facts.url ?? null,
    followers: facts.followers ?? null,
  }
}

// ── Batches of a stream ─────────────────────────────────────────────────────────────────────────────────────────────

/** Whichever comes first ends a batch. */
export const batchEvents = 200
const batchMs = 100
/** How often a stream says that it is open though it brings nothing, and where it is. */
const quietMs = 5_000

interface Reading {
  signal: AbortSignal
  /** Reads one message into the batch. What it cannot read it counts; what it throws ends the stream. */
  read(message: Uint8Array, into: Gathering): void
  /** The place after everything that was read. */
  cursor(): Json
}

/** Batches of an open connection, until the signal aborts. What was read before a loss is still told. */
export async function* batchesOf(stream: MessageStream, reading: Reading): AsyncGenerator<StreamBatch> {
  let gathering = newGathering()
  let since = performance.now()
  const flush = (): StreamBatch => {
    const batch = { ...gathering, cursor: reading.cursor() }
    gathering = newGathering()
    since = performance.now()
    return batch
  }
  const due = () => since + (isEmpty(gathering) ? quietMs : batchMs)
  try {
    // At once: it is open, and this is where it begins.
    yield flush()
    while (!reading.signal.aborted) {
      const messages = await stream.take(Math.max(0, due() - performance.now()))
      for (const message of messages) {
        const wasEmpty = isEmpty(gathering)
        gathering.bytes += message.byteLength
        reading.read(message, gathering)
        // The time of a batch begins with its first event.
        if (wasEmpty && !isEmpty(gathering)) since = performance.now()
        if (gathering.events.length >= batchEvents) yield flush()
      }
      if (performance.now() >= due()) yield flush()
    }
  } catch (error) {
    if (gathering.bytes > 0) yield flush()
    if (!reading.signal.aborted) throw error
  } finally {
    stream.close()
  }
}

const isEmpty = ({ events, gaps }: Gathering): boolean => events.length === 0 && gaps.length === 0
