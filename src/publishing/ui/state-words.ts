// What a post is doing on one account, as a sentence with its times.

import { timeIn, zoneCity } from '../../kit/time.ts'
import { reasonWords } from './reason-words.ts'
import type { Post } from './use-saver.ts'

export type Variant = Post['variants'][number]

export interface SentenceContext {
  zone: string
  now: Date
  /** Name of a member. */
  person: (memberId: string) => string | null
}

const clock = (at: string, { zone, now }: SentenceContext, seconds = false): string => {
  const instant = new Date(at)
  const today = timeIn(instant, zone, 'date', now) === timeIn(now, zone, 'date', now)
  if (seconds)
    return today ? instant.toLocaleTimeString('en-GB', { timeZone: zone }) : timeIn(instant, zone, 'moment', now)
  return `${timeIn(instant, zone, today ? 'time' : 'moment', now)} ${zoneCity(zone)}`
}

/** “2 s after its time”. */
export function delayText(dueAt: string | null, publishedAt: string | null): string | null {
  if (!dueAt || !publishedAt) return null
  const seconds = Math.round((Date.parse(publishedAt) - Date.parse(dueAt)) / 1000)
  if (seconds < 0) return null
  if (seconds < 1) return 'at its time'
  if (seconds < 90) return `${seconds} s after its time`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min after its time` : `${Math.round(minutes / 60)} h after its time`
}

export function stateSentence(variant: Variant, context: SentenceContext): string {
  const { state, reason, dueAt, wakeAt, publishedAt } = variant
  const why = reason ? reasonWords(reason) : ''
  const by = reason?.by ? context.person(reason.by) : null
  switch (state) {
    case 'draft':
      if (reason) return `A draft again. ${why} Change it, then ask again.`
      return dueAt
        ? `A draft. It was planned for ${clock(dueAt, context)} and must be scheduled again.`
        : 'A draft. Nothing is planned.'
    case 'in-review':
      return `Waiting for approval.${dueAt ? ` It ${Date.parse(dueAt) > context.now.getTime() ? 'is' : 'was'} planned for ${clock(dueAt, context)}.` : ''}${why ? ` ${why}` : ''}`
    case 'scheduled':
      return scheduledSentence(variant, context)
    case 'sending':
      return 'Being sent now.'
    case 'processing':
      return `The network has it and is working on it.${wakeAt ? ` Asking again at ${clock(wakeAt, context, true)}.` : ''}`
    case 'looking-up':
      return `The network did not answer. ${wakeAt ? `Looking it up at ${clock(wakeAt, context, true)}.` : 'Looking it up.'}`
    case 'unconfirmed':
      return `Nobody can tell whether it went out. ${why} Look at the network, then decide.`
    case 'held':
      if (reason?.holdId)
        return `Stopped by a hold${reason.text ? `: “${reason.text}”` : ''}. It goes on when the hold ends.`
      if (reason?.code === 'missed-while-on-hold') return why
      return `Held${by ? ` by ${by}` : ''}${reason?.text ? `: “${reason.text}”` : ''}.${by ? '' : ` ${why}`} It goes on when it is released.`
    case 'parked':
      return `${why || 'Parked until something is mended.'}${variant.doubt ? ' Whether it went out is not known yet; it is looked up first.' : ''}`
    case 'published': {
      const delay = delayText(dueAt, publishedAt)
      return `Published${publishedAt ? ` at ${clock(publishedAt, context)}` : ''}${delay ? `, ${delay}` : ''}.${why ? ` ${why}` : ''}`
    }
    case 'rejected':
      if (variant.out === 0) return `${why} Change it and schedule it again.`
      return `${why} ${variant.out === 1 ? 'The first part is' : `The first ${variant.out} parts are`} out. Try the rest again, or cancel it.`
    case 'cancelled':
      return `Cancelled${by ? ` by ${by}` : ''}${reason?.text ? `: “${reason.text}”` : ''}. It will not be sent.`
    case 'removed':
      return `Deleted at the network${by ? ` by ${by}` : ''}.`
  }
}

function scheduledSentence({ dueAt, wakeAt, reason }: Variant, context: SentenceContext): string {
  if (reason && wakeAt && wakeAt > (dueAt ?? ''))
    return `${reasonWords(reason)} The next try is at ${clock(wakeAt, context, true)}.`
  if (!dueAt) return 'Waiting.'
  if (Date.parse(dueAt) > context.now.getTime()) return `Waiting for ${clock(dueAt, context)}.`
  return 'Its time has come; it goes out any second.'
}
