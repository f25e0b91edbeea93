// What may not be true of sessions at any time: something that was asked for is missing, or stands where nobody can do it.

import type { Selectable } from 'kysely'
import type { Absences, PlanSessions, PlanVersions } from '../../db/schema.gen.ts'
import { addDays, mondayOf } from '../../lib/days.ts'
import type { CadenceLines } from '../plan/types.ts'

type Row = Selectable<PlanSessions>

interface Found {
  rows: readonly Row[]
  absences: readonly Selectable<Absences>[]
  plan: Selectable<PlanVersions>
  today: string
  until: string
  wallOf: (at: Date, zone: string) => string
}

/** Empty: nothing is lost. */
export const planSettledFaults = (found: Found): string[] => [
  ...missing(found),
  ...found.rows.flatMap((row) => faultsOf(row, found)),
  ...overlaps(found.rows),
]

/** Told from the plan alone, without the code that makes sessions: each day, each week and each other week from its beginning. */
function missing({ rows, plan, today, until }: Found): string[] {
  const { from, lines } = plan.cadence as unknown as { from: string; lines: CadenceLines }
  const items = new Set(rows.filter(({ state }) => state !== 'taken-out').map(({ item }) => item))
  return lines.flatMap(({ id, unit, every, slots }) => {
    const step = unit === 'week' ? 7 * every : every
    const activity = slots[0]!.anyOf[0]!.activity
    const asked: string[] = []
    for (let day = unit === 'week' ? mondayOf(from) : from; day <= until; day = addDays(day, step)) {
      const last = unit === 'week' ? addDays(day, step - 1) : day
      // What reaches beyond may wait for its place.
      if (last >= today && last <= until) asked.push(`${id} ${day} 1 ${activity}`)
    }
    return asked.filter((item) => !items.has(item)).map((item) => `nothing of ${item}`)
  })
}

function faultsOf(row: Row, { absences, today, wallOf }: Found): string[] {
  const name = `${row.item} ${row.part}/${row.parts} (${row.state})`
  if (row.state === 'planned') {
    const end = row.at!.getTime() + row.minutes * 60_000
    const away = absences.some(
      ({ member_id, ended_at, from_at, to_at }) =>
        member_id === row.member_id && ended_at === null && from_at.getTime() < end && to_at > row.at!,
    )
    return [
      // Where its person is it may still be the day before.
      ...(row.on_day! < addDays(today, -1) ? [`${name} stands on a day that is over`] : []),
      ...(away ? [`${name} stands while its person is away`] : []),
      ...(wallOf(row.at!, row.zone!) === row.wall ? [] : [`${name} stands at another time than it says`]),
      ...(row.wall!.slice(0, 10) === row.on_day ? [] : [`${name} stands on another day than it says`]),
    ]
  }
  return row.state !== 'done' && !row.reason ? [`${name} without a reason`] : []
}

function overlaps(rows: readonly Row[]): string[] {
  const planned = rows.filter(({ state }) => state === 'planned')
  return [...Map.groupBy(planned, ({ member_id }) => member_id).values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.at!.getTime() - b.at!.getTime())
    return inOrder.slice(1).flatMap((row, index) => {
      const before = inOrder[index]!
      const end = before.at!.getTime() + before.minutes * 60_000
      return end > row.at!.getTime() ? [`${row.item} and ${before.item} at the same time`] : []
    })
  })
}
