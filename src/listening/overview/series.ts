// How topics develop: their counts by minute, hour or day, and their share of voice.

import { sql } from 'kysely'
import { inOrg, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { topicIdsByNumber } from '../topics/store.ts'

type Unit = 'minute' | 'hour' | 'day'

/** Longest period for each unit, in milliseconds: nobody reads more points, and a year of minutes would be half a million. */
const longest: Record<Unit, number> = { minute: 2 * 86_400_000, hour: 62 * 86_400_000, day: 1_830 * 86_400_000 }

interface PointRow {
  topic: number
  at: Date
  total: number
  negative: number
  positive: number
  judged: number
}

export interface SeriesInput {
  topics?: string[] | undefined
  from: string
  to: string
  unit: Unit
}

/** @throws Refusal where the period is empty or too long for the unit. */
export const readSeries = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { topics, from, to, unit }: SeriesInput) =>
  inOrg(db, orgId, async (tx) => {
    const [begins, ends] = [new Date(from), new Date(to)]
    const length = ends.getTime() - begins.getTime()
    if (length <= 0) throw new Refusal('ends-before-it-begins', { field: 'to' })
    if (length > longest[unit])
      throw new Refusal('period-too-long', { field: 'from', params: { days: longest[unit] / 86_400_000 } })
    const zone = await readOrganisationZone(tx, orgId)
    const ids = await topicIdsByNumber(tx, orgId)
    const wanted = [...ids].filter(([, id]) => topics === undefined || topics.includes(id))
    const numbers = wanted.map(([number]) => number)
    const points = await pointRows(tx, orgId, { numbers, from: begins, to: ends, unit, zone })
    const before = await pointRows(tx, orgId, {
      numbers,
      from: new Date(begins.getTime() - length),
      to: begins,
      unit: 'day',
      zone,
    })
    const all = sumOf(points).total
    return {
      zone,
      topics: wanted.map(([number, topicId]) => {
        const own = points.filter(({ topic }) => topic === number)
        const sum = sumOf(own)
        return {
          topicId,
          ...sum,
          before: sumOf(before.filter(({ topic }) => topic === number)),
          share: all === 0 ? null : sum.total / all,
          points: own.map(({ topic: _, at, ...counts }) => ({ at: at.toISOString(), ...counts })),
        }
      }),
    }
  })

interface PointQuery {
  numbers: number[]
  from: Date
  to: Date
  unit: Unit
  zone: string
}

/** Days begin at midnight of `zone`, so they are made of hours; a zone that is off by half an hour takes its half hours with it. */
export async function pointRows(
  tx: Tx,
  orgId: string,
  { numbers, from, to, unit, zone }: PointQuery,
): Promise<PointRow[]> {
  if (numbers.length === 0) return []
  const at = unit === 'day' ? sql`date_trunc('day', at, ${zone})` : sql`at`
  const found = await sql<PointRow>`
    select topic, ${at} as at, sum(total)::integer as total, sum(negative)::integer as negative, sum(positive)::integer as positive,
        sum(judged)::integer as judged
      from ${sql.table(unit === 'minute' ? 'topic_minutes' : 'topic_hours')}
      where org_id = ${orgId} and topic = any(${numbers}::integer[]) and at >= ${from} and at < ${to}
      group by 1, 2 order by 1, 2`.execute(tx)
  return found.rows
}

const sumOf = (rows: readonly PointRow[]) => {
  const sum = { total: 0, negative: 0, positive: 0, judged: 0 }
  for (const row of rows) {
    sum.total += row.total
    sum.negative += row.negative
    sum.positive += row.positive
    sum.judged += row.judged
  }
  return sum
}
