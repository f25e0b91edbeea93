// Words of conversations that pages and server share.

export const conversationStates = ['open', 'snoozed', 'closed'] as const
export type ConversationState = (typeof conversationStates)[number]

export const closeReasons = ['answered', 'no-answer-needed', 'spam'] as const
export type CloseReason = (typeof closeReasons)[number]

export const entryKinds = [
  'state',
  'owner',
  'department',
  'note',
  'reopened',
  'joined',
  'priority',
  'tags',
  'triage',
  'taken-over',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** Whose conversations a list shows. */
export const holders = ['anybody', 'me', 'nobody'] as const
export type Holder = (typeof holders)[number]

export const orders = ['waiting', 'newest', 'due'] as const
export type Order = (typeof orders)[number]
