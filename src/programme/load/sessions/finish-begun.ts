// What was begun is finished: open parts of pieces of which others are done get a place before anything new, in the place of what is not begun.

import { addDays, mondayOf } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { enter, openLedger, staysIn } from './ledger.ts'
import { planSessions } from './plan-sessions.ts'
import type { SettleQuestion, SortedOut } from './settle-sessions.ts'
import type { Placement, Session, WorkItem } from './types.ts'

type Placed = Extract<Placement, { session: Session }>

interface Sorted extends SortedOut {
  /** What of today is over. */
  passed: readonly Session[]
}

export interface Finished extends SortedOut {
  /** Open parts that have a place now. */
  finished: Placed[]
}

/**
 * Free time within a week first: nobody’s plan moves without need. Whatever finds none comes before all that is not begun, as soon as it can;
 * what stood there and does not fit any more is loose. Nothing is squeezed in: weeks, ceilings and days hold as for everything else.
 */
export function finishBegun(question: SettleQuestion, sorted: Sorted, settings: LoadSettings): Finished {
  const { zone, today, until, standing, done, people } = question
  const { passed, kept, loose } = sorted
  const open = [...loose.keys()].filter(({ begun }) => begun)
  if (open.length === 0) return { kept, loose, finished: [] }
  const soon = [addDays(today, settings.makeUpKeyDays - 1), until].sort()[0]!
  const place = (items: readonly WorkItem[], to: string, others: readonly Session[]): Placed[] =>
    planSessions({ zone, from: today, to, items, people, kept: [...done, ...others, ...passed] }, settings).flatMap(
      (each) => (each.outcome === 'dropped' ? [] : [each]),
    )
  const near = place(open, soon, kept)
  const left = without(open, near)
  if (left.length === 0) return { kept, loose, finished: near }
  const isFirm = firmOf(standing)
  const firm = kept.filter(isFirm)
  const finished = [...near, ...place(left, until, [...firm, ...sessionsOf(near)])]
  const others = {
    ...question,
    settings,
    firm,
    finished: sessionsOf(finished),
    kept: kept.filter((each) => !isFirm(each)),
  }
  return { ...giveWay(others, loose), finished }
}

const sessionsOf = (placed: readonly Placed[]): Session[] => placed.map(({ session }) => session)

const without = (items: readonly WorkItem[], placed: readonly Placed[]): WorkItem[] =>
  items.filter((item) => !placed.some((each) => each.item === item))

/** What somebody chose a day for, and what is begun itself, gives way to nothing. */
function firmOf(standing: SettleQuestion['standing']): (session: Session) => boolean {
  const begun = new Set(standing.filter(({ item }) => item.begun).map(({ item }) => item.id))
  return ({ id, byHand }) => byHand === true || begun.has(id)
}

interface GivingWay extends SettleQuestion {
  firm: readonly Session[]
  finished: readonly Session[]
  kept: readonly Session[]
  settings: LoadSettings
}

/** Of what stood, whatever still fits stays where it is. */
function giveWay(
  { zone, standing, done, people, firm, finished, kept, settings }: GivingWay,
  before: SortedOut['loose'],
): SortedOut {
  const ledger = openLedger(people, [...done, ...firm, ...finished], zone)
  const items = new Map(standing.map(({ item }) => [item.id, item]))
  const weekKey = ({ person, day }: Session) => `${person} ${mondayOf(day)}`
  const fuller = new Set(finished.map(weekKey))
  const stay = [...firm]
  const loose = new Map(before)
  for (const session of kept) {
    const own = ledger.get(session.person)
    const reason = own
      ? staysIn(ledger, own, session, { ...settings, isOlder: fuller.has(weekKey(session)) })
      : 'nobody'
    if (reason === null) {
      enter(ledger, session)
      stay.push(session)
    } else loose.set(items.get(session.id)!, { session, reason })
  }
  return { kept: stay, loose }
}
