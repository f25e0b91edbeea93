// Every click is counted once: in groups, by two processes, with the database away, with an answer that was lost, after a removal.

import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { anOrganisation, quietLog } from '../../../test/world/practice.ts'
import { asSystem, type Db, inOrg } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { addUpClicks } from './add-up.ts'
import { type ClickCounter, type CounterOptions, type Outcome, startCounter } from './click-counter.ts'
import { insertLink, markRemoved } from './store.ts'

let database: TestDatabase
let caller: Caller

beforeAll(async () => {
  database = await testDatabase()
  caller = await anOrganisation(database.db)
})
afterAll(() => database.close())

const stops: (() => Promise<void>)[] = []
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))))

function counting(db: Db, options: CounterOptions = {}, clock = () => new Date()) {
  const counter = asked(
    startCounter({ db, clock, log: quietLog }, { againMs: 10, addUpEveryMs: 3_600_000, ...options }),
  )
  stops.push(() => counter.stop())
  return counter
}

/** A click that can be awaited. */
const asked = ({ click, stop }: ClickCounter) => ({
  click: (...[link, bot]: [link: { orgId: string; id: string }, bot: boolean]) =>
    new Promise<Outcome>((resolve) => click(link, bot, resolve)),
  stop,
})

async function aLink(of = caller) {
  const target = `https://example.org/${crypto.randomUUID()}`
  const link = await inOrg(database.db, of.orgId, (tx) =>
    insertLink(tx, of.orgId, { variantId: null, target, by: of.memberId, at: new Date() }),
  )
  return { orgId: of.orgId, ...link }
}

async function countsOf({ id }: { id: string }) {
  await addUpClicks(database)
  return asSystem(database.db, async (tx) => {
    const hours = await tx
      .selectFrom('link_clicks')
      .select(['hour', 'bot', 'clicks'])
      .where('link_id', '=', id)
      .orderBy('hour')
      .orderBy('bot')
      .execute()
    const totals = await tx.selectFrom('link_totals').selectAll().where('link_id', '=', id).executeTakeFirst()
    const sum = (bot: boolean) => hours.reduce((all, row) => all + (row.bot === bot ? Number(row.clicks) : 0), 0)
    expect([Number(totals?.people ?? 0), Number(totals?.bots ?? 0)]).toEqual([sum(false), sum(true)])
    return { people: sum(false), bots: sum(true), hours }
  })
}

const many = <T>(count: number, work: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => work(at))

test('an answered click is in the database, people and bots apart, by the hour', async () => {
  let now = Date.parse('2026-06-01T10:59:59.999Z')
  const counter = counting(database.db, {}, () => new Date(now))
  const link = await aLink()
  expect(await Promise.all(many(50, (at) => counter.click(link, at % 5 === 0)))).toEqual(many(50, () => 'counted'))
  now += 1
  await counter.click(link, false)
  const { people, bots, hours } = await countsOf(link)
  expect([people, bots]).toEqual([41, 10])
  expect(hours.map((row) => [row.hour.toISOString(), row.bot, Number(row.clicks)])).toEqual([
    ['2026-06-01T10:00:00.000Z', false, 40],
    ['2026-06-01T10:00:00.000Z', true, 10],
    ['2026-06-01T11:00:00.000Z', false, 1],
  ])
})

test('they are added to their links by themselves soon', async () => {
  const counter = counting(database.db, { addUpEveryMs: 20 })
  const link = await aLink()
  await counter.click(link, false)
  const people = () =>
    asSystem(database.db, (tx) =>
      tx.selectFrom('link_totals').select('people').where('link_id', '=', link.id).execute(),
    )
  await expect.poll(people, { timeout: 20_000 }).toEqual([{ people: 1 }])
})

describe('exactly once', () => {
  test('two processes count the same links at the same time', async () => {
    const links = await Promise.all(many(20, () => aLink()))
    const counters = many(2, () => counting(database.db))
    const outcomes = await Promise.all(
      many(4000, async (at) => {
        // In many groups, which meet in the database.
        await new Promise((resolve) => setTimeout(resolve, at % 97))
        return counters[at % 2]!.click(links[(at * 7) % 20]!, at % 3 === 0)
      }),
    )
    expect(new Set(outcomes)).toEqual(new Set(['counted']))
    // First, so that nothing moves between the two tables while they are read.
    await addUpClicks(database)
    const counts = await Promise.all(links.map(countsOf))
    expect(counts.reduce((sum, { people, bots }) => sum + people + bots, 0)).toBe(4000)
    for (const [at, { people, bots }] of counts.entries()) {
      const clicks = many(4000, (n) => n).filter((n) => (n * 7) % 20 === at)
      expect([people, bots]).toEqual([
        clicks.filter((n) => n % 3 !== 0).length,
        clicks.filter((n) => n % 3 === 0).length,
      ])
    }
  })

  test('several add up at the same time what was committed', async () => {
    const link = await aLink()
    const counter = counting(database.db)
    for (let batch = 0; batch < 30; batch++) await counter.click(link, false)
    await Promise.all(many(6, () => addUpClicks(database)))
    expect((await countsOf(link)).people).toBe(30)
  })

  test.each([1, 3])('the answer to a commit is lost, %i times in a row', async (times) => {
    const link = await aLink()
    const lossy = losing(database.db)
    const counter = counting(lossy.db)
    await counter.click(link, false)
    lossy.lose(times)
    // Whether it is counted is not known when people are sent on.
    expect(await counter.click(link, false)).toBe('later')
    const rest = await Promise.all(many(5, () => counter.click(link, false)))
    expect(rest.every((outcome) => outcome === 'later')).toBe(true)
    await expect.poll(async () => (await countsOf(link)).people, { timeout: 20_000 }).toBe(7)
    expect(lossy.left()).toBe(0)
    await expect.poll(() => counter.click(link, false), { timeout: 20_000 }).toBe('counted')
  })

  test('a process that the database does not know any more comes in again', async () => {
    const link = await aLink()
    const counter = counting(database.db)
    await counter.click(link, false)
    await database.db.deleteFrom('click_counters').execute()
    expect(await counter.click(link, false)).toBe('counted')
    expect((await countsOf(link)).people).toBe(2)
  })
})

describe('while the database is away', () => {
  test('nobody waits for it; what was clicked is counted when it is back', async () => {
    const link = await aLink()
    const warnings: string[] = []
    const log = { ...quietLog, warn: (message: string) => void warnings.push(message) }
    const counter = asked(startCounter({ db: database.db, clock: () => new Date(), log }, { againMs: 20 }))
    stops.push(() => counter.stop())
    await counter.click(link, false)
    await closed(database, async () => {
      for (let at = 0; at < 40; at++) expect(await counter.click(link, at % 2 === 0)).toBe('later')
    })
    await expect.poll(() => counter.click(link, false), { timeout: 30_000 }).toBe('counted')
    const { people, bots } = await countsOf(link)
    expect(bots).toBe(20)
    expect(people).toBeGreaterThanOrEqual(22)
    expect(warnings.filter((text) => text.startsWith('Clicks are counted later'))).toHaveLength(1)
  })

  test('a database that is slow is not waited for either', async () => {
    const link = await aLink()
    const counter = counting(database.db, { patienceMs: 50 })
    await counter.click(link, false)
    let release = () => {}
    const locked = new Promise<void>((resolve) => (release = resolve))
    let begun = () => {}
    const holding = new Promise<void>((resolve) => (begun = resolve))
    const holder = asSystem(database.db, async (tx) => {
      await tx.selectFrom('click_counters').select('id').forUpdate().execute()
      begun()
      await locked
    })
    await holding
    expect(await counter.click(link, false)).toBe('later')
    release()
    await holder
    await expect.poll(async () => (await countsOf(link)).people, { timeout: 20_000 }).toBe(2)
  })

  test('a process that stops tells how many it could not count', async () => {
    const link = await aLink()
    const errors: unknown[] = []
    const log = { ...quietLog, error: (message: string, facts?: object) => void errors.push({ message, ...facts }) }
    const counter = asked(
      startCounter({ db: database.db, clock: () => new Date(), log }, { againMs: 10, stopWithinMs: 50 }),
    )
    await counter.click(link, false)
    await closed(database, async () => {
      await counter.click(link, false)
      await counter.stop()
    })
    expect(errors).toEqual([{ message: 'Clicks could not be counted before Longrun stopped', clicks: 1 }])
  })
})

test('a link that is removed counts no more, also in a process that knew it', async () => {
  const [kept, gone] = [await aLink(), await aLink()]
  let told = 0
  const counter = counting(database.db, { removed: () => void told++ })
  await counter.click(gone, false)
  told = 0
  await remove(gone)
  expect(await Promise.all([counter.click(kept, false), counter.click(gone, false)])).toEqual(['counted', 'gone'])
  expect(told).toBe(1)
  expect((await countsOf(gone)).people).toBe(1)
  expect((await countsOf(kept)).people).toBe(1)
})

test('what was answered while a link was being removed is counted', async () => {
  const link = await aLink()
  const counter = counting(database.db)
  await counter.click(link, false)
  await inOrg(database.db, link.orgId, async (tx) => {
    const before = new Date(Date.now() - 60_000)
    await markRemoved(tx, link.orgId, link.id, { by: caller.memberId, at: before })
    expect(await counter.click(link, false)).toBe('counted')
  })
  expect(await counter.click(link, false)).toBe('gone')
  expect((await countsOf(link)).people).toBe(2)
})

test('a link whose organisation is gone stops nobody else', async () => {
  const other = await anOrganisation(database.db, 'Short-lived')
  const [gone, kept] = [await aLink(other), await aLink()]
  const counter = counting(database.db)
  await Promise.all([counter.click(gone, false), counter.click(kept, false)])
  await asSystem(database.db, (tx) => tx.deleteFrom('links').where('id', '=', gone.id).execute())
  expect((await countsOf(kept)).people).toBe(1)
  expect((await countsOf(gone)).people).toBe(0)
})

const remove = (link: { orgId: string; id: string }) =>
  inOrg(database.db, link.orgId, (tx) => markRemoved(tx, link.orgId, link.id, { by: caller.memberId, at: new Date() }))

/** The same database, whose commits go through while their answers get lost. */
function losing(db: Db) {
  let left = 0
  const transaction = () => ({
    execute: async (work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => {
      const result = await db.transaction().execute(work)
      if (left > 0) {
        left--
        throw new Error('Connection terminated unexpectedly')
      }
      return result
    },
  })
  const lossy = new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return transaction
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const lose = (times: number) => {
    left = times
  }
  return { db: lossy, lose, left: () => left }
}

/** Every connection is cut, and no new one is accepted, until `work` is done. */
async function closed({ connection }: TestDatabase, work: () => Promise<void>): Promise<void> {
  const admin = new pg.Client({ ...connection, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`alter database ${connection.database} allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      connection.database,
    ])
    await work()
  } finally {
    await admin.query(`alter database ${connection.database} allow_connections true`)
    await admin.end()
  }
}
