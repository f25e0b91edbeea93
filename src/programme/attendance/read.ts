// Reads who was there on which day: of the organisation and its accounts for everybody, of a person for themselves and those who run it.

import type { z } from 'zod'
import { accountRows } from '../../accounts/for-programme.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { talkDays } from '../../inbox/measures/for-programme.ts'
import { openSpans } from '../../inbox/promises/business-clock.ts'
import { clockOf, readRota } from '../../inbox/rota/read-rota.ts'
import { spansAtWork } from '../../inbox/rota/rules.ts'
import { addDays, type DaySpan, dayIn, mondayOf } from '../../lib/days.ts'
import { readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import { outDays } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { type Act, type Attendance, attendanceOf } from '../load/guards/attendance.ts'
import { gapsByDay } from '../load/sessions/day-times.ts'
import { usualHours } from '../sessions/people.ts'
import { findGoingOn } from '../store.ts'
import type { attendanceContract } from './contract.ts'
import { type SessionDay, sessionDays } from './store.ts'

type Shown = z.infer<NonNullable<(typeof attendanceContract.attendance.read)['~orpc']['outputSchema']> & z.ZodType>

const weeksBack = 12
const mostGaps = 5

/** What stands behind walls is not in it: everybody reads these figures. */
export const readAttendance = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, memberId, role }: Caller,
): Promise<Shown> =>
  readInOrg(seenBy(db, null), orgId, async (tx) => {
    const zone = await readOrganisationZone(tx, orgId)
    const today = dayIn(clock(), zone)
    const programme = await findGoingOn(tx, orgId)
    const span = { zone, from: addDays(mondayOf(today), -7 * (weeksBack - 1)), to: today }
    const acts = await actsOf(tx, orgId, span)
    const sessions = await sessionDays(tx, orgId, span)
    const begins = programme?.begins_on ?? addDays(today, 1)
    const rota = await daysAtWork(tx, orgId, span)
    const isExpected = (day: string) => day >= begins && rota.has(day)
    const facts = { from: span.from, to: span.to, today }
    const all = [...acts, ...sessions.filter(({ isDone }) => isDone)]
    const accounts = await accountRows(tx, orgId, zone)
    const own = (id: string) => personOf(id, { acts, sessions, facts })
    return {
      ...{ ...facts, isGoingOn: programme !== undefined },
      days: daysOf(span).map((day) => ({
        ...{ day, acts: all.filter((act) => act.day === day).length, isExpected: isExpected(day) },
      })),
      organisation: shown(attendanceOf(all, { ...facts, isExpected })),
      accounts: accounts.map(({ id, name, knownFrom }) => ({
        ...{ id, name },
        ...shown(
          attendanceOf(
            acts.filter(({ channel }) => channel === id),
            { ...facts, isExpected: (day) => isExpected(day) && day >= knownFrom },
          ),
        ),
      })),
      mine: shown(own(memberId)),
      people: may(role, 'members.change') ? await everybody(tx, orgId, own) : null,
    }
  })

/** Whoever was never expected is not in it. */
async function everybody(tx: Tx, orgId: string, own: (id: string) => Attendance): Promise<Shown['people']> {
  const members = await readActiveMembers(tx, orgId)
  return members
    .map(({ id, name }) => ({ person: { id, name }, ...shown(own(id)) }))
    .filter(({ expected }) => expected > 0)
    .sort((a, b) => (a.person.name < b.person.name ? -1 : 1))
}

const shown = ({ gaps, ...rest }: Attendance): Attendance => ({ ...rest, gaps: gaps.toReversed().slice(0, mostGaps) })

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** What went out, and what was answered elsewhere and read back: by nobody that is known. */
async function actsOf(tx: Tx, orgId: string, span: DaySpan): Promise<Act[]> {
  const out = await outDays(tx, orgId, span)
  const talked = await talkDays(tx, orgId, span)
  return [
    ...out.map(({ accountId, day, memberId }) => ({ day, channel: accountId, person: memberId })),
    ...talked
      .filter(({ answered }) => answered > 0)
      .map(({ accountId, day }) => ({ day, channel: accountId, person: null })),
  ]
}

interface OfPeople {
  acts: readonly Act[]
  sessions: readonly SessionDay[]
  facts: { from: string; to: string; today: string }
}

function personOf(id: string, { acts, sessions, facts }: OfPeople): Attendance {
  const own = sessions.filter(({ memberId }) => memberId === id)
  const expected = new Set(own.map(({ day }) => day))
  const there = [...acts.filter(({ person }) => person === id), ...own.filter(({ isDone }) => isDone)]
  return attendanceOf(there, { ...facts, isExpected: (day) => expected.has(day) })
}

/** Days on which anybody is at work by their hours and not away; where nobody said hours, the usual ones. */
async function daysAtWork(tx: Tx, orgId: string, { zone, from, to }: DaySpan): Promise<Set<string>> {
  const [first, last] = [new Date(`${addDays(from, -1)}T00:00Z`), new Date(`${addDays(to, 2)}T00:00Z`)]
  const rota = [...(await readRota(tx, orgId)).values()].filter(({ hours }) => hours !== null)
  const spans =
    rota.length > 0
      ? rota.flatMap((work) => spansAtWork(work, first, last))
      : openSpans(await clockOf(usualHours(zone)), first, last)
  return new Set(gapsByDay(spans, zone).keys())
}
