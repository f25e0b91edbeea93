// How topics develop: their counts by minute, hour or day, and their share of voice.

import { readInOrg } from '../../db/tx.ts'
import { isoTexts } from '../../lib/iso-time.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { topicIdsAndZone } from '../topics/store.ts'
import { type Counts, makeAxis, readPoints, type Unit } from './points.ts'

/** Longest period for each unit, in milliseconds: nobody reads more points, and a year of minutes would be half a million. */
const longest: Record<Unit, number> = { minute: 2 * 86_400_000, hour: 62 * 86_400_000, day: 1_830 * 86_400_000 }

export interface SeriesInput {
  topics?: string[] | undefined
  from: string
  to: string
  unit: Unit
}

/** @throws Refusal where the period is empty or too long for the unit. */
export async function readSeries(
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { topics, from: begins, to: ends, unit }: SeriesInput,
) {
  const [from, to] = [new Date(begins), new Date(ends)]
  const length = to.getTime() - from.getTime()
  if (length <= 0) throw new Refusal('ends-before-it-begins', { field: 'to' })
  if (length > longest[unit])
    throw new Refusal('period-too-long', { field: 'from', params: { days: longest[unit] / 86_400_000 } })
  const { zone, wanted, read } = await readInOrg(db, orgId, async (tx) => {
    const { zone, ids } = await topicIdsAndZone(tx, orgId)
    const wanted = [...ids].filter(([, id]) => topics === undefined || topics.includes(id))
    const numbers = wanted.map(([number]) => number)
    return { zone, wanted, read: await readPoints(tx, orgId, { numbers, from, to, unit, zone }) }
  })
  const byTopic = new Map(read.map((each) => [each.topic, each]))
  const totals = new Map(read.map((each) => [each.topic, totalOf(each)]))
  const axis = makeAxis(read)
  const all = [...totals.values()].reduce((sum, { total }) => sum + total, 0)
  return {
    zone,
    at: isoTexts(axis.at),
    topics: wanted.map(([number, topicId]) => {
      const own = totals.get(number) ?? nothing
      return {
        topicId,
        ...own,
        before: byTopic.get(number)?.before ?? nothing,
        share: all === 0 ? null : own.total / all,
        points: axis.spread(byTopic.get(number)),
      }
    }),
  }
}

const nothing: Counts<number> = { total: 0, negative: 0, positive: 0, judged: 0 }

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const totalOf = ({ total, negative, positive, judged }: Counts<number[]>): Counts<number> => ({
  total: sum(total),
  negative: sum(negative),
  positive: sum(positive),
  judged: sum(judged),
})
