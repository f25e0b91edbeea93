// What a plan asks for beside the sessions that stand: what stays, finds a place, moves, is dropped or is not asked for any more. Nothing is lost.

import { addDays, dayIn } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { inOrder } from './admit.ts'
import { finishBegun } from './finish-begun.ts'
import { enter, openLedger, staysIn } from './ledger.ts'
import { planSessions } from './plan-sessions.ts'
import type { NoPlace, Placement, PlanPerson, Session, WorkItem } from './types.ts'

/** Something that was made before and is still open: it stands on a day, or found no place (`session` null). */
export interface Standing {
  item: WorkItem
  session: Session | null
  /** The plan still asks for it. */
  isAsked: boolean
  /** Made by an earlier version of the plan: its week may hold less now. */
  isOlder: boolean
  /** Whoever has it may do it, and the plan gives it to them; so it is where somebody who leads did. */
  isTheirs: boolean
  /** Its work is cut into other parts now: where it stands says nothing. */
  isRecut: boolean
}

/** One for each that stands and each that is asked for. `waits`: its days reach beyond those that are planned yet. */
export type Settled =
  | { id: string; outcome: 'stays' | 'taken-out' | 'waits' }
  | { id: string; outcome: 'placed'; item: WorkItem; session: Session; reason: NoPlace | null }
  | { id: string; outcome: 'dropped'; item: WorkItem; reason: NoPlace }

export interface SettleQuestion {
  zone: string
  now: Date
  /** The first day and the last one that are planned. */
  today: string
  until: string
  /** Without what is done, skipped or missed for good. */
  asked: readonly WorkItem[]
  standing: readonly Standing[]
  /** Done sessions of these weeks. */
  done: readonly Session[]
  /** With the whole of today as free as it was. */
  people: readonly PlanPerson[]
}

/** What stands stays where it is as long as its person is there: a plan that moves every night is none. */
export function settleSessions(question: SettleQuestion, settings: LoadSettings): Settled[] {
  const { zone, today, until, asked, standing, done, people } = question
  const passed = people.flatMap((person) => passedOf(person, question))
  const { kept, loose, finished } = finishBegun(question, { ...sortOut(question, settings), passed }, settings)
  const gone = new Set(standing.filter(({ isAsked }) => !isAsked).map(({ item }) => item.id))
  const stays = new Set(kept.map(({ id }) => id))
  const ended = new Set(finished.map(({ item }) => item.id))
  const askedById = new Map(asked.map((item) => [item.id, item]))
  const again = [...loose.keys()].filter(({ id }) => !ended.has(id)).map((item) => askedById.get(item.id) ?? item)
  const ids = new Set([...again.map(({ id }) => id), ...ended])
  const fresh = asked.filter(({ id }) => !stays.has(id) && !gone.has(id) && !ids.has(id))
  const taken = [...done, ...kept, ...finished.map(({ session }) => session), ...passed]
  const placements = [
    ...finished,
    ...planSessions({ zone, from: today, to: until, items: [...again, ...fresh], people, kept: taken }, settings),
  ]
  const before = new Map([...loose].map(([item, left]) => [item.id, left]))
  return [
    ...[...stays].map((id): Settled => ({ id, outcome: 'stays' })),
    ...[...gone].map((id): Settled => ({ id, outcome: 'taken-out' })),
    ...placements.map((placement) => settledOf(placement, { left: before.get(placement.item.id) ?? null, until })),
  ]
}

export interface Left {
  /** null: it had no place. */
  session: Session | null
  /** Why it cannot stay there. */
  reason: NoPlace | null
}

export interface SortedOut {
  kept: Session[]
  loose: Map<WorkItem, Left>
}

/** Those that stay, and those that need another place. Days that somebody chose come first, then what was begun, and what was made up already. */
function sortOut({ zone, standing, done, people }: SettleQuestion, settings: LoadSettings): SortedOut {
  const ledger = openLedger(people, done, zone)
  const kept: Session[] = []
  const loose = new Map<WorkItem, Left>()
  const first = ({ session, item }: Standing): number =>
    session?.byHand ? 3 : item.begun ? 2 : session?.madeUp ? 1 : 0
  const open = standing
    .filter(({ isAsked }) => isAsked)
    .toSorted((a, b) => first(b) - first(a) || inOrder(a.item, b.item))
  for (const { item, session, isOlder, isRecut, isTheirs } of open) {
    if (isRecut) {
      loose.set(item, { session, reason: null })
      continue
    }
    const own = session && ledger.get(session.person)
    const reason = !own ? 'nobody' : isTheirs ? staysIn(ledger, own, session, { ...settings, isOlder }) : 'given-on'
    if (session && reason === null) {
      enter(ledger, session)
      kept.push(session)
    } else loose.set(item, { session, reason: session && reason })
  }
  return { kept, loose }
}

/** What of today is over already: nothing is placed there any more. */
function passedOf({ id, zone: own, free }: PlanPerson, { zone, now, today }: SettleQuestion): Session[] {
  const from = free.map((span) => span.from.getTime()).sort((a, b) => a - b)[0]
  if (from === undefined) return []
  // The day may be over here, or the next one begun.
  return [today, addDays(today, 1)]
    .filter((day) => day <= dayIn(now, own ?? zone))
    .map((day) => ({
      ...{ id: `passed ${day}`, activity: '', channel: null, kind: 'light' as const, person: id, day, wall: '' },
      ...{ zone: own ?? zone, at: new Date(from), minutes: 0, until: now, plannedDay: day, madeUp: false },
    }))
}

function settledOf(placement: Placement, { left, until }: { left: Left | null; until: string }): Settled {
  const { item, outcome } = placement
  if (outcome === 'dropped') {
    // Nobody can say yet that it has no place; what had one is never left without a word.
    if (item.to > until && !left) return { id: item.id, outcome: 'waits' }
    // Why it left its place says more than why there is no other one; that it left somebody does not.
    const why = left?.reason === 'given-on' ? placement.reason : (left?.reason ?? placement.reason)
    return { id: item.id, outcome: 'dropped', item, reason: why }
  }
  const reason = left?.reason ?? (outcome === 'moved' ? placement.reason : null)
  const session = { ...placement.session, madeUp: left?.session?.madeUp ?? false }
  return { id: item.id, outcome: 'placed', item, session, reason }
}
