// Days as they are kept, against the plain sum of hours: in every kind of zone, around every kind of clock change, whatever a period cuts.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Counted } from '../mentions/counts.ts'
import { addCounts } from '../mentions/store-counts.ts'
import { labelsOf } from '../mentions/test-mentions.ts'
import { makeAxis, type Points, readPoints } from './points.ts'

let database: TestDatabase
const user = newId()
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`insert into users (id, name, email) values ($1, 'Owner', 'owner@example.org')`, [user])
})
afterAll(() => database?.close())

/** With something that their clocks did. */
const zones: [zone: string, around: string][] = [
  ['UTC', '2026-03-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/Los_Angeles', '2026-11-01'],
  ['Asia/Kolkata', '2026-01-01'],
  ['Asia/Kathmandu', '2026-06-01'],
  // By half an hour.
  ['Australia/Lord_Howe', '2026-04-05'],
  // At midnight, which then does not exist, or comes twice.
  ['America/Santiago', '2026-09-06'],
  ['America/Santiago', '2026-04-05'],
  ['America/Havana', '2025-11-02'],
  ['America/Havana', '2026-03-08'],
  ['Asia/Beirut', '2026-03-29'],
  // A minute after midnight, back into the day before.
  ['America/St_Johns', '2010-11-07'],
  // By two hours.
  ['Antarctica/Troll', '2026-03-29'],
  // A day that there never was.
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kiritimati', '2026-02-01'],
]

const hourMs = 3_600_000
const minutesAround = fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 })

async function addOrganisation(zone: string): Promise<string> {
  const org = newId()
  await asSystem(database.db, (tx) =>
    sql`insert into organisations (id, name, slug, time_zone, created_by) values (${org}, ${org}, ${org}, ${zone}, ${user})`.execute(
      tx,
    ),
  )
  return org
}

const countedAt = (orgId: string, at: Date, index: number): Counted => ({
  ...{ orgId, at, network: index % 3 === 0 ? 'practice' : 'other', topics: [1 + (index % 2)], times: 1 },
  ...{ kind: 'post', initiator: 'customer', labels: labelsOf({ sentiment: ([-1, 0, 1, null] as const)[index % 4]! }) },
})

/** Topic, beginning of the day, and the four counts, as rows in order. */
async function plainDays(tx: Tx, orgId: string, from: Date, to: Date, zone: string): Promise<number[][]> {
  const found = await sql<Record<string, number>>`
    select topic, (extract(epoch from date_trunc('day', at, ${zone})) * 1000)::bigint as at, sum(total)::integer as total, sum(negative)::integer as negative,
        sum(positive)::integer as positive, sum(judged)::integer as judged
      from topic_hours where org_id = ${orgId} and at >= ${from} and at < ${to} group by 1, 2 order by 1, 2`.execute(tx)
  return found.rows.map((row) => Object.values(row))
}

const rowsOf = (points: Points[]): number[][] =>
  points
    .flatMap(({ topic, at, total, negative, positive, judged }) =>
      at.map((moment, place) => [topic, moment, total[place]!, negative[place]!, positive[place]!, judged[place]!]),
    )
    .sort(([topic, at], [otherTopic, otherAt]) => topic! - otherTopic! || at! - otherAt!)

/** The four counts of each topic, all days together. */
function sumsOf(rows: number[][]): Map<number, number[]> {
  const sums = new Map<number, number[]>()
  for (const [topic, , ...counts] of rows)
    sums.set(
      topic!,
      counts.map((count, place) => count + (sums.get(topic!)?.[place] ?? 0)),
    )
  return sums
}

test('days are the sums of their hours, in every zone and after moving to another', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zones),
      fc.constantFrom(...zones),
      fc.array(minutesAround, { minLength: 1, maxLength: 60 }),
      fc.array(fc.tuple(minutesAround, fc.integer({ min: 1, max: 8 * 24 * 60 })), { minLength: 1, maxLength: 4 }),
      async ([zone, around], [next], moments, spans) => {
        const org = await addOrganisation(zone)
        const momentOf = (minutes: number) => new Date(Date.parse(around) + minutes * 60_000)
        await asSystem(database.db, (tx) =>
          addCounts(
            tx,
            moments.map((minutes, index) => countedAt(org, momentOf(minutes), index)),
          ),
        )
        const mustAgree = async (zoneNow: string) => {
          for (const [begin, length] of spans) {
            const [from, to] = [momentOf(begin), momentOf(begin + length)]
            const query = { numbers: [1, 2], from, to, unit: 'day' as const, zone: zoneNow }
            await inOrg(database.db, org, async (tx) => {
              const days = await plainDays(tx, org, from, to, zoneNow)
              const read = await readPoints(tx, org, query)
              expect(rowsOf(read)).toEqual(days)
              const earlier = sumsOf(await plainDays(tx, org, momentOf(begin - length), from, zoneNow))
              for (const { topic, before } of read)
                expect(Object.values(before)).toEqual(earlier.get(topic) ?? [0, 0, 0, 0])
              expect(read.map(({ topic }) => topic)).toEqual(expect.arrayContaining([...earlier.keys()]))
            })
          }
        }
        await mustAgree(zone)
        await inOrg(database.db, org, (tx) =>
          tx.updateTable('organisations').set({ time_zone: next }).where('id', '=', org).execute(),
        )
        await mustAgree(next)
      },
    ),
    { numRuns: 60 },
  )
})

test('what is counted while an organisation moves lies in the days of its new zone', async () => {
  const org = await addOrganisation('Europe/Berlin')
  const at = new Date('2026-06-01T23:30:00Z')
  const writes = Array.from({ length: 8 }, (_, turn) =>
    asSystem(database.db, (tx) => addCounts(tx, [countedAt(org, new Date(at.getTime() + turn * hourMs), turn)])),
  )
  const moves = ['Asia/Tokyo', 'America/Lima', 'Pacific/Auckland'].map((zone) =>
    inOrg(database.db, org, (tx) =>
      tx.updateTable('organisations').set({ time_zone: zone }).where('id', '=', org).execute(),
    ),
  )
  await Promise.all([...writes, ...moves])
  await inOrg(database.db, org, async (tx) => {
    const { time_zone: zone } = await tx.selectFrom('organisations').select('time_zone').executeTakeFirstOrThrow()
    const [from, to] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z')]
    const days = await plainDays(tx, org, from, to, zone)
    expect(days.reduce((sum, [, , total]) => sum + total!, 0)).toBe(8)
    expect(rowsOf(await readPoints(tx, org, { numbers: [1, 2], from, to, unit: 'day', zone }))).toEqual(days)
  })
})

test('topics share one axis, and are 0 where only others were spoken of', () => {
  const of = (topic: number, at: number[], total: number[]): Points => ({
    ...{ topic, at, total },
    ...{ negative: total.map((each) => each - 1), positive: total.map(() => 0), judged: total },
    before: { total: 0, negative: 0, positive: 0, judged: 0 },
  })
  const [one, other] = [of(1, [10, 30], [4, 5]), of(2, [20, 30, 5], [1, 2, 3])]
  const axis = makeAxis([one, other])
  expect(axis.at).toEqual([5, 10, 20, 30])
  expect(axis.spread(one)).toEqual({
    ...{ total: [0, 4, 0, 5], negative: [0, 3, 0, 4], positive: [0, 0, 0, 0], judged: [0, 4, 0, 5] },
  })
  expect(axis.spread(other).total).toEqual([3, 0, 1, 2])
  expect(axis.spread(undefined).total).toEqual([0, 0, 0, 0])
  expect(makeAxis([])).toMatchObject({ at: [] })
})
