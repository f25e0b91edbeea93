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
import { type Level, levelsAt } from './levels.ts'
import { byName, type NameOf, namesOf } from './names.ts'
import { type Busy, busyOf, occupancyOf, spansInHand, together } from './occupancy.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { changedFacts, changedIds, dayEnds, type LoadSpan, unchangedPieces } from './store-load.ts'
import { type Grouping, groupings, type MeasureFilter, type Step } from './types.ts'

const hourMs = 3_600_000
/** Of points: an hour is told of two weeks, a day of more than a year. */
const mostDays: Record<Step, number> = { hour: 14, day: 400 }
/** In which something happened: three months of a thousand new ones a day. */
const mostChanged = 100_000
/** Of these read at once. */
const lot = 5_000

interface Wish extends MeasureFilter {
  from: string
  to: string
  step: Step
}

/** @throws Refusal `range-backwards`, `range-too-long`, `too-much-to-count`. */
export const readLoad = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId }: Caller,
  { from, to, step, ...filter }: Wish,
  most = mostChanged,
) =>
  readInOrg(db, orgId, async (tx) => {
    const names = daysBetween(from, to, mostDays[step])
    const [now, zone] = [clock(), await readOrganisationZone(tx, orgId)]
    const { begin, ends } = await dayEnds(tx, { from, to, zone })
    const until = new Date(Math.min(now.getTime(), ends.at(-1)!.getTime()))
    const days = daysUntil({ names, begin, ends }, until)
    const pieces =
      days.length === 0 ? [] : await readPieces(tx, { orgId, accountId: filter.accountId, from: begin, until }, most)
    const instants = instantsOf(days, step)
    const of = pieces.filter((piece) => isWithin(piece, filter))
    const members = await readActiveMembers(tx, orgId)
    const ids = [...members.map(({ id }) => id), ...of.flatMap(({ ownerId }) => ownerId ?? [])]
    const nameOf = await namesOf(tx, orgId, ids)
    const people = await staffOf(tx, orgId, members, filter)
    return {
      ...{ zone, step, until: until.toISOString(), points: pointsOf(of, instants) },
      groups: groupings.flatMap((by) => groupsOf(of, instants, by, nameOf)),
      occupancy: occupancyShown({ people, days, pieces, until, nameOf }),
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

/** Lot after lot, so that of what was said only so much is in memory as is looked at. */
export async function readPieces(tx: Tx, span: LoadSpan, most = mostChanged): Promise<Piece[]> {
  const ids = await changedIds(tx, span, most + 1)
  if (ids.length > most) throw new Refusal('too-much-to-count', { field: 'from', params: { most } })
  const within = { from: span.from.getTime(), until: span.until.getTime() }
  const pieces = await unchangedPieces(tx, span)
  for (let at = 0; at < ids.length; at += lot)
    for (const facts of await changedFacts(tx, span, ids.slice(at, at + lot))) pieces.push(...piecesOf(facts, within))
  return pieces
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

function pointsOf(pieces: readonly Piece[], instants: readonly number[]) {
  const level: Level | undefined = levelsAt(pieces, instants, () => null).get(null)
  return instants.map((at, index) => ({
    ...{ at: new Date(at).toISOString(), open: level?.open[index] ?? 0, waiting: level?.waiting[index] ?? 0 },
  }))
}

const keys = {
  department: ({ departmentId }: Piece) => departmentId,
  account: ({ accountId }: Piece) => accountId,
  person: ({ ownerId }: Piece) => ownerId,
}

const groupsOf = (pieces: readonly Piece[], instants: readonly number[], by: Grouping, nameOf: NameOf) =>
  [...levelsAt(pieces, instants, keys[by])]
    .map(([id, level]) => ({ by, id, name: nameOf(by, id), ...level }))
    .sort(byName)

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
  pieces: readonly Piece[]
  until: Date
  nameOf: NameOf
}

/** By the hours as they stand now: they have no versions. Absences are those that were. */
function occupancyShown({ people, days, pieces, until, nameOf }: Occupied) {
  const inHand = spansInHand(pieces, until)
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
