// Reads counts of topics over time. Days are those of the organisation's zone: kept as they are, and made of hours where a period cuts one.

import { type RawBuilder, sql } from 'kysely'
import { instants } from '../../db/arrays.ts'
import type { Tx } from '../../db/tx.ts'

export type Unit = 'minute' | 'hour' | 'day'

const counted = ['total', 'negative', 'positive', 'judged'] as const
export type Counts<Value> = Record<(typeof counted)[number], Value>

/** Of one topic: what belongs together stands at the same place of each. */
export interface Points extends Counts<number[]> {
  topic: number
  /** Milliseconds, in no order. */
  at: number[]
  /** Of the period of the same length before, all together. */
  before: Counts<number>
}

export interface PointQuery {
  numbers: readonly number[]
  from: Date
  to: Date
  unit: Unit
  /** In which days begin. */
  zone: string
}

const none: Counts<number> = { total: 0, negative: 0, positive: 0, judged: 0 }

/** As the server writes its arrays, which takes it the least time; null: nothing was said in the period. */
type Row = Counts<string | null> & { topic: number; at: string | null; before: Counts<number> | null }

/** One row a topic: a year of forty topics would be many thousands of them otherwise. */
export async function readPoints(tx: Tx, orgId: string, query: PointQuery): Promise<Points[]> {
  const { numbers, from, to } = query
  if (numbers.length === 0) return []
  const before = { ...query, unit: 'day' as const, from: new Date(2 * from.getTime() - to.getTime()), to: from }
  const found = await sql<Row>`
    select topic, p.at, ${named((name) => `p.${name}`)}, b.before
      from (select topic, array_agg(date_part('epoch', at)::bigint)::text as at, ${named((name) => `array_agg(${name})::text`)}
          from (${countsOf(orgId, query)}) c group by topic) p
        full join (select topic, json_build_object(${sql.raw(counted.map((name) => `'${name}', sum(${name})`).join(', '))}) as before
          from (${countsOf(orgId, before)}) c group by topic) b using (topic)`.execute(tx)
  return found.rows.map(({ topic, at, before, ...values }) => ({
    topic,
    at: numbersOf(at).map((seconds) => seconds * 1000),
    total: numbersOf(values.total),
    negative: numbersOf(values.negative),
    positive: numbersOf(values.positive),
    judged: numbersOf(values.judged),
    before: before ?? none,
  }))
}

/** `{1,2}` */
const numbersOf = (text: string | null): number[] =>
  text === null ? [] : (JSON.parse(`[${text.slice(1, -1)}]`) as number[])

/** All moments of some topics in order, and what each topic counts at every one of them: 0 where nothing was said under it. */
export function makeAxis(of: readonly Pick<Points, 'at'>[]) {
  const moments = new Set<number>()
  for (const points of of) for (const moment of points.at) moments.add(moment)
  // Numbers alone are sorted several times faster than by a comparison of ours.
  const at = Array.from(Float64Array.from(moments).sort())
  const placeOf = new Map(at.map((moment, place) => [moment, place]))
  const spread = (points: (Counts<number[]> & Pick<Points, 'at'>) | undefined): Counts<number[]> => {
    const places = (points?.at ?? []).map((moment) => placeOf.get(moment)!)
    const laidOut = (values: number[] = []) => {
      const all = new Array<number>(at.length).fill(0)
      for (let index = 0; index < places.length; index++) all[places[index]!] = values[index]!
      return all
    }
    return {
      total: laidOut(points?.total),
      negative: laidOut(points?.negative),
      positive: laidOut(points?.positive),
      judged: laidOut(points?.judged),
    }
  }
  return { at, spread }
}

const named = (of: (name: string) => string) => sql.raw(counted.map((name) => `${of(name)} as ${name}`).join(', '))

/** One row for each topic and unit. */
function countsOf(orgId: string, { numbers, from, to, unit, zone }: PointQuery): RawBuilder<unknown> {
  const rows = (table: string, more: RawBuilder<unknown>) => sql`
    from ${sql.table(table)} where org_id = ${orgId} and topic = any(${numbers}::integer[]) and ${more}`
  // Networks are counted by themselves, and so are the hours of a day that is not whole.
  const summed = named((name) => `sum(${name})::integer`)
  const within = (begin: Date, end: Date) => sql`at >= ${begin} and at < ${end}`
  if (unit !== 'day')
    return sql`select topic, at, ${summed} ${rows(`topic_${unit}s`, within(from, to))} group by topic, at`
  const dayOf = (at: unknown) => sql`date_trunc('day', ${at}::timestamptz, ${zone})`
  const [first, last] = [dayOf(from), dayOf(to)]
  // The hours of a day are found out once, not of each row.
  const hoursOf = (day: RawBuilder<unknown>, near: Date) => {
    const hour = Math.floor(near.getTime() / hourMs) * hourMs
    const inside: Date[] = []
    for (let at = hour - longestDay * hourMs; at <= hour + longestDay * hourMs; at += hourMs)
      if (at >= from.getTime() && at < to.getTime()) inside.push(new Date(at))
    return rows(
      'topic_hours',
      sql`at = any(array(select hour from unnest(${instants(inside)}) hour where ${dayOf(sql`hour`)} = ${day}))`,
    )
  }
  return sql`select topic, at, ${named((name) => name)} ${rows('topic_days', sql`at > ${first} and at < ${last}`)}
    union all select topic, ${first}, ${summed} ${hoursOf(first, from)} group by topic
    union all select topic, ${last}, ${summed} ${hoursOf(last, to)} and ${last} <> ${first} group by topic`
}

const hourMs = 3_600_000
/** No day has more hours, whatever a zone does to its clocks. */
const longestDay = 50
