// How promises are named on pages.

import type { client, Output } from '../../../kit/api.ts'
import { relativeTime } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import type { LevelName } from '../../promises/ladder-people.ts'
import { minutesWords } from '../../promises/rules.ts'
import type { Priority, PromiseKind, PromiseMetric, PromiseTarget } from '../../promises/types.ts'

export type Policy = Output<typeof client.promises.list>[number]
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
