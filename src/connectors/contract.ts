// What a connector is: a plain value made of optional facets. The only file a connector must know.

import type { ZodType } from 'zod'
import type { Inbox } from './converse.ts'
import type { History } from './history.ts'
import type { Letters } from './letters.ts'
import type { HeardAuthor, SourceKind } from './listen.ts'
import type { ShelfLife } from './shelf-life.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A network. A capability exists when its facet or function exists; there are no flags and no "not implemented". */
export interface Connector {
  /** Stable and stored; kebab-case. */
  id: string
  name: string
  /** The network's own documentation, and the month in which it was last checked. */
  docs: string
  reviewed: string
  /** Nobody outside sees what is published there. */
  practice?: true
  /** Its posts are letters to subscribers. */
  toSubscribers?: true
  /** Each server counts its accounts itself: the same id on another one is another account. Absent: ids are the same wherever the account lives. */
  idsByServer?: true
  auth: AuthMethod[]
  /** Who the credentials belong to, with the limits and scopes as the server states them now. A read. */
  identify(session: Session): Promise<Profile>
  /** New credentials for old ones; absent when the network's credentials do not expire. Called under a lock. */
  refresh?(session: Session): Promise<Renewal>
  /** Data, from the account's profile as last read; sent to the editor as is. */
  limits(account: AccountView): Limits
  /** Settings that only this network has, validated before they reach `draft.options`. */
  options?: ZodType
  publish?: Publish
  /** Conversations with people: what they say to the account, and answers. */
  inbox?: Inbox
  listen?: Listen
  /** Ways in which it can be heard what is said there, in the order in which they are offered. */
  hears?: SourceKind[]
  /** What is heard there was said in public, or to us alone: it decides how long it may be kept. Absent: in public. */
  heardAs?: 'private'
  /** What the network says of people now, by their ids, without an account; whoever is gone is left out. */
  people?(session: Pick<Session, 'http'>, ids: string[]): Promise<HeardAuthor[]>
  metrics?: Metrics
  /** What the account published itself, before Longrun and beside it. Absent: it cannot tell. */
  history?: History
  /** How long what is published there counts, by kind; `post` stands for kinds that are not named. Priors from public figures. */
  shelfLife?: ShelfLife[]
  /** Who Longrun is, as JSON that the network reads at our public address: `path` begins with `/`, `redirectUrl` is our callback. */
  document?: { path: string; content(redirectUrl: string): Json }
}

export const contentKinds = ['post', 'video', 'article'] as const
export type ContentKind = (typeof contentKinds)[number]

// ── Connecting ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** One question of the connect form. `secret` values are never shown again. */
export interface AuthField {
  name: string
  label: string
  type: 'url' | 'text' | 'secret'
  help?: string
  placeholder?: string
  initial?: string
}

export type AuthMethod =
  | {
      kind: 'fields'
      id: string
      label: string
      fields: AuthField[]
      connect(session: Session, values: Record<string, string>): Promise<Connection>
    }
  | {
      kind: 'oauth'
      id: string
      label: string
      fields: AuthField[]
      /** Where to send the person, and what must be kept (sealed) until they come back. `state` comes from us. */
      begin(
        session: Session,
        values: Record<string, string>,
        redirect: Redirect,
      ): Promise<{ url: string; pending: Json }>
      /** `params` are the query parameters with which the network sent the person back. */
      finish(session: Session, pending: Json, params: Record<string, string>, redirect: Redirect): Promise<Connection>
    }

export interface Redirect {
  /** Our public callback address, the same for begin and finish. */
  url: string
  state: string
}

export interface Renewal {
  credentials: Json
  /** null: does not expire by itself. */
  expiresAt: Date | null
  /** Whether `refresh` can bring the next ones. Absent: as before; at first, whether the connector has `refresh`. */
  renewable?: boolean
  /** When a person must consent again, whatever is renewed until then. Absent: as before; at first, not known. */
  consentEndsAt?: Date
}

export interface Connection extends Renewal {
  profile: Profile
  scopes: string[]
}

export interface Profile {
  /** The network's own stable id of the account, or that of its server (`idsByServer`). */
  remoteId: string
  handle: string
  displayName: string
  avatarUrl: string | null
  /** Public address of the account. */
  url: string
  /** Base address of the server that holds the account, without a trailing slash. */
  server: string
  /** What the server said about itself (limits, version, features); the connector alone reads it, in `limits`. */
  instance: Json
}

export interface AccountView {
  id: string
  remoteId: string
  handle: string
  server: string
  instance: Json
}

/** Everything a connector may touch: no database, environment, queue, file path or other network. */
export interface Session {
  /** Empty strings while an account is being connected. */
  account: AccountView
  credentials: Json
  http: Http
  now(): Date
  log(message: string, facts?: Record<string, Json>): void
  /** Aborted when the time for this piece of work is over. Every request stops with it. */
  signal: AbortSignal
  /** Opens an attached file as this part shows it: cropped, described, and rendered to fit `limits`. */
  media(id: string): Promise<MediaFile>
  /** Stores rotated credentials at once (some networks rotate on use). */
  keep(renewal: Renewal): Promise<void>
  /** Those of these remote ids that are already the result of another write to this account; `find` leaves them out. */
  taken?(ids: string[]): Promise<string[]>
  /** An address at which a host may be reached by another protocol than HTTP, under the same guard. @throws FetchError */
  reach?(host: string, port: number): Promise<string>
  /** Whether this installation has a mail server, and how letters are handed over to it. */
  mails?: boolean
  letters?: Letters
}

export interface MediaFile {
  id: string
  type: string
  bytes: number
  width: number | null
  height: number | null
  alt: string
  fileName: string
  /** A fresh stream on each call. */
  open(): ReadableStream<Uint8Array>
}

// ── HTTP as connectors see it ───────────────────────────────────────────────────────────────────────────────────────

export interface HttpRequest<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** Plain objects are sent as JSON; FormData, URLSearchParams, strings, bytes and streams as they are. */
  body?: unknown
  /** Parses the body of a good answer. Absent: the text is returned. Failing it throws `changed`. */
  schema?: ZodType<T>
  /** A write whose loss matters: any failure after the request may have left is `unknown`, and it is never repeated here. */
  write?: boolean
  /** Names the kind and code of a refusal in the network's own terms; null leaves it to the status code. */
  explain?(answer: {
    status: number
    headers: Headers
    body: Json
  }): { kind: ErrorKind; code: string; field?: string; scope?: string; retryAt?: Date } | null
  timeoutMs?: number
  maxBytes?: number
  /** The body as it came, decompressed but not decoded (`T` is `Uint8Array`): for content that names its own charset. */
  as?: 'bytes'
  /** Statuses besides 2xx that are an answer here and not an error, such as 304 to a conditional request. */
  accept?: number[]
}

export interface HttpAnswer<T> {
  status: number
  headers: Headers
  /** Address after redirects. */
  url: string
  /** Where the asked address has moved for good: the last target of its leading 301 and 308 redirects. Absent: it has not. */
  movedTo?: string
  body: T
}

export type Http = <T = string>(request: HttpRequest<T>) => Promise<HttpAnswer<T>>

/** See `policy.ts` for what Longrun does about each. */
export type ErrorKind =
  | 'rejected'
  | 'auth-expired'
  | 'auth-revoked'
  | 'forbidden'
  | 'rate-limited'
  | 'unavailable'
  | 'unknown'
  | 'gone'
  | 'changed'

// ── Publishing ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What goes to one account: a post, perhaps a thread, perhaps with a first comment; blog fields where limits offer them. */
export interface Draft {
  /** At least one. The first is the post; the others continue the thread. */
  segments: Segment[]
  firstComment?: string
  title?: string
  excerpt?: string
  slug?: string
  tags?: string[]
  /** Media id of the feature image of an article. */
  featured?: DraftMedia
  /** BCP 47. */
  language?: string
  /** Content of the network's own `options` schema. */
  options?: { [key: string]: Json }
}

export interface Segment {
  /** Plain text, or Markdown where `limits.text.format` says so. */
  text: string
  media: DraftMedia[]
  link?: LinkCard
}

export interface DraftMedia {
  id: string
  /** Documents go out with answers alone, where the network takes files. */
  kind: 'image' | 'video' | 'document'
  type: string
  bytes: number
  width: number | null
  height: number | null
  seconds: number | null
  alt: string
  /** What of the picture goes out; `Session.media` opens it cropped. Absent: all of it. */
  crop?: Crop
}

/** Part of an upright picture, in fractions of its width and height. */
export interface Crop {
  x: number
  y: number
  width: number
  height: number
}

export interface LinkCard {
  url: string
  title: string
  description: string
  imageId?: string
}

/** Something the author should know before scheduling. Errors forbid scheduling; warnings say what the network cannot show. */
export interface Issue {
  level: 'error' | 'warning'
  /** Stable; the text lives in the interface. */
  code: string
  /** Path into the draft: `segments.0.text`, `segments.1.media.0.alt`, `title`. */
  field: string
  params?: Record<string, string | number>
}

export interface Limits {
  text: {
    max: number
    unit: 'graphemes' | 'code-points' | 'utf16' | 'bytes'
    maxBytes?: number
    /** Every http(s) address counts as this many, whatever its length. */
    urlLength?: number
    /** `@user@host` counts only `@user`. */
    localMentions?: true
    format: 'plain' | 'markdown'
    required?: true
  }
  /** Absent fields are not offered by the network. */
  title?: { max: number; required?: true }
  excerpt?: { max: number }
  tags?: { max: number }
  slug?: { max: number }
  featured?: true
  thread?: { max: number }
  firstComment?: { max: number }
  language?: true
  linkCard?: true
  images?: { max: number; types: string[]; maxBytes: number; maxPixels?: number; maxEdge?: number; altMax: number }
  videos?: { max: number; types: string[]; maxBytes: number; maxSeconds: number; altMax: number }
  /** Such as a PDF that is attached to a mail. */
  documents?: { max: number; types: string[]; maxBytes: number }
  /** Images and videos in one segment. Absent: one kind only. */
  mixed?: true
  /** A question with choices in the post itself; the connector's own `options` carry it. */
  polls?: { maxOptions: number; maxCharacters: number; minSeconds: number; maxSeconds: number }
  perDay?: number
}

/** One write of a draft: a segment or the first comment, with what came before it on the network. */
export interface Part {
  draft: Draft
  /** 0 is the post. */
  position: number
  /** `reply` answers somebody: `previous` is their message, `root` the beginning of the thread. */
  role: 'post' | 'segment' | 'comment' | 'reply'
  segment: Segment
  root: RemoteRef | null
  previous: RemoteRef | null
  /** When the person planned it to appear. */
  dueAt: Date
}

/** Where something lives on the network. `proof` holds what later writes need (a content hash, a revision). */
export interface RemoteRef {
  id: string
  url: string
  proof?: Json
}

export type Submission = ({ state: 'published' } & RemoteRef) | { state: 'processing'; ref: string; askAgainAt: Date }

export type Found =
  | ({ state: 'published' } & RemoteRef)
  /** Certainly not there: the same prepared part may be sent again. */
  | { state: 'absent' }
  /** Not seen, which proves nothing: the same prepared part is sent again while the key holds; without a key a person decides. */
  | { state: 'unproven' }
  /** Something else stands where it should be, by somebody's hand: a person decides, whatever the key promises. */
  | { state: 'unsure' }

export interface Publish {
  /** Pure; the same code runs in the browser and on the server. */
  check(draft: Draft, limits: Limits): Issue[]
  /**
   * Everything that is safe to repeat: uploads, look-ups of mentions, previews, drafts. Returns the frozen wire content,
   * which Longrun stores before `submit`. Absent: the part itself is sent.
   */
  prepare?(session: Session, part: Part, key: string): Promise<Json>
  /** The one write that counts. `key` is stable for this part and revision, never random. */
  submit(session: Session, prepared: Json, key: string): Promise<Submission>
  /** Asks after something the network is still processing. A read. */
  poll?(session: Session, ref: string): Promise<Submission>
  /** Looks for the result of a write whose answer was lost. A read. `since` is when the write began. */
  find?(session: Session, prepared: Json, key: string, since: Date): Promise<Found>
  /** Seconds for which sending the same prepared part under the same key cannot double. Absent: never promised. */
  keyLifetime?: number
  /** The same where it depends on the server that holds the account or on what is sent; goes before `keyLifetime`. null: not promised. */
  keyLifetimeFor?(account: AccountView, prepared?: Json): number | null
  /** Seconds to wait before `find`, so that a request still on its way has arrived. */
  settle: number
  /** Takes something away. Succeeds when it is already gone. */
  remove?(session: Session, ref: RemoteRef): Promise<void>
}

// ── Listening and numbers ───────────────────────────────────────────────────────────────────────────────────────────

/** A piece of outside content. `content` is untrusted text; `html` untrusted HTML. */
export interface SourceItem {
  id: string
  url: string | null
  title: string | null
  html: string | null
  text: string
  author: string | null
  imageUrl: string | null
  language: string | null
  publishedAt: Date | null
}

export interface Page<T> {
  items: T[]
  /** Where to go on; opaque to Longrun. null: nothing changed. */
  cursor: Json
}

export interface Listen {
  pull(session: Session, cursor: Json): Promise<Page<SourceItem>>
}

/** null: the network does not offer the number. 0: really zero. */
export interface PostNumbers {
  likes: number | null
  replies: number | null
  reposts: number | null
  quotes: number | null
  views: number | null
}

export interface Metrics {
  /** Numbers per remote id; an id that no longer exists is left out. At most 25 ids a call. */
  posts(session: Session, ids: string[]): Promise<Map<string, PostNumbers>>
}
