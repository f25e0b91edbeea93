// The words in which every source tells what was said: a stream, a search, a feed, a watched page, a mailbox.

import type { Http, Json, Session } from './contract.ts'

export type HeardKind = 'post' | 'reply' | 'quote' | 'repost' | 'comment' | 'article' | 'review' | 'message' | 'note'

export type HeardMedia = 'image' | 'video' | 'audio'

/** Who said it, as the network tells it. Everything here is untrusted text. */
export interface HeardAuthor {
  /** Stable on its network. */
  id: string
  handle: string | null
  name: string | null
  url: string | null
  /** null: not told. */
  followers: number | null
}

/** One thing that somebody said. Everything in it is untrusted text. */
export interface Heard {
  /** Stable in its network and the same in every source that brings it, so that it is stored once. */
  id: string
  kind: HeardKind
  /** When it was said, as far as the network tells; never later than when it was heard. */
  at: Date
  title: string | null
  /** Plain text, no markup. */
  text: string
  url: string | null
  author: HeardAuthor | null
  /** As its author or network states, BCP 47; empty: not told. */
  languages: string[]
  media: HeardMedia[]
  /** Whole addresses that it points to, those of previews and facets included. */
  links: string[]
  /** Ids of what it answers, quotes or repeats, as `id` of those. */
  replyTo: string | null
  root: string | null
  quoteOf: string | null
  repostOf: string | null
  /** A place that its author attached; never guessed. */
  place: string | null
}

export type StreamEvent =
  | { type: 'heard'; heard: Heard }
  /** The network says that it is gone: what is stored of it goes too. */
  | { type: 'removed'; id: string }
  /** Its words changed. */
  | { type: 'changed'; heard: Heard }

/** Something that is known to be missing, stated rather than passed over. Bounds as far as they are known. */
export interface Gap {
  from: Date | null
  to: Date | null
  /** `cursor-too-old`, `replay-limit`, `page-limit`, `server-restarted` … with words in the pages. */
  reason: string
}

/** What a source brought at once, in its order. Storing the events and the cursor in one transaction loses and doubles nothing. */
export interface StreamBatch {
  events: StreamEvent[]
  /** Where to go on after these events; opaque to Longrun. */
  cursor: Json
  /** The network's own time of the last event; the distance to now is the lag. null: not told. */
  reachedAt: Date | null
  gaps: Gap[]
  /** Records that could not be read; counted, never fatal. */
  unreadable: number
  bytes: number
}

/** What a connector needs to listen. `settings` are those of the source, `credentials` of its account. */
export interface ListenSession extends Pick<Session, 'now' | 'log' | 'signal'> {
  http: Http
  credentials: Json
  settings: Json
  transport: ListenTransport
}

/** Connections that stay open, under the same guard as `http`: private addresses are refused unless an administrator allowed them. */
export interface ListenTransport {
  webSocket(url: string, options?: { headers?: Record<string, string>; protocols?: string[] }): WebSocket
  /** A body that is read as it comes, as server-sent events are. */
  open(request: {
    url: string
    headers?: Record<string, string>
  }): Promise<{ status: number; headers: Headers; body: ReadableStream<Uint8Array> }>
}

/** One way in which a network can be listened to, offered to people when they add a source. */
export interface SourceKind {
  /** Unique in the connector: `jetstream`, `hashtag`, `search` … */
  key: string
  /** `stream`: held open; `poll`: read again after `everySeconds`. */
  way: 'stream' | 'poll'
  /** One reader serves every organisation with equal settings and no account. */
  shared: boolean
  needsAccount: boolean
  /** What a person fills in, in order. */
  fields: SourceField[]
  everySeconds?: number
  /** Refuses settings that cannot work, with the field; answers them in one normal form. Pure. */
  normalise(values: Record<string, string>): { settings: Json } | { field: string; code: string }
  /** Held open until `signal` aborts or it throws a ConnectorError; `cursor` null: from now on. */
  stream?(session: ListenSession, cursor: Json): AsyncIterable<StreamBatch>
  /** One reading. */
  poll?(session: ListenSession, cursor: Json): Promise<StreamBatch>
}

/** Secrets are no fields: they belong to an account. */
export interface SourceField {
  key: string
  kind: 'text' | 'url' | 'choice'
  required: boolean
  choices?: string[]
  preset?: string
}
