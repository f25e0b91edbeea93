// Business hours and promised times in words, as people outside read them. Pure.

import { type BusinessHours, type PromiseKind, promiseKinds } from './types.ts'

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** “Monday to Friday 09:00–12:00 and 13:00–17:00 (Berlin)”. */
export function hoursWords({ zone, week, holidays, closed, extra }: BusinessHours): string {
  const byDay = dayNames.map((_, index) =>
    week
      .filter(({ day }) => day === index + 1)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .map(({ from, to }) => (from === '00:00' && to === '24:00' ? 'all day' : `${from}–${to}`))
      .join(' and '),
  )
  const runs: { from: number; to: number; text: string }[] = []
  for (const [index, text] of byDay.entries()) {
    const last = runs.at(-1)
    if (last && last.text === text) last.to = index
    else runs.push({ from: index, to: index, text })
  }
  const open = runs.filter(({ text }) => text !== '').map(({ from, to, text }) => `${daysText(from, to)} ${text}`)
  const city = zone.split('/').at(-1)!.replaceAll('_', ' ')
  const besides = [
    holidays.length > 0 && 'not on public holidays',
    closed.length > 0 && `${closed.length} ${closed.length === 1 ? 'day' : 'days'} closed`,
    extra.length > 0 && 'with extra hours on some days',
  ].filter(Boolean)
  const always = runs.length === 1 && runs[0]!.text === 'all day'
  const words = always ? 'Every day, around the clock' : open.join(', ') || 'Never open in an ordinary week'
  return [`${words} (${city})`, ...besides].join(', ')
}

function daysText(from: number, to: number): string {
  if (from === 0 && to === 6) return 'Every day'
  if (from === to) return dayNames[from]!
  return `${dayNames[from]} ${to === from + 1 ? 'and' : 'to'} ${dayNames[to]}`
}

/** “45 minutes”, “4 hours”, “1 day”: exact, never rounded. */
export function minutesWords(minutes: number): string {
  const unit = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`
  if (minutes % 1440 === 0) return unit(minutes / 1440, 'day')
  if (minutes % 60 === 0) return unit(minutes / 60, 'hour')
  return minutes > 60
    ? `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`
    : unit(minutes, 'minute')
}

const kindWords: Record<PromiseKind, string> = {
  complaint: 'complaints',
  question: 'questions',
  other: 'everything else',
}

export interface PromisedSpeed {
  kind: PromiseKind
  minutes: number
  hours: 'business' | 'calendar'
  /** When somebody is there; null: it counts all hours. */
  open: BusinessHours | null
  topics: readonly string[]
}

/** What an account may say of itself in public: how fast, when somebody is there, what one may ask about. null: nothing is promised. */
export function availabilityWords(promised: readonly PromisedSpeed[]): string | null {
  const kinds = promiseKinds.flatMap((kind) => {
    const slowest = slowestOf(promised.filter((each) => each.kind === kind))
    return slowest.length > 0 ? [{ kind, slowest, text: speedsOf(slowest) }] : []
  })
  if (kinds.length === 0) return null
  const same = new Set(kinds.map(({ text }) => text)).size === 1 && kinds.length === promiseKinds.length
  const answers = same
    ? `We answer within ${kinds[0]!.text}.`
    : `We answer ${listed(kinds.map(({ kind, text }) => `${kindWords[kind]} within ${text}`))}.`
  const speeds = kinds.flatMap(({ slowest }) => slowest)
  const hours = [
    ...new Set(
      speeds.flatMap(({ hours: counted, open }) => (counted === 'business' && open ? [hoursWords(open)] : [])),
    ),
  ]
  const topics = [...new Set(promised.flatMap((each) => each.topics))]
  return [
    answers,
    ...(hours.length > 0 ? [`Our opening hours: ${hours.join('; ')}.`] : []),
    ...(topics.length > 0 ? [`You can ask us about ${listed(topics)}.`] : []),
  ].join(' ')
}

/** Where ways to write differ, what is said must hold for all of them: those that no other is sure to take as long as. */
export function slowestOf(promised: readonly PromisedSpeed[]): PromisedSpeed[] {
  return promised.filter(
    (each, index) =>
      !promised.some(
        (other, at) => at !== index && takesAsLong(other, each) && (at < index || !takesAsLong(each, other)),
      ),
  )
}

/**
 * Whether `one` is never due before `other`. An hour of opening hours takes at least an hour; with the same minutes of different opening hours
 * nobody knows which is first.
 */
const takesAsLong = (one: PromisedSpeed, other: PromisedSpeed): boolean =>
  one.minutes >= other.minutes &&
  (other.hours === 'calendar' || (one.hours === 'business' && JSON.stringify(one.open) === JSON.stringify(other.open)))

function speedsOf(slowest: readonly PromisedSpeed[]): string {
  const texts = [...new Set(slowest.map(speedOf))]
  return texts.length === 1 ? texts[0]! : `${texts.join(' or ')} (whichever is later)`
}

/** A day of opening hours is not a day of the calendar. */
function speedOf({ minutes, hours }: PromisedSpeed): string {
  if (hours === 'calendar') return minutesWords(minutes)
  if (minutes % 60 !== 0) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} of our opening hours`
  return minutes === 60 ? 'one opening hour' : `${minutes / 60} opening hours`
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
