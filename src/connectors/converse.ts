// The words in which a network tells what people say to an account, and lets it answer: comments, mentions, messages, mail.

import type { AccountView, Json, Limits, Publish, RemoteRef, Session } from './contract.ts'
import type { Gap, Heard, HeardAuthor, HeardMedia } from './listen.ts'

export const saidKinds = ['comment', 'reply', 'mention', 'quote', 'message', 'review', 'mail'] as const
export type SaidKind = (typeof saidKinds)[number]

/**
 * `held`: waits for a moderator, nobody else sees it. `spam`: the network says so. `automatic`: a program wrote it, which nobody
 * should answer. `bounce`: a letter of ours did not arrive. `hidden`: only those see it who look for it. `gone`: it was there; its place in the
 * thread is left.
 */
export const saidMarks = ['held', 'spam', 'hidden', 'automatic', 'bounce', 'gone'] as const
export type SaidMark = (typeof saidMarks)[number]

/** What a network may let us do with somebody's message; each that has an opposite can be taken back by it. */
export const moderationActions = [
  'approve',
  'hold',
  'spam',
  'hide',
  'unhide',
  'delete',
  'like',
  'unlike',
  'mute-author',
  'unmute-author',
  'block-author',
  'unblock-author',
] as const
export type ModerationAction = (typeof moderationActions)[number]

/** How far back the first pull reads, so that nothing is missed after connecting. */
export const backfillDays = 14

export interface SaidMedia {
  kind: HeardMedia | 'file'
  /** null: it is not to be had without the account. */
  url: string | null
  alt: string
  name: string | null
}

/** A file that came with a message, as it is at its network. Nobody has looked into it. */
export interface SaidFile {
  name: string | null
  bytes: Uint8Array
}

/** One thing said in a conversation of the account. Everything in it is untrusted text, and storable as `Heard` is. */
export interface Said {
  /** Stable at the network, and the same as the id of `Heard` where listening brings it too. At most 1,000 characters. */
  id: string
  /** What answering and moderating it need. */
  ref: RemoteRef
  /**
   * Of the conversation: the same for all of a thread. Where a thread begins with a post or page, its id; `about` tells whether that
   * is ours. At most 1,000 characters.
   */
  thread: string
  /** Where the thread begins; null: not known, or it has no beginning that could be answered. */
  root: RemoteRef | null
  kind: SaidKind
  isPrivate: boolean
  /** Said by this very account, in Longrun or elsewhere. */
  isOurs: boolean
  at: Date
  author: HeardAuthor | null
  /** Of a mail or a review; the warning that stands above a post. */
  subject: string | null
  /** Plain text. At most `longestText` units; what was longer is cut and counted. */
  text: string
  /** What it repeats of earlier messages, cut from `text`. null: nothing. */
  quoted: string | null
  media: SaidMedia[]
  languages: string[]
  /** Id of the message that it answers. */
  replyTo: string | null
  /** Of a review, 0 … 1. */
  rating: number | null
  marks: SaidMark[]
  /** Our post or page under which it was said; `id` as in the `RemoteRef` of what was published. */
  about: { id: string; url: string | null; title: string } | null
}

export type InboxEvent =
  | { type: 'said'; said: Said }
  /** Its words, its media or its marks are others now. */
  | { type: 'changed'; said: Said }
  /** Gone at the network: what is stored of it goes too. The id may be unknown. */
  | { type: 'removed'; id: string }
  | { type: 'author'; author: HeardAuthor }

/** What a pull brought. Storing the events and the cursor in one transaction loses and doubles nothing. */
export interface InboxBatch {
  /** Oldest first where the network allows. What was told before may come again: its id is the same. */
  events: InboxEvent[]
  /** Where to go on after these events; opaque to Longrun. */
  cursor: Json
  gaps: Gap[]
  /** Messages that could not be read; counted, never fatal. */
  unreadable: number
  /** Texts that were longer than `longestText`. */
  cut: number
  /** There is more to read now: call again at once. */
  more: boolean
}

/** Where something stands that listening brought; `id` and `url` as in `Heard`. */
export type HeardPlace = Pick<Heard, 'id' | 'url'>

export interface Inbox {
  /** Seconds between pulls when nothing hurries. */
  everySeconds: number
  /**
   * What was said in conversations of this account since `cursor`, what we said there ourselves included. null: of the last
   * `backfillDays`. A bounded piece of work: with much to read it says `more`.
   */
  pull(session: Session, cursor: Json): Promise<InboxBatch>
  /** The whole thread around one message as it stands on the network, oldest first; what is gone from it is marked so. */
  thread?(session: Session, ref: RemoteRef): Promise<Said[]>
  /**
   * What was heard elsewhere, as `pull` would tell it to this account, so that it can be answered from here. null: it is gone, or not to
   * be seen by the account. Absent: what is heard there can be read and not answered.
   */
  takeOver?(session: Session, heard: HeardPlace): Promise<Said | null>
  answer?: Answer
  moderate?: Moderate
  /**
   * One of the `media` of a message that have no address of their own, by its place among them. Absent: such files cannot be had.
   * @throws ConnectorError `file-gone`, `file-too-large`.
   */
  file?(session: Session, ref: RemoteRef, position: number): Promise<SaidFile>
  /** Marks as read at the network. */
  seen?(session: Session, refs: RemoteRef[]): Promise<void>
}

/** Answers go the way of posts, never twice. The part has the role `reply`; `previous` is the `ref` of what it answers, `root` that of its thread. */
export interface Answer extends Publish {
  limits(account: AccountView, kind: SaidKind): Limits
  /** Kinds that can be answered; absent: every kind. */
  kinds?: readonly SaidKind[]
  /** Kinds that can be sent and not taken back, where `remove` takes the others away. */
  lasting?: readonly SaidKind[]
}

export interface Moderate {
  /** What is offered for somebody's message of this kind; what we said ourselves can be deleted through `answer.remove`. */
  actions(kind: SaidKind): readonly ModerationAction[]
  /** Succeeds when it is so already. */
  act(session: Session, action: ModerationAction, ref: RemoteRef): Promise<void>
}
