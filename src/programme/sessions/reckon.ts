// What becomes of sessions whose day is over and that nobody did: made up soon or dropped with the reason, person by person. Pure.

import { dayIn } from '../../lib/days.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { type MakeUp, makeUpMissed } from '../load/sessions/make-up.ts'
import type { PlanPerson, Session } from '../load/sessions/types.ts'
import { keyOf, type SessionRow, type Step, sessionOf } from './store.ts'
import { place, stepOf, type Writing } from './writing.ts'

export interface Reckoned {
  writings: Writing[]
  /** The rows as they are when that is written. */
  rows: SessionRow[]
}

interface Ground {
  now: Date
  people: readonly PlanPerson[]
  /** Minutes that were written down for sessions. */
  spent: ReadonlyMap<string, number>
  settings: LoadSettings
}

/** The day of a session is over where its person is. */
export const isOver = ({ on_day, zone }: SessionRow, now: Date): boolean => on_day! < dayIn(now, zone!)

export function reckonMissed(rows: readonly SessionRow[], ground: Ground): Reckoned {
  const planned = rows.filter(({ state }) => state === 'planned')
  const missed = planned.filter((row) => isOver(row, ground.now))
  const [ofPerson, now] = [Map.groupBy(rows, ({ member_id }) => member_id), new Map(rows.map((row) => [row.id, row]))]
  const made: MakeUp[] = []
  for (const [memberId, own] of Map.groupBy(missed, ({ member_id }) => member_id!)) {
    const all = ofPerson.get(memberId)!
    const done = all.filter(({ state }) => state === 'done')
    const ahead = all.filter((row) => row.state === 'planned' && !isOver(row, ground.now))
    made.push(...makeUp({ memberId, own, done, ahead }, ground))
  }
  const byKey = new Map(planned.map((row) => [keyOf(row), row]))
  // Who was away missed nothing; their work needs another day all the same.
  const lost = new Set(missed.filter((row) => !wasAway(row, ground)).map((row) => row.id))
  const writings = made.map((each): Writing => {
    const row = byKey.get(each.missed.id)!
    const given = { isMissed: lost.has(row.id), at: ground.now }
    const values = changeOf(each, row, given)
    now.set(row.id, { ...row, ...values } as SessionRow)
    return { of: 'reckoning', row, values, steps: stepsOf(each, row, given) }
  })
  return { writings, rows: [...now.values()] }
}

const wasAway = ({ member_id, on_day }: SessionRow, { people }: Ground): boolean =>
  people.find(({ id }) => id === member_id)?.off?.[on_day!] === 'absence'

interface OfPerson {
  memberId: string
  own: SessionRow[]
  done: SessionRow[]
  ahead: SessionRow[]
}

function makeUp({ memberId, own, done, ahead }: OfPerson, { now, people, spent, settings }: Ground): MakeUp[] {
  const person = people.find(({ id }) => id === memberId)
  const zone = person?.zone ?? own[0]!.zone!
  return makeUpMissed(
    {
      ...{ zone, today: dayIn(now, zone), people: person ? [fromNow(person, now)] : [] },
      done: done.map((row) => sessionOf(row, spent.get(row.id) ?? 0)),
      ...{ sessions: ahead.map((row) => sessionOf(row)), missed: own.map((row) => sessionOf(row)) },
    },
    settings,
  ).made
}

/** What of today is over already is no time to make anything up. */
export const fromNow = (person: PlanPerson, now: Date): PlanPerson => ({
  ...person,
  free: person.free.filter(({ to }) => to > now).map(({ from, to }) => ({ from: from > now ? from : now, to })),
})

function changeOf(each: MakeUp, { parts }: SessionRow, { isMissed, at }: { isMissed: boolean; at: Date }) {
  if (each.outcome === 'moved') return { ...moved(each.session), reason: null }
  // What only gave way was missed by nobody. A part stays open: without it the others of its piece would be done for nothing.
  const isClosed = isMissed && parts === 1
  return {
    state: isClosed ? 'missed' : 'dropped',
    reason: each.reason,
    by_hand: false,
    closed_at: isClosed ? at : null,
  }
}

const moved = (session: Session) => ({ ...place(session), by_hand: false })

function stepsOf(each: MakeUp, row: SessionRow, { isMissed, at }: { isMissed: boolean; at: Date }): Step[] {
  const base = stepOf(row, at)
  const to =
    each.outcome === 'moved'
      ? { to_member: each.session.person, to_day: each.session.day, reason: null }
      : { to_member: null, to_day: null, reason: each.reason }
  if (!isMissed) return [{ ...base, what: each.outcome === 'moved' ? 'gave-way' : 'dropped', ...to }]
  if (each.outcome === 'dropped') return [{ ...base, what: 'missed', ...to }]
  return [
    { ...base, what: 'missed', reason: null },
    { ...base, what: 'made-up', ...to },
  ]
}
