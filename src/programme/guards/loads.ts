// Pure: minutes of people by day and week, written down or estimated from what went out, and how heavy they are.

import { addDays, mondayOf } from '../../lib/days.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { monotonyOf } from '../load/guards/sharing.ts'
import type { DayEntry } from '../time/store.ts'

export interface Out {
  memberId: string
  accountId: string
  day: string
  posts: number
  answers: number
}

export interface DayMinutes {
  /** By timer or typed. */
  logged: number
  /** Marked as an estimate, or told from what went out and nobody wrote down: at least so much. */
  estimated: number
}

export type Days = Map<string, DayMinutes>

/** Minutes of one post and one answer, where nobody wrote them down. */
export interface UnitMinutes {
  post: number
  answer: number
}

const answering: ReadonlySet<string> = new Set(['inbox-reply', 'group-reply', 'conversation-begun'])

/** By member. What went out beyond what was written down in the same week is estimated: nobody is counted twice. */
export function minutesByDay(entries: readonly DayEntry[], out: readonly Out[], unit: UnitMinutes): Map<string, Days> {
  const people = new Map<string, Days>()
  const at = (memberId: string, day: string): DayMinutes => {
    const days = people.get(memberId) ?? new Map<string, DayMinutes>()
    people.set(memberId, days)
    const found = days.get(day) ?? { logged: 0, estimated: 0 }
    days.set(day, found)
    return found
  }
  for (const { memberId, day, minutes, how } of entries)
    at(memberId, day)[how === 'estimated' ? 'estimated' : 'logged'] += minutes
  const weekOf = ({ memberId, day }: { memberId: string; day: string }) => `${memberId} ${mondayOf(day)}`
  const written = Map.groupBy(entries, weekOf)
  for (const [week, sent] of Map.groupBy(itemsOut(out), weekOf)) {
    const own = written.get(week) ?? []
    const open = {
      posts: openShare(sent, own, 'posts'),
      answers: openShare(sent, own, 'answers'),
    }
    for (const { memberId, day, posts, answers } of sent) {
      const minutes = posts * open.posts * unit.post + answers * open.answers * unit.answer
      if (minutes > 0) at(memberId, day).estimated += minutes
    }
  }
  return people
}

interface Items {
  memberId: string
  day: string
  posts: number
  answers: number
}

/** One post to several accounts is one: the most that went to one account counts. */
function itemsOut(out: readonly Out[]): Items[] {
  const days = Map.groupBy(out, ({ memberId, day }) => `${memberId} ${day}`)
  return [...days.values()].map((each) => ({
    ...{ memberId: each[0]!.memberId, day: each[0]!.day },
    posts: Math.max(...each.map(({ posts }) => posts)),
    answers: each.reduce((sum, { answers }) => sum + answers, 0),
  }))
}

function openShare(sent: readonly Items[], own: readonly DayEntry[], what: 'posts' | 'answers'): number {
  const all = sent.reduce((sum, each) => sum + each[what], 0)
  const written = own
    .filter(({ activity }) => answering.has(activity) === (what === 'answers'))
    .reduce((sum, { items }) => sum + items, 0)
  return all > 0 ? Math.max(0, all - written) / all : 0
}

export interface WeekMinutes extends DayMinutes {
  monday: string
}

export const sumOf = ({ logged, estimated }: DayMinutes): number => logged + estimated

/** Weeks from one Monday to another, both included. */
export function weeksOf(days: Days, from: string, to: string): WeekMinutes[] {
  const weeks: WeekMinutes[] = []
  for (let monday = from; monday <= to; monday = addDays(monday, 7)) {
    const own = Array.from({ length: 7 }, (_, index) => days.get(addDays(monday, index)))
    weeks.push({
      monday,
      logged: own.reduce((sum, day) => sum + (day?.logged ?? 0), 0),
      estimated: own.reduce((sum, day) => sum + (day?.estimated ?? 0), 0),
    })
  }
  return weeks
}

/** Of several people together. */
export function joinedDays(some: readonly Days[]): Days {
  const all: Days = new Map()
  for (const days of some)
    for (const [day, { logged, estimated }] of days) {
      const found = all.get(day) ?? { logged: 0, estimated: 0 }
      all.set(day, { logged: found.logged + logged, estimated: found.estimated + estimated })
    }
  return all
}

export interface Heaviness {
  /** The last whole week, as a multiple of the mean of those before it; null: there were none with anything in them. */
  ratio: number | null
  /** Mean ÷ scatter of the seven days before today; null: nothing was done, or all days are alike. */
  monotony: number | null
  tooEven: boolean
}

/** `weeks` end with the one that goes on. Weeks before the first with anything in it are not known, which is no zero. */
export function heavinessOf(
  days: Days,
  weeks: readonly WeekMinutes[],
  today: string,
  settings: Pick<LoadSettings, 'ratioWeeks' | 'monotony'>,
): Heaviness {
  const whole = weeks.slice(0, -1).map(sumOf)
  const known = whole.slice(
    Math.max(
      0,
      whole.findIndex((minutes) => minutes > 0),
    ),
  )
  const before = known.slice(0, -1).slice(-settings.ratioWeeks)
  const usual = before.length > 0 ? before.reduce((sum, each) => sum + each, 0) / before.length : 0
  const seven = Array.from({ length: 7 }, (_, index) => {
    const day = days.get(addDays(today, index - 7))
    return day ? sumOf(day) : 0
  })
  const { value, tooEven } = monotonyOf(seven, settings)
  return { ratio: usual > 0 ? known.at(-1)! / usual : null, monotony: value, tooEven }
}
