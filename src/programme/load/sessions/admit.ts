// What comes first where the weeks of a plan hold less than it asks for: what was begun, then of every line its first items before the last of any.

import type { Ledger } from './ledger.ts'
import { roomsOf } from './rooms.ts'
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
