// Pure: weeks of a line of which it is known how much was planned, that was done as it was planned, and what all of it was worth.

import { addDays, mondayOf } from '../../lib/days.ts'
import type { PlannedWeek } from '../choosing/decay.ts'

interface Planned {
  line: string
  monday: string
  count: number
}

interface Out {
  line: string
  day: string
  result: { state: 'judged'; value: number } | { state: 'young' | 'unread' }
}

/** By so much of what was planned a week may differ: one item of five. */
const slack = 0.2

/**
 * By line, oldest first. A week in which more or less went out than was planned says nothing: people do more of what goes well. Nor does one of
 * which something is not judged, for then nobody knows what the week was worth.
 */
export function plannedWeeksOf(
  planned: readonly Planned[],
  out: readonly Out[],
  today: string,
): Map<string, PlannedWeek[]> {
  const weekOf = (line: string, monday: string) => `${monday} ${line}`
  const went = Map.groupBy(out, ({ line, day }) => weekOf(line, mondayOf(day)))
  const lines = new Map<string, PlannedWeek[]>()
  for (const { line, monday, count } of planned.toSorted((a, b) => (a.monday < b.monday ? -1 : 1))) {
    const own = went.get(weekOf(line, monday)) ?? []
    const isOver = addDays(monday, 6) < today
    const isAsPlanned = own.length > 0 && Math.abs(own.length - count) <= Math.floor(slack * count)
    const values = own.flatMap(({ result }) => (result.state === 'judged' ? [result.value] : []))
    if (!isOver || !isAsPlanned || values.length < own.length) continue
    const week = { count: own.length, value: values.reduce((sum, value) => sum + value, 0) }
    lines.set(line, [...(lines.get(line) ?? []), week])
  }
  return lines
}

/**
 * What sessions asked for, by the line that it went out on. Where nobody said a channel it is that on which all of the activity went out; where
 * there are several, nobody knows how much of it was meant for which.
 */
export function plannedOn(
  sessions: readonly { activity: string; channel: string | null; monday: string; count: number }[],
  { keyOf, out }: { keyOf: (channel: string | null) => string; out: readonly { line: string; activity: string }[] },
): Planned[] {
  const linesOf = new Map(
    [...Map.groupBy(out, ({ activity }) => activity)].map(([activity, own]) => [
      activity,
      [...new Set(own.map(({ line }) => line))],
    ]),
  )
  const counts = new Map<string, Planned>()
  for (const { activity, channel, monday, count } of sessions) {
    const named = keyOf(channel)
    const all = linesOf.get(activity) ?? []
    const line = named !== '' ? `${named}:${activity}` : all.length === 1 ? all[0]! : null
    if (line === null) continue
    const key = `${monday} ${line}`
    counts.set(key, { line, monday, count: (counts.get(key)?.count ?? 0) + count })
  }
  return [...counts.values()]
}
