// Reads counts of topics over time. Days are those of the organisation's zone: kept as they are, and made of hours where a period cuts one.

import { type RawBuilder, sql } from 'kysely'
import { instants } from '../../db/arrays.ts'
import type { Tx } from '../../db/tx.ts'

export type Unit = 'minute' | 'hour' | 'day'

/** Of one topic, in the order of time: what belongs together stands at the same place of each. */
export interface Points {
  topic: number
  /** Milliseconds. */
  at: number[]
  total: number[]
  negative: number[]
  positive: number[]
  judged: number[]
}

export interface PointQuery {
  numbers: readonly number[]
  from: Date
  to: Date
  unit: Unit
  /** In which days begin. */
  zone: string
}

/** One row a topic: a year of forty topics would be many thousands of them otherwise. */
export async function readPoints(tx: Tx, orgId: string, query: PointQuery): Promise<Points[]> {
  if (query.numbers.length === 0) return []
  const listed = (name: string) => sql`to_json(array_agg(${sql.ref(name)})) as ${sql.ref(name)}`
  const found = await sql<Points>`
    select topic, to_json(array_agg((extract(epoch from at) * 1000)::bigint)) as at, ${listed('total')}, ${listed('negative')}, ${listed('positive')}, ${listed('judged')}
      from (select topic, at, ${sums} from (${countsOf(orgId, query)}) c group by topic, at order by topic, at) p group by topic order by topic`.execute(
    tx,
  )
  return found.rows
}

const counted = ['total', 'negative', 'positive', 'judged'] as const

/** All moments of some topics in order, and what each topic counts at every one of them: 0 where nothing was said under it. */
export function makeAxis(of: readonly Points[]) {
  const at = [...new Set(of.flatMap((points) => points.at))].sort((a, b) => a - b)
  const places = new Map(at.map((moment, place) => [moment, place]))
  const spread = (points: Points | undefined): Pick<Points, (typeof counted)[number]> => {
    const own = { total: [], negative: [], positive: [], judged: [] } as Record<(typeof counted)[number], number[]>
    for (const name of counted) {
      own[name] = new Array<number>(at.length).fill(0)
      for (const [index, moment] of (points?.at ?? []).entries()) own[name][places.get(moment)!] = points![name][index]!
    }
    return own
  }
  return { at, spread }
}

export interface Total {
  topic: number
  total: number
  negative: number
  positive: number
  judged: number
}

/** All of a period together. */
export async function readTotals(tx: Tx, orgId: string, query: PointQuery): Promise<Total[]> {
  if (query.numbers.length === 0) return []
  const found = await sql<Total>`select topic, ${sums} from (${countsOf(orgId, query)}) c group by topic`.execute(tx)
  return found.rows
}

const sums = sql.raw(counted.map((name) => `sum(${name})::integer as ${name}`).join(', '))

function countsOf(orgId: string, { numbers, from, to, unit, zone }: PointQuery): RawBuilder<unknown> {
  const rows = (table: string, at: RawBuilder<unknown>, more: RawBuilder<unknown>) => sql`
    select topic, ${at} as at, total, negative, positive, judged from ${sql.table(table)}
      where org_id = ${orgId} and topic = any(${numbers}::integer[]) and ${more}`
  const within = (begin: Date, end: Date) => sql`at >= ${begin} and at < ${end}`
  if (unit !== 'day') return rows(`topic_${unit}s`, sql`at`, within(from, to))
  const dayOf = (at: unknown) => sql`date_trunc('day', ${at}::timestamptz, ${zone})`
  const [first, last] = [dayOf(from), dayOf(to)]
  // The hours of a day are found out once, not of each row.
  const hoursOf = (day: RawBuilder<unknown>, near: Date) => {
    const hour = Math.floor(near.getTime() / hourMs) * hourMs
    const hours = Array.from({ length: 2 * longestDay + 1 }, (_, index) => hour + (index - longestDay) * hourMs)
    const inside = hours.filter((at) => at >= from.getTime() && at < to.getTime()).map((at) => new Date(at))
    return rows(
      'topic_hours',
      day,
      sql`at = any(array(select hour from unnest(${instants(inside)}) hour where ${dayOf(sql`hour`)} = ${day}))`,
    )
  }
  return sql`${rows('topic_days', sql`at`, sql`at > ${first} and at < ${last}`)}
    union all ${hoursOf(first, from)}
    union all ${hoursOf(last, to)} and ${last} <> ${first}`
}

const hourMs = 3_600_000
/** No day has more hours, whatever a zone does to its clocks. */
const longestDay = 50
