// Makes what people say to an account safe to store, and gathers it into batches: shared by every inbox.

import type { InboxBatch, InboxEvent, Said, SaidMedia } from './converse.ts'
import { backfillDays } from './converse.ts'
import { heardLine, heardUrl } from './heard.ts'

/** A batch while it grows. */
export type Telling = Omit<InboxBatch, 'cursor' | 'more'>

export const newTelling = (): Telling => ({ events: [], gaps: [], unreadable: 0, cut: 0 })

/** Something said with nothing but what is given. */
export function said(
  facts: Pick<Said, 'id' | 'ref' | 'thread' | 'kind' | 'at' | 'text' | 'isOurs'> & Partial<Said>,
): Said {
  return {
    id: facts.id,
    ref: facts.ref,
    thread: facts.thread,
    root: facts.root ?? null,
    kind: facts.kind,
    isPrivate: facts.isPrivate ?? false,
    isOurs: facts.isOurs,
    at: facts.at,
    author: facts.author ?? null,
    subject: facts.subject ?? null,
    text: facts.text,
    quoted: facts.quoted ?? null,
    media: facts.media ?? [],
    languages: facts.languages ?? [],
    replyTo: facts.replyTo ?? null,
    rating: facts.rating ?? null,
    marks: facts.marks ?? [],
    about: facts.about ?? null,
  }
}

/** More than any network lets people attach. */
export const mostMedia = 50

export function saidMedia(kind: SaidMedia['kind'], facts: { url?: unknown; alt?: unknown; name?: unknown }): SaidMedia {
  return {
    kind,
    url: heardUrl(facts.url),
    alt: heardLine(facts.alt, 2000) ?? '',
    name: heardLine(facts.name, 300),
  }
}

/** Adds a message, or counts what was none. */
export function tell(into: Telling, told: Said | null, type: 'said' | 'changed' = 'said'): void {
  if (told === null) into.unreadable++
  else into.events.push({ type, said: told })
}

/** By time; what came in the same moment keeps its order. */
export function oldestFirst(events: InboxEvent[]): InboxEvent[] {
  const times = events.map((event) => ('said' in event ? event.said.at.getTime() : Number.POSITIVE_INFINITY))
  return events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => times[a.index]! - times[b.index]! || a.index - b.index)
    .map(({ event }) => event)
}

/** Where the first pull begins. */
export const backfillFrom = (now: Date): Date => new Date(now.getTime() - backfillDays * 86_400_000)
