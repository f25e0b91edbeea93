// What happens in a conversation, as far as promises go, and what a promise clock tells.

import type { PromiseMetric, PromiseTarget } from './types.ts'

/** `waiting`: for the customer. `on-hold`: put aside by us. */
export const standings = ['open', 'waiting', 'on-hold', 'solved'] as const
export type Standing = (typeof standings)[number]

/** In order of time. A message of the customer by itself opens again what was waiting or solved. */
export type TimelineEvent =
  | { kind: 'customer'; at: Date; messageId: string }
  /** The customer took a message back. */
  | { kind: 'removed'; at: Date; messageId: string }
  /** Seen by the customer; notes among us are none. */
  | { kind: 'reply'; at: Date }
  | { kind: 'state'; at: Date; state: Standing }
  /**
   * From here on this version of a policy applies; null: none. `running`: also to clocks that run, because the conversation itself became
   * another (its kind, its department). When only the policy changed, `running` is false and clocks that run keep theirs.
   */
  | { kind: 'policy'; at: Date; versionId: string | null; running: boolean }

/** `broken`: answered late. `overdue`: due and still open. `waived`: nothing is owed any more. */
export const clockStates = ['running', 'paused', 'overdue', 'met', 'broken', 'waived'] as const
export type ClockState = (typeof clockStates)[number]

/** The customer took the message back; solved without a reply; begun anew; the conversation became one without this promise. */
export type WaivedFor = 'removed' | 'solved' | 'reset' | 'policy'

export interface PromiseClock {
  metric: PromiseMetric
  /** Of this metric in this conversation, from 1. */
  round: number
  /** Whose answer is owed; null where it is not about one message. */
  messageId: string | null
  versionId: string
  target: PromiseTarget
  startedAt: Date
  endedAt: Date | null
  /** In order; an end of null: it is paused now. */
  pauses: { from: Date; to: Date | null }[]
  /** Counted in the hours of the target; pauses are left out. */
  spentMs: number
  /** What is left, not below 0. */
  leftMs: number
  /** null: it is paused, or the hours never come. */
  dueSoonAt: Date | null
  dueAt: Date | null
  brokenAt: Date | null
  state: ClockState
  waivedFor: WaivedFor | null
}
