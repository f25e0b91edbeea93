// What comes first where the weeks of a plan hold less than it asks for: what was begun, then of every line its first items before the last of any.

import { addDays } from '../../../lib/days.ts'
import { type Ledger, type PersonLedger, weekMinutesOf, weekOf } from './ledger.ts'
import type { WorkItem } from './types.ts'

/** What is hard to place comes first: key before light, then what has fewest days, then what takes longest. */
export function inOrder(a: Ordered, b: Ordered): number {
  const days = (item: Ordered) => Date.parse(item.to) - Date.parse(item.from)
  const keys = Number(b.kind === 'key') - Number(a.kind === 'key')
  return keys || days(a) - days(b) || b.minutes - a.minutes || (a.from < b.from ? -1 : 1)
}

type Ordered = Pick<WorkItem, 'kind' | 'from' | 'to' | 'minutes'>

interface Question {
  items: readonly WorkItem[]
  from: string
  to: string
}

/**
 * What the weeks have minutes for, hardest first; behind it what they have none for. Were the hard ones always first, short weeks would have
 * nothing but long pieces, and whichever line is asked for least evenly would lose all that is missing.
 */
export function inPlanOrder({ items, from, to }: Question, ledger: Ledger): WorkItem[] {
  const rooms = roomsOf(ledger)
  const [fits, over]: [WorkItem[], WorkItem[]] = [[], []]
  for (const item of items.toSorted(inRank)) {
    const first = item.from > from ? item.from : from
    const last = item.begun || item.to > to ? to : item.to
    ;(rooms.take(item, first, last) ? fits : over).push(item)
  }
  return [...fits.toSorted((a, b) => begunFirst(a, b) || inOrder(a, b)), ...over]
}

/** What was begun, then what other work waits for. */
const begunFirst = (a: WorkItem, b: WorkItem): number => urgencyOf(b) - urgencyOf(a)

const urgencyOf = ({ begun, first }: WorkItem): number => (begun ? 2 : first ? 1 : 0)

const inRank = (a: WorkItem, b: WorkItem): number => begunFirst(a, b) || (a.rank ?? 0) - (b.rank ?? 0) || inOrder(a, b)

/** Minutes that all of some people together have left in a week. */
function roomsOf(ledger: Ledger) {
  const rooms = new Map<string, Map<string, number>>()
  const teamOf = (people: readonly string[]) => {
    const key = people.join(' ')
    const known = rooms.get(key)
    if (known) return known
    const own = new Map<string, number>()
    rooms.set(key, own)
    return own
  }
  const roomIn = (people: readonly string[], monday: string): number => {
    const own = teamOf(people)
    const known = own.get(monday)
    if (known !== undefined) return known
    const room = people.reduce((sum, id) => sum + leftOf(ledger.get(id), monday), 0)
    own.set(monday, room)
    return room
  }
  return {
    /** In the week of these days that has most left. */
    take({ people, minutes }: WorkItem, first: string, last: string): boolean {
      let [best, most] = ['', -1]
      for (let monday = weekOf(first)[0]!; monday <= last; monday = addDays(monday, 7)) {
        const room = roomIn(people, monday)
        if (room > most) [best, most] = [monday, room]
      }
      if (most < minutes) return false
      teamOf(people).set(best, most - minutes)
      return true
    },
  }
}

function leftOf(own: PersonLedger | undefined, monday: string): number {
  if (!own) return 0
  const { weekMinutes, ceiling } = own.person
  const most = Math.min(weekMinutes[monday] ?? Number.POSITIVE_INFINITY, ceiling ?? Number.POSITIVE_INFINITY)
  return Math.max(0, most - weekMinutesOf(own, monday))
}
