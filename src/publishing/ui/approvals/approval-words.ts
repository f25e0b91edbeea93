// Requests in words: why a lane applies, what a guardrail found, how a request ended.

import type { client, Output } from '../../../kit/api.ts'
import { spanText } from '../../../kit/time.ts'
import { showDone } from '../../../kit/toast.tsx'

export type Request = Output<typeof client.approvals.read>
export type RequestLine = Output<typeof client.approvals.list>['items'][number]
type Reason = Request['steps'][number]['reasons'][number]

export const guardrailWords: Record<Request['findings'][number]['kind'], string> = {
  'domain-not-listed': 'A link to a domain that is not on the list',
  'domain-listed': 'A link to a domain on the list',
  money: 'Sums of money, or words about it',
  competitors: 'Names of competitors',
  words: 'Words',
  'quiet-period': 'A time within a quiet period',
  'first-post': 'The first post on an account',
  'many-accounts': 'Too many accounts at once',
}

export function reasonText({ code, name, match }: Reason): string {
  if (code === 'guardrail') return `${name}${match ? `: “${spanText(match)}”` : ''}`
  return {
    organisation: 'for the whole organisation',
    account: 'for this account',
    campaign: 'for this campaign',
    department: 'for this department',
    'asked-fast': 'chosen for speed',
    'nobody-else': 'no lane applies',
    invited: 'invited to this post',
  }[code]
}

export const findingText = ({
  name,
  kind,
  match,
}: Pick<Request['findings'][number], 'name' | 'kind' | 'match'>): string =>
  `${name}: ${kind === 'quiet-period' && match ? spanText(match) : match ? `“${match}”` : guardrailWords[kind].toLowerCase()}`

export const stateText: Record<Request['state'], string> = {
  open: 'Waiting',
  granted: 'Approved',
  rejected: 'Not approved',
  voided: 'Void: the words were changed',
  withdrawn: 'Taken back',
}

export const stateTone = {
  open: 'amber',
  granted: 'done',
  rejected: 'crimson',
  voided: 'quiet',
  withdrawn: 'quiet',
} as const

/** A change of lanes reaches what is planned in the background: said, so that nobody wonders why a post has not moved yet. */
export const lookingText = (done: string, { lookingAgain: count }: { lookingAgain: number }): string =>
  count === 0 ? done : `${done}. Looking again at ${count === 1 ? 'one planned post' : `${count} planned posts`}…`

export const showLooking = (done: string, answer: { lookingAgain: number }): void => showDone(lookingText(done, answer))

export const people = (list: { name: string }[]): string => list.map(({ name }) => name || 'a former member').join(', ')
