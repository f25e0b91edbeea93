// Verb of what stood in the inbox over time, and how busy people were with it.

import { readInOrg, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type ActiveMember, readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { OpenSpan } from '../promises/business-clock.ts'
import { readRota } from '../rota/read-rota.ts'
import { spansAtWork, type Work } from '../rota/rules.ts'
import { daysBetween } from './actions.ts'
import { always } from './keep-spans.ts'
import { type Level, type Levels, levelsBy, levelsOfChanges, sumOfLevels } from './levels.ts'
import { byName, type NameOf, namesOf } from './names.ts'
import { type Busy, busyOf, occupancyOf, spansInHand, together } from './occupancy.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { dayEnds, factsOf } from './store-load.ts'
import { markedIds, type Summing, sumSpans } from './store-spans.ts'
import { groupings, type MeasureFilter, type Step } from './types.ts'

const hourMs = 3_600_000
/** Of points: an hour is told of two weeks, a day of more than a year. */
const mostDays: Record<Step, number> = { hour: 14, day: 400 }
/** Of conversations that are not stored as they are now: some minutes of a storm; more where none is stored yet, after an update. */
const mostMarked = 20_000
/** Of these read at once. */
const lot = 5_000

interface Wish extends MeasureFilter {
  from: string
  to: string
  step: Step
}

/** @throws Refusal `range-backwards`, `range-too-long`, `still-counting`. */
export const readLoad = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId }: Caller,
  { from, to, step, ...filter }: Wish,
  most = mostMarked,
) =>
  readInOrg(db, orgId, async (tx) => {
    const names = daysBetween(from, to, mostDays[step])
    const [now, zone] = [clock(), await readOrganisationZone(tx, orgId)]
    const { begin, ends } = await dayEnds(tx, { from, to, zone })
    const until = new Date(Math.min(now.getTime(), ends.at(-1)!.getTime()))
    const days = daysUntil({ names, begin, ends }, until)
    const instants = instantsOf(days, step)
    const stood = await readStanding(tx, { orgId, filter, from: begin, until, instants }, most)
    const members = await readActiveMembers(tx, orgId)
    const owners = [...stood.levels.person.keys()].flatMap((id) => id ?? [])
    const nameOf = await namesOf(tx, orgId, [...members.map(({ id }) => id), ...owners])
    const people = await staffOf(tx, orgId, members, filter)
    return {
      ...{ zone, step, until: until.toISOString(), points: pointsOf(stood.levels.all.get(null), instants) },
      groups: groupings.flatMap((by) =>
        [...stood.levels[by]].map(([id, level]) => ({ by, id, name: nameOf(by, id), ...level })).sort(byName),
      ),
      occupancy: occupancyShown({ people, days, inHand: stood.inHand, nameOf }),
    }
  })

interface Day {
  day: string
  from: Date
  to: Date
}

/** A day that goes on ends now; what has not begun is left out. */
function daysUntil({ names, begin, ends }: { names: string[]; begin: Date; ends: Date[] }, until: Date): Day[] {
  return names.flatMap((day, index) => {
    const from = index === 0 ? begin : ends[index - 1]!
    const to = new Date(Math.min(ends[index]!.getTime(), until.getTime()))
    return from < to ? [{ day, from, to }] : []
  })
}

interface Standing {
  levels: Levels
  inHand: Map<string, OpenSpan[]>
}

/** Sums of what is stored, and of what changed a moment ago as it is now. */
export async function readStanding(tx: Tx, asked: Omit<Summing, 'marked'>, most = mostMarked): Promise<Standing> {
  const { orgId, filter, from, until, instants } = asked
  if (instants.length === 0) return { levels: levelsBy([], []), inHand: new Map() }
  const marked = await markedIds(tx, orgId, most + 1)
  if (marked.length > most) throw new Refusal('still-counting', { status: 409, field: 'from' })
  const pieces: Piece[] = []
  for (let at = 0; at < marked.length; at += lot)
    for (const facts of await factsOf(tx, orgId, marked.slice(at, at + lot)))
      if (filter.accountId === undefined || facts.accountId === filter.accountId)
        pieces.push(
          ...piecesOf(facts, always).filter((piece) => piece.from <= until.getTime() && piece.to > from.getTime()),
        )
  const { changes, inHand } = await sumSpans(tx, { ...asked, marked })
  const held = spansInHand(pieces, until)
  for (const { ownerId, ...span } of inHand)
    held.set(ownerId, [...(held.get(ownerId) ?? []), { from: new Date(span.from), to: new Date(span.to) }])
  const current = levelsBy(
    pieces.filter((piece) => isWithin(piece, filter)),
    instants,
  )
  return { levels: sumOfLevels(levelsOfChanges(changes, instants), current), inHand: held }
}

/** Ends of hours or days; the last is now where it goes on. */
function instantsOf(days: readonly Day[], step: Step): number[] {
  if (step === 'day') return days.map(({ to }) => to.getTime())
  return days.flatMap(({ from, to }) => {
    const found: number[] = []
    for (let at = from.getTime() + hourMs; at < to.getTime(); at += hourMs) found.push(at)
    return [...found, to.getTime()]
  })
}

/** As it was then: what was handed on counted where it was. */
const isWithin = ({ departmentId, ownerId }: Piece, filter: MeasureFilter): boolean =>
  (filter.departmentId === undefined || departmentId === filter.departmentId) &&
  (filter.memberId === undefined || ownerId === filter.memberId)

const pointsOf = (level: Level | undefined, instants: readonly number[]) =>
  instants.map((at, index) => ({
    ...{ at: new Date(at).toISOString(), open: level?.open[index] ?? 0, waiting: level?.waiting[index] ?? 0 },
  }))

interface Staff {
  member: ActiveMember
  work: Work
}

/** Those who may answer, of the department and the person that are asked for. */
async function staffOf(
  tx: Tx,
  orgId: string,
  members: readonly ActiveMember[],
  filter: MeasureFilter,
): Promise<Staff[]> {
  const rota = await readRota(tx, orgId)
  return members.flatMap((member) => {
    const work = rota.get(member.id)
    const isAsked =
      (filter.departmentId === undefined || member.departmentId === filter.departmentId) &&
      (filter.memberId === undefined || member.id === filter.memberId)
    return work && isAsked && may(member.role, 'inbox.answer') ? [{ member, work }] : []
  })
}

interface Occupied {
  people: readonly Staff[]
  days: readonly Day[]
  inHand: ReadonlyMap<string, readonly OpenSpan[]>
  nameOf: NameOf
}

/** By the hours as they stand now: they have no versions. Absences are those that were. */
function occupancyShown({ people, days, inHand, nameOf }: Occupied) {
  const told = people.map(({ member, work }) => ({
    ...{ member, isAlways: work.hours === null },
    days: days.map((day) => busyIn(day, { member, work }, inHand.get(member.id) ?? [])),
  }))
  const shown = (busy: Busy) => ({ ...busy, share: occupancyOf(busy) })
  const group = (by: 'department' | 'person', id: string | null, of: typeof told) => ({
    ...{ by, id, name: nameOf(by, id), isAlways: of.some(({ isAlways }) => isAlways) },
    ...shown(together(of.flatMap((each) => each.days))),
  })
  const departments = Map.groupBy(told, ({ member }) => member.departmentId)
  return {
    all: shown(together(told.flatMap((each) => each.days))),
    days: days.map(({ day }, at) => ({ day, ...shown(together(told.map((each) => each.days[at]!))) })),
    groups: [
      ...[...departments].map(([id, of]) => group('department', id, of)).sort(byName),
      ...told.map((each) => group('person', each.member.id, [each])).sort(byName),
    ],
  }
}

function busyIn({ from, to }: Day, { member, work }: Staff, inHand: readonly OpenSpan[]): Busy {
  const begin = member.since > from ? member.since : from
  if (begin >= to) return { staffedMs: 0, busyMs: 0 }
  const near = inHand.filter((span) => span.from < to && span.to > begin)
  return busyOf(spansAtWork(work, begin, to), near)
}
