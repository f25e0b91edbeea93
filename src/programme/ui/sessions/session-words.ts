// Sessions in words: what one is, when, and what became of it.

import type { client, Output } from '../../../kit/api.ts'
import { dayText } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import { activityLabel } from '../activity-words.ts'

export type Session = Output<typeof client.sessions.now>['open'][number]
export type Week = Output<typeof client.sessions.week>
export type Everybody = Output<typeof client.sessions.everybody>
export type Change = Week['changes'][number]
export type WithoutPlace = Week['withoutPlace'][number]

type Named = Pick<Session, 'activity' | 'channel'> & Partial<Pick<Session, 'part' | 'parts' | 'items' | 'ahead'>>

export function sessionTitle({ activity, channel, part, parts, items = 1, ahead = null }: Named): string {
  const of = parts !== undefined && parts > 1 ? `, part ${part} of ${parts}` : ''
  const times = items > 1 ? `${items} × ` : ''
  const before = ahead ? ` for the week of ${dayText(ahead, 'short')}` : ''
  return `${times}${activityLabel(activity)}${before}${channel ? `, ${channel}` : ''}${of}`
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })

export const weekdayText = (day: string): string =>
  `${weekday.format(new Date(`${day}T00:00Z`))}, ${dayText(day, 'short')}`

export const stateLook = {
  planned: { label: 'Planned', tone: 'slate' },
  done: { label: 'Done', tone: 'done' },
  skipped: { label: 'Left out', tone: 'quiet' },
  missed: { label: 'Missed', tone: 'amber' },
  dropped: { label: 'No place', tone: 'quiet' },
  'taken-out': { label: 'Not asked for', tone: 'quiet' },
} as const

export const offWords = { holiday: 'Holiday', absence: 'Away' } as const

export const dutyWords = { 'on-call': 'On call', event: 'Event', drill: 'Drill', other: 'Duty' } as const

const changeWords: Record<string, string> = {
  moved: 'was moved',
  'moved-back': 'stands where it stood',
  'handed-over': 'was given to somebody else',
  'handed-back': 'was given back',
  done: 'was said to be done',
  skipped: 'was left out',
  reopened: 'is open again',
  're-placed': 'stands at another time now',
  'came-back': 'has a place now',
  missed: 'was missed',
  'made-up': 'is made up',
  'gave-way': 'made room for something that was missed',
  dropped: 'has no place any more',
  'taken-out': 'is not asked for any more',
}

/** “Short post: stands at another time now, Tue 12 Jan instead of Mon 11 Jan. Whoever may do it is away.” */
export function changeText({ what, fromDay, toDay, reason, by, isMine, ...named }: Change): string {
  const days =
    toDay && fromDay && toDay !== fromDay ? `, ${dayText(toDay, 'short')} instead of ${dayText(fromDay, 'short')}` : ''
  const on = !days && (toDay ?? fromDay) ? `, ${dayText((toDay ?? fromDay)!, 'short')}` : ''
  const how = what === 'handed-over' && isMine ? 'was given to you' : (changeWords[what] ?? what)
  return `${sessionTitle(named)}: ${how}${by ? ` by ${by}` : ''}${days || on}.${reason ? ` ${reason}.` : ''}`
}

export const withoutPlaceText = ({ count: times, says, minutes, ...named }: WithoutPlace): string =>
  `${times > 1 ? `${times} × ` : ''}${sessionTitle(named)}, ${count(minutes, 'minute')}: ${says}.`
