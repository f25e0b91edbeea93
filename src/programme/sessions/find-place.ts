// Where on given days a session of somebody could stand, by the rules of days and weeks; or which rule says no.

import type { Tx } from '../../db/tx.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { readSettings } from '../figures/store.ts'
import { besideFull, enter, openLedger, sessionAt, tryPlace } from '../load/sessions/ledger.ts'
import type { NoPlace, Session } from '../load/sessions/types.ts'
import type { Outlook } from '../plan/outlook.ts'
import { findGoingOn } from '../store.ts'
import { sessionMinutes } from '../time/store.ts'
import { daysBack, readPeople, type SessionGround } from './ground.ts'
import { fromNow } from './reckon.ts'
import { keyOf, openRows, type SessionRow, sessionOf } from './store.ts'

interface Wanted {
  memberId: string
  at: Date
  outlook: Outlook | null
  orgId: string
  /** Somebody who leads gives them more than the plan does; never more than they give. */
  isGiven?: boolean
}

export interface Placing {
  ground: SessionGround
  /** The first of the days that takes it. */
  on(days: readonly string[]): { session: Session; refused: null } | { session: null; refused: NoPlace }
}

/** `null`: this person takes no part in the plan. @throws Refusal `no-programme`. */
export async function findPlace(
  tx: Tx,
  row: SessionRow,
  { memberId, at, outlook, orgId, isGiven = false }: Wanted,
): Promise<Placing | null> {
  const zone = await readOrganisationZone(tx, orgId)
  const programme = await findGoingOn(tx, orgId)
  if (!programme || !outlook) throw new Refusal('no-programme', { status: 409 })
  const settings = await readSettings(tx, orgId)
  const today = dayIn(at, zone)
  const ground = await readPeople(tx, orgId, { zone, today, outlook, programme })
  const person = ground.people.find((each) => each.id === memberId)
  if (!person) return null
  const since = addDays(today, -2 * daysBack)
  const spent = await sessionMinutes(tx, orgId, since)
  const others = (await openRows(tx, orgId, programme.id, { today, doneSince: since })).filter(
    (each) => each.member_id !== null && each.id !== row.id,
  )
  // Everybody's: whoever is at the side of somebody else gives of their own week.
  const people = ground.people.map((each) => {
    const limits = isGiven ? { weekMinutes: {}, ceiling: each.ceiling ?? settings.ceiling } : {}
    return { ...(each.id === memberId ? fromNow(each, at) : each), ...limits }
  })
  const ledger = openLedger(people, [], zone)
  for (const each of others) {
    if (each.state === 'planned') enter(ledger, sessionOf(each))
    if (each.state === 'done') enter(ledger, sessionOf(each, spent.get(each.id) ?? 0))
  }
  const own = { zone: person.zone ?? zone, ledger: ledger.get(memberId)! }
  return {
    ground,
    on(days) {
      let refused: NoPlace | null = null
      for (const day of days) {
        const item = { ...sessionOf(row), people: [memberId], from: day, to: day }
        const full = besideFull(ledger, own.ledger, { activity: row.activity, day, minutes: row.minutes })
        const found = full
          ? { start: null, refused: full }
          : tryPlace(own.ledger, { day, item, zone: own.zone }, settings)
        if (found.start) {
          const start = { person: memberId, start: found.start, zone: own.zone }
          return { session: sessionAt({ ...item, id: keyOf(row) }, start, settings), refused: null }
        }
        refused ??= found.refused
      }
      return { session: null, refused: refused ?? 'no-working-time' }
    },
  }
}
