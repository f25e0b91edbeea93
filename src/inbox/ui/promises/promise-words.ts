// How promises are named on pages.

import type { client, Output } from '../../../kit/api.ts'
import { relativeTime } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import type { LevelName } from '../../promises/ladder-people.ts'
import { minutesWords } from '../../promises/rules.ts'
import type {
  Effect,
  Priority,
  PromiseConditions,
  PromiseKind,
  PromiseMetric,
  PromiseTarget,
} from '../../promises/types.ts'
import { saidAsWords } from '../inbox-words.ts'

export type Policy = Output<typeof client.promises.list>[number]
export type Version = Output<typeof client.promises.versions>[number]
export type Hours = Output<typeof client.hours.list>[number]
export type Clock = Output<typeof client.promises.ofConversation>[number]
export type Risk = Output<typeof client.promises.atRisk>['items'][number]

export const metricWords: Record<PromiseMetric, { label: string; means: string }> = {
  'first-reply': { label: 'First reply', means: 'From the first message of somebody' },
  'next-reply': { label: 'Next reply', means: 'From the oldest message without an answer' },
  'periodic-update': { label: 'Update', means: 'From our last word until the next' },
  'requester-wait': { label: 'Waiting in all', means: 'All time that somebody waits for us' },
  resolution: { label: 'Solved', means: 'From the first message until it is closed' },
}

export const kindWords: Record<PromiseKind, string> = { complaint: 'Complaint', question: 'Question', other: 'Other' }

export const priorityWords: Record<Priority, string> = { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' }

export const levelWords: Record<LevelName, string> = {
  owner: 'owner',
  deputy: 'deputy',
  manager: 'manager',
  always: 'always there',
}

export const stateWords: Record<Clock['state'], string> = {
  running: 'runs',
  paused: 'stands still',
  overdue: 'overdue',
  met: 'kept',
  broken: 'broken',
  waived: 'not owed any more',
}

/** “First reply in 1 opening hour”. */
export function targetWords({ metric, minutes, hours }: Pick<PromiseTarget, 'metric' | 'minutes' | 'hours'>): string {
  const time = minutesWords(minutes)
  return `${metricWords[metric].label} in ${time}${hours === 'business' ? ' of opening hours' : ''}`
}

export const effectWords: Record<Effect, string> = { run: 'runs on', pause: 'stands still', reset: 'begins anew' }

export const reopenedWords: Record<PromiseTarget['whenReopened'], string> = {
  continue: 'goes on with what was left',
  reset: 'begins anew',
}

/** Only clocks that run until it is solved go on while we wait for somebody: a reply ends the others. */
export const isUntilSolved = (metric: PromiseMetric): boolean => metric === 'requester-wait' || metric === 'resolution'

const effectSentences: Record<Effect, string> = {
  run: 'its time goes on',
  pause: 'it stands still, and goes on afterwards with what was left',
  reset: 'nothing is owed, and afterwards it begins anew with all of its time',
}

/** What becomes of the clock when it is not simply our turn. */
export const standingSentences = ({ metric, whileWaiting, whileOnHold, whenReopened }: PromiseTarget): string[] => [
  ...(isUntilSolved(metric) ? [`While the last word is ours, ${effectSentences[whileWaiting]}.`] : []),
  `While it is put off, ${effectSentences[whileOnHold]}.`,
  ...(isUntilSolved(metric) ? [`Opened again after it was closed, it ${reopenedWords[whenReopened]}.`] : []),
]

/** Whom it is for: “Complaint or Question, Service”. */
export function whomWords(conditions: PromiseConditions, nameOf: (id: string) => string): string {
  const parts = [
    conditions.kinds.map((kind) => kindWords[kind]),
    conditions.saidAs.map((kind) => saidAsWords[kind]),
    conditions.priorities.map((priority) => priorityWords[priority]),
    conditions.accountIds.map(nameOf),
    conditions.departmentIds.map(nameOf),
    conditions.protocolIds.slice(0, 1).map(() => 'only while a protocol is active'),
  ].filter((each) => each.length > 0)
  return parts.length === 0 ? 'Everybody' : parts.map((each) => each.join(' or ')).join(', ')
}

export type DueTone = 'overdue' | 'soon' | 'later'

export const toneOf = ({ at, soonAt }: { at: string; soonAt: string | null }, now: Date): DueTone =>
  new Date(at) <= now ? 'overdue' : soonAt !== null && new Date(soonAt) <= now ? 'soon' : 'later'

/** “Overdue by 5 minutes”, “Due in 40 minutes”; null where a date says more. */
export function dueWords(at: string, now: Date): string | null {
  const due = new Date(at)
  if (due > now) {
    const relative = relativeTime(due, now)
    return relative && `Due ${relative}`
  }
  const minutes = Math.floor((now.getTime() - due.getTime()) / 60_000)
  if (minutes === 0) return 'Due now'
  if (minutes < 60) return `Overdue by ${count(minutes, 'minute')}`
  if (minutes < 48 * 60) return `Overdue by ${count(Math.floor(minutes / 60), 'hour')}`
  return `Overdue by ${count(Math.floor(minutes / 1440), 'day')}`
}
