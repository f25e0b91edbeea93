// How conversations are named on the pages of the inbox.

import type { InferContractRouterOutputs } from '@orpc/contract'
import type { answersContract } from '../answers/contract.ts'
import type { conversationBulksContract } from '../bulk/contract.ts'
import type { conversationsContract } from '../conversations/contract.ts'
import type { conversationJoinsContract } from '../joins/contract.ts'
import type { CloseReason, ConversationState } from '../types.ts'
import type { conversationViewsContract } from '../views/contract.ts'

type Outputs = InferContractRouterOutputs<typeof conversationsContract>['conversations']
export type Conversation = Outputs['read']
export type Listed = Outputs['list']['items'][number]
export type SavedView = InferContractRouterOutputs<
  typeof conversationViewsContract
>['conversationViews']['list'][number]
export type Listing = SavedView['list']
export type Bulk = InferContractRouterOutputs<typeof conversationBulksContract>['conversationBulks']['read']
export type Join = InferContractRouterOutputs<typeof conversationJoinsContract>['conversationJoins']['merge']
export type Message = Outputs['messages']['items'][number]
export type Answer = InferContractRouterOutputs<typeof answersContract>['answers']['write']
export type Entry = Outputs['history']['items'][number]

export const reasonWords: Record<CloseReason, { label: string; means: string }> = {
  answered: { label: 'Answered', means: 'Nobody waits any more' },
  'no-answer-needed': { label: 'No answer needed', means: 'Praise, a remark, or somebody else answered' },
  spam: { label: 'Spam', means: 'It stays closed, whatever comes' },
}

export const stateWords: Record<ConversationState, string> = { open: 'Open', snoozed: 'Put off', closed: 'Closed' }

export const saidAsWords: Record<Conversation['kind'], string> = {
  comment: 'Comment',
  reply: 'Reply',
  mention: 'Mention',
  quote: 'Quote',
  message: 'Direct message',
  review: 'Review',
  mail: 'Mail',
}

export const kindOf = ({
  kind,
  isPrivate,
  begunByUsAt,
}: Pick<Conversation, 'kind' | 'isPrivate'> & Partial<Pick<Conversation, 'begunByUsAt'>>): string => {
  const shown = isPrivate && kind !== 'message' && kind !== 'mail' ? `${saidAsWords[kind]}, private` : saidAsWords[kind]
  return begunByUsAt ? `${shown}, begun by you` : shown
}

export const nameOf = ({ contact }: Pick<Conversation, 'contact'>): string =>
  contact?.name || contact?.handle || 'Nobody named'

const markWords: Partial<Record<Message['marks'][number], string>> = {
  held: 'waits for a moderator',
  spam: 'the network calls it spam',
  hidden: 'hidden from others',
  automatic: 'a program wrote it',
  bounce: 'a letter of ours did not arrive',
}

export const marksOf = ({ marks }: Pick<Message, 'marks'>): string[] => marks.flatMap((mark) => markWords[mark] ?? [])

/** Where an answer stands. */
export const stateOf = ({ state, words }: Answer): string => (state === 'in-review' ? 'Waits for approval' : words)
const joinWords: Record<string, string> = {
  merged: 'put another conversation into this one',
  split: 'took messages out into a conversation of their own',
  undone: 'put it back as it was before',
}

/** What was done, after the name of who did it. */
export function entryWords({ kind, from, to, reason, by }: Entry): string {
  if (kind === 'note') return 'noted'
  if (kind === 'joined') return joinWords[reason ?? ''] ?? 'Messages that came early were put where they belong'
  if (kind === 'reopened') return from === 'snoozed' ? 'Open again: somebody spoke' : 'Opened again: somebody spoke'
  if (kind === 'department' && !by) return `Goes to ${to} by the rule ${reason}`
  if (kind === 'department') return to ? `handed it to ${to}` : 'took it from its department'
  if (kind === 'owner' && !by) return to ? `Given to ${to}` : 'Without an owner: they have left'
  if (kind === 'priority') return `made it ${to}`
  if (kind === 'tags') return to ? `tagged it: ${to}` : 'took its tags away'
  if (kind === 'triage') return 'said what it is'
  if (kind === 'taken-over')
    return by ? 'took it over from listening' : 'Taken over from listening by the rule of a topic'
  if (kind === 'owner') return to ? `gave it to ${to}` : 'left it without an owner'
  if (to === 'closed') return `closed it: ${reasonWords[reason as CloseReason]?.label.toLowerCase() ?? ''}`
  if (to === 'snoozed') return 'put it off'
  return by ? 'opened it again' : 'Open again: its time has come'
}

export const views = [
  { key: 'open', label: 'Open', input: { state: 'open' } },
  { key: 'mine', label: 'Mine', input: { state: 'open', holder: 'me' } },
  { key: 'nobodys', label: 'Nobody’s', input: { state: 'open', holder: 'nobody' } },
  { key: 'waiting', label: 'Waiting longest', input: { state: 'open', order: 'waiting' } },
  { key: 'due', label: 'Due first', input: { state: 'all', order: 'due' } },
  { key: 'snoozed', label: 'Put off', input: { state: 'snoozed' } },
  { key: 'closed', label: 'Closed', input: { state: 'closed' } },
] as const

export const viewOf = (key: string | undefined) => views.find((view) => view.key === key) ?? views[0]
