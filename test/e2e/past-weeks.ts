// Half a year of a plan that lies behind the example: sessions that were done, missed, made up, left out and moved, with the minutes that were written down.

import type { Insertable } from 'kysely'
import type { PlanSessions, TimeEntries } from '../../src/db/schema.gen.ts'
import { inOrg } from '../../src/db/tx.ts'
import { addDays } from '../../src/lib/days.ts'
import { newId } from '../../src/lib/ids.ts'
import { mulberry32 } from '../../src/lib/mulberry.ts'
import { insertSessions, insertSteps, type Step } from '../../src/programme/sessions/store.ts'
import type { Past } from './past-plan.ts'

export interface PlannedWeek {
  monday: string
  minutes: number
}

/** One thing that a week asks for, and who does it. */
interface Piece {
  line: string
  activity: string
  channel: string | null
  minutes: number
  number: number
  /** Where it is one of two halves of something long. */
  half?: 1 | 2
}

const zone = 'Europe/Berlin'
const wallOf = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16).replace(' ', 'T')
/** Anything below 0.16 went otherwise than it was planned. */
const became = (drawn: number): 'missed' | 'skipped' | 'made-up' | 'moved' | 'done' => {
  if (drawn < 0.04) return 'missed'
  if (drawn < 0.06) return 'skipped'
  if (drawn < 0.11) return 'made-up'
  return drawn < 0.16 ? 'moved' : 'done'
}

interface Written {
  sessions: Insertable<PlanSessions>[]
  steps: Step[]
  entries: Insertable<TimeEntries>[]
}

/** As much of it as each week of the load curve held; the rest found no place, with the reason. */
export async function addPastWeeks(past: Past, weeks: readonly PlannedWeek[]): Promise<void> {
  const random = mulberry32(7)
  const drawn = () => random() / 2 ** 32
  const written: Written = { sessions: [], steps: [], entries: [] }
  for (const [index, week] of weeks.entries()) {
    let left = week.minutes * 1.04
    for (const piece of piecesOf(past, index)) {
      const fits = piece.minutes <= left
      if (fits) left -= piece.minutes
      const begun = piece.half === 2 ? addDays(week.monday, -7) : week.monday
      const row = rowOf(past, piece, { begun, place: fits ? placeOf(past, piece, { index, week }) : null })
      if (fits) live(written, row, { how: became(drawn()), took: 0.8 + 0.4 * drawn() })
      else written.sessions.push(row)
    }
  }
  written.entries.push(fairOf(past, weeks.at(-1)!.monday))
  const { database, orgId } = past
  await inOrg(database.db, orgId, async (tx) => {
    await insertSessions(tx, written.sessions)
    await insertSteps(tx, orgId, written.steps)
    await tx.insertInto('time_entries').values(written.entries).execute()
  })
}

const most = { 'short-post': 8, 'status-update': 15, 'group-reply': 10, 'short-video': 120, 'blog-post': 114 } as const

/** By the lines of the first plan; a blog post is written in two weeks. */
function piecesOf({ lines }: Past, week: number): Piece[] {
  return lines.flatMap(({ id, channel, every, slots }) =>
    slots.map(({ anyOf: [{ activity }] }, index) => ({
      ...{ line: id, activity, channel, number: index + 1, minutes: most[activity] },
      ...(every === 2 && { half: week % 2 === 0 ? (1 as const) : (2 as const) }),
    })),
  )
}

interface Place {
  memberId: string
  day: string
}

/** Each has lines of their own; posts of the second channel and groups go round. */
function placeOf({ people }: Past, piece: Piece, { index, week }: { index: number; week: PlannedWeek }): Place {
  const own = { blog: 0, club: 0, video: 1, harbour: 2, status: 2 } as const
  const whose = Object.hasOwn(own, piece.line) ? own[piece.line as keyof typeof own] : (index + piece.number) % 3
  const days = { blog: 1, video: 3 } as const
  const day = Object.hasOwn(days, piece.line)
    ? days[piece.line as keyof typeof days]
    : (2 * piece.number + piece.line.length) % 5
  return { memberId: people[whose]!, day: addDays(week.monday, day) }
}

function rowOf(
  { orgId, programmeId }: Past,
  piece: Piece,
  { begun, place }: { begun: string; place: Place | null },
): Insertable<PlanSessions> {
  const { line, activity, channel, number, minutes, half } = piece
  const at = place && new Date(`${place.day}T${String(8 + (number % 6)).padStart(2, '0')}:00:00Z`)
  const made = new Date(`${begun}T05:00:00Z`)
  return {
    ...{ org_id: orgId, id: newId(), programme_id: programmeId, part: half ?? 1, parts: half ? 2 : 1, version: 1 },
    item: `${line} ${begun} ${number} ${activity} ${channel ?? ''}`.trimEnd(),
    ...{ activity, channel, kind: minutes > 30 ? 'key' : 'light', minutes },
    ...{ from_day: begun, to_day: addDays(begun, half ? 13 : 6), state: place ? 'planned' : 'dropped' },
    ...{ member_id: place?.memberId ?? null, on_day: place?.day ?? null, planned_day: place?.day ?? null },
    ...{ at, wall: at && wallOf(at), zone: at && zone, until_at: at && new Date(at.getTime() + minutes * 60_000) },
    ...{ made_up: false, by_hand: false, reason: place ? null : 'week-full' },
    ...{ revision: 0, made_at: made, changed_at: made },
  }
}

/** What became of one that had a place. */
function live(
  { sessions, steps, entries }: Written,
  row: Insertable<PlanSessions>,
  { how, took }: { how: ReturnType<typeof became>; took: number },
): void {
  const [memberId, day] = [row.member_id!, row.on_day!]
  const step = { session_id: row.id, from_member: memberId, from_day: day, from_wall: row.wall ?? null, reason: null }
  const evening = (of: string) => new Date(`${of}T16:00:00Z`)
  // Never into the next week: the fifth day of a week is the last of which anything is missed.
  const other = how === 'made-up' || how === 'moved' ? addDays(day, new Date(day).getUTCDay() === 5 ? -1 : 1) : day
  const by = { by_id: memberId, to_member: memberId, to_day: other }
  if (how === 'missed') {
    sessions.push({ ...row, state: 'missed', reason: 'week-full', closed_at: evening(addDays(day, 1)) })
    steps.push({ ...step, what: 'missed', by_id: null, at: evening(addDays(day, 1)), reason: 'week-full' })
    return
  }
  if (how === 'skipped') {
    const reason = 'The ferry did not run, and there was nothing to say.'
    sessions.push({ ...row, state: 'skipped', reason, closed_at: evening(day), closed_by: memberId })
    steps.push({ ...step, what: 'skipped', by_id: memberId, at: evening(day), reason })
    return
  }
  if (how === 'made-up') {
    steps.push({ ...step, what: 'missed', by_id: null, at: evening(day) })
    steps.push({ ...step, ...by, what: 'made-up', by_id: null, at: evening(day) })
  }
  if (how === 'moved') steps.push({ ...step, ...by, what: 'moved', at: evening(addDays(day, -1)) })
  const minutes = Math.max(1, Math.round(row.minutes * took))
  const entry = newId()
  const at = evening(other)
  sessions.push({
    ...{ ...row, state: 'done', on_day: other, made_up: how === 'made-up', by_hand: how === 'moved' },
    ...{ closed_at: at, closed_by: memberId, entry_id: entry },
  })
  steps.push({ ...step, ...by, what: 'done', from_day: other, at })
  entries.push({
    ...{ org_id: row.org_id, id: entry, member_id: memberId, activity: row.activity, channel: row.channel ?? null },
    ...{ on_day: other, minutes, how: took > 1 ? 'timer' : 'typed', note: '', noted_at: at, session_id: row.id },
    // The last part finishes the whole.
    items: row.parts === 2 && row.part === 1 ? 0 : 1,
  })
}

/** What no plan asked for, and what makes somebody's last week too much. */
function fairOf({ orgId, people }: Past, monday: string): Insertable<TimeEntries> {
  const day = addDays(monday, 5)
  return {
    ...{ org_id: orgId, id: newId(), member_id: people[2]!, activity: 'stand-at-the-fair', channel: null, on_day: day },
    ...{
      minutes: 150,
      how: 'typed',
      items: 1,
      note: 'Somebody had fallen ill.',
      noted_at: new Date(`${day}T17:00:00Z`),
    },
  }
}
