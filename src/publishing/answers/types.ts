// The shapes of answers: what is said back to somebody, and where that stands.

import type { DraftMedia, RemoteRef } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import type { Reason, VariantState } from '../types.ts'

/** What delivery knows of an answer besides its words. */
export interface Answering {
  id: string
  conversationId: string
  kind: SaidKind
  /** Beginning of the thread. */
  root: RemoteRef | null
  /** The message that is answered. */
  previous: RemoteRef
}

/** Where an answer stands. */
export interface AnswerStanding {
  id: string
  variantId: string
  conversationId: string
  accountId: string
  /** The words as they were typed; they are kept whatever becomes of it. */
  text: string
  subject: string | null
  media: DraftMedia[]
  /** Of what it answers. */
  kind: SaidKind
  /** Grows when the words change; consent names it. */
  revision: number
  state: VariantState
  /** The state in words. */
  words: string
  /** Why it is as it is. `field` is `text`, `subject` or a path into `media`. */
  reason: Reason | null
  stateSince: string
  /** When Longrun acts on it next by itself; null: a person has to, or nothing is left to do. */
  wakeAt: string | null
  /** As in the `ref` of the message that the network brings back. */
  remoteId: string | null
  remoteUrl: string | null
  publishedAt: string | null
  createdAt: string
  createdBy: string
  /** What a person may do now. */
  may: AnswerChange[]
}

/**
 * `retry`: it goes out now, with other words where some are given. `discard`: it never goes out. `approve`: consent to exactly these
 * words. `resolve`: say what became of it. `withdraw`: take it away at the network, where that lets us.
 */
export const answerChanges = ['retry', 'discard', 'approve', 'resolve', 'withdraw'] as const
export type AnswerChange = (typeof answerChanges)[number]
