// The words in which every source tells what was said: a stream, a search, a feed, a watched page, a mailbox.

import type { HttpRequest, Json, Session } from './contract.ts'

export const heardKinds = [
  'post',
  'reply',
  'quote',
  'repost',
  'comment',
  'article',
  'review',
  'message',
  'note',
] as const
export type HeardKind = (typeof heardKinds)[number]

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

/** One thing that somebody said. Everything in it is untrusted text, and storable: no NUL, no half of a surrogate pair. */
export interface Heard {
  /** Stable in its network and the same in every source that brings it, so that it is stored once. At most 1,000 characters. */
  id: string
  kind: HeardKind
  /** When it was said, as far as the network tells; never later than when it was heard, and never before the web. */
  at: Date
  title: string | null
  /** Plain text, no markup. At most `longestText` units (UTF-16); what was longer is cut and counted. */
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
  /** What the network says of somebody changed, a name for example; null is not told, not emptied. */
  | { type: 'author'; author: HeardAuthor }
  /** The account is gone for good: what is stored of this author goes too. */
  | { type: 'author-removed'; id: string }

/** Something that is known to be missing, stated rather than passed over. Bounds as far as they are known. */
export interface Gap {
  from: Date | null
  to: Date | null
  reason: GapReason
}

/**
 * `cursor-too-old`: the server keeps less than we asked for. `replay-limit`: it began later than it was asked to, silently.
 * `page-limit`: more was waiting than its pages show. `server-restarted`: it no longer knows our place.
 */
export type GapReason = 'cursor-too-old' | 'replay-limit' | 'page-limit' | 'server-restarted'

/** What a source brought at once, in its order. Storing the events and the cursor in one transaction loses and doubles nothing. */
export interface StreamBatch {
  /** May be empty: a stream says in this way that it is open and quiet. */
  events: StreamEvent[]
  /** Where to go on after these events; opaque to Longrun. */
  cursor: Json
  /** The network's own time of the last event; the distance to now is the lag. null: not told. */
  reachedAt: Date | null
  gaps: Gap[]
  /** Records that could not be read; counted, never fatal. */
  unreadable: number
  /** Texts that were longer than `longestText`. */
  cut: number
  bytes: number
}

/** In UTF-16 units: the longest honest articles fit, and a post of a megabyte costs no more than one of them. */
export const longestText = 100_000

/** What a connector needs to listen. `settings` are those of the source; the account is empty where the kind needs none. */
export interface ListenSession extends Pick<Session, 'account' | 'credentials' | 'http' | 'now' | 'log' | 'signal'> {
  settings: Json
  transport: ListenTransport
  /** Where this source can be told that something is new; absent: this installation cannot be reached from outside. */
  callback?: { url: string; secret: string }
}

/** Connections that stay open, under the same guard as `http`: private addresses are refused unless an administrator allowed them. */
export interface ListenTransport {
  /** @throws ConnectorError, as `http` does, when the server refuses the connection. */
  webSocket(request: SocketRequest): Promise<MessageStream>
  /** As `Session.reach`. */
  reach(host: string, port: number): Promise<string>
}

export interface SocketRequest {
  /** `ws:`, `wss:`, or the same with `http`. */
  url: string
  headers?: Record<string, string>
  protocols?: string[]
  /** Of a longer message only the beginning is given, which nobody can read: it is counted. */
  maxBytes?: number
  /** Says what a refusal means in the network's own words, as `HttpRequest.explain`; the body is at most 10,000 bytes. */
  explain?: Explain
}

export type Explain = NonNullable<HttpRequest<unknown>['explain']>

export interface MessageStream {
  /**
   * What has come since the last call, at least one message; empty after `waitMs` without one. What comes faster than it is
   * taken waits at the sender, not in memory.
   * @throws ConnectorError when the connection is over.
   */
  take(waitMs: number): Promise<Uint8Array[]>
  close(): void
}

/** One way in which a network can be listened to, offered to people when they add a source. */
export interface SourceKind {
  /** Unique in the connector: `jetstream`, `hashtag`, `search` … */
  key: string
  /** What people call it, and one sentence on what it brings and costs. */
  label: string
  help: string
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
  /**
   * One connection, from `cursor` on; null: from now on. Ends when `signal` aborts and throws a ConnectorError when the
   * connection is lost: `holdStream` opens it again. A quiet stream yields an empty batch now and then.
   */
  stream?(session: ListenSession, cursor: Json): AsyncIterable<StreamBatch>
  /** One reading. Where the source can tell and the session has a `callback`, it also asks to be told. */
  poll?(session: ListenSession, cursor: Json): Promise<StreamBatch>
  /** A source that can tell when something is new: the poll is due then, and brings it. */
  told?: Told
}

/** What comes to the callback of a source. Both are pure. */
export interface Told {
  /** Whether it was we who asked to be told: the answer to send back; null: it was not. */
  confirm(query: URLSearchParams, cursor: Json): string | null
  /** Whether it comes from whom we gave the secret. */
  isGenuine(headers: Headers, body: Uint8Array, secret: string): boolean
}

/** Secrets are no fields: they belong to an account. */
export interface SourceField {
  key: string
  label: string
  help?: string
  kind: 'text' | 'url' | 'choice'
  required: boolean
  choices?: string[]
  preset?: string
}
