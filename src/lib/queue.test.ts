// The queue writes what differs and nothing else, begins what is sent soon, and looks less often for what the clock alone begins.

import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { quietLog } from '../../test/world/practice.ts'
import { type Job, openQueue, type Queue, timer } from './queue.ts'

let database: TestDatabase
const open: Queue[] = []
beforeAll(async () => {
  database = await testDatabase()
})
afterEach(async () => {
  for (const queue of open.splice(0)) await queue.stop()
})
afterAll(() => database.close())

const done: string[] = []
type AnyJob = Job<object, unknown>
const aJob = (name: string, more: Partial<AnyJob> = {}): AnyJob => ({
  name,
  payload: z.object({ what: z.string() }),
  retries: { limit: 3, delaySeconds: 5 },
  concurrency: 1,
  run: async (_, payload) => void done.push((payload as { what: string }).what),
  ...more,
})

/** `asked` sees each statement. */
async function opened(jobs: AnyJob[], asked: (statement: string) => void = () => {}): Promise<Queue> {
  const query = (text: string, values?: unknown[]) => {
    asked(JSON.stringify([text, values]))
    return database.owner.query(text, values)
  }
  const queue = await openQueue({ query } as Pool, jobs as Job<never, unknown>[], quietLog)
  open.push(queue)
  return queue
}

/** Each with the transaction that wrote it last. */
const rowsOf = async (table: 'queue' | 'schedule', part: string) =>
  (
    await database.owner.query(
      `select *, xmin::text as written from pgboss.${table} where name like $1 order by name`,
      [`${part}.%`],
    )
  ).rows

test('of a hundred jobs a start makes those that are missing, changes those that differ, and leaves the others', async () => {
  const jobs = Array.from({ length: 100 }, (_, index) => aJob(`many.job-${index}`, index % 2 ? { once: true } : {}))
  await opened(jobs)
  const made = await rowsOf('queue', 'many')
  expect(made).toHaveLength(100)
  expect(made.find(({ name }) => name === 'many.job-1')).toMatchObject({
    policy: 'short',
    retry_limit: 3,
    retry_delay: 5,
  })
  expect(made.find(({ name }) => name === 'many.job-2')).toMatchObject({ policy: 'standard', retry_backoff: true })
  const other = { retries: { limit: 9, delaySeconds: 60 }, silentSeconds: 20 }
  const changed = jobs.map((job) => (job.name === 'many.job-40' ? { ...job, ...other } : job))
  await opened([...changed, aJob('many.new')])
  const after = await rowsOf('queue', 'many')
  const names = after.filter((row) => !made.some((old) => old.name === row.name && old.written === row.written))
  expect(names.map(({ name }) => name)).toEqual(['many.job-40', 'many.new'])
  expect(names[0]).toMatchObject({ retry_limit: 9, retry_delay: 60, heartbeat_seconds: 20 })
})

test('a start that finds everything as it should be asks little, however many jobs there are', async () => {
  const jobs = Array.from({ length: 100 }, (_, index) => aJob(`little.job-${index}`))
  await opened(jobs)
  const asked: string[] = []
  await opened(jobs, (statement) => asked.push(statement))
  expect(asked.length).toBeLessThan(20)
  expect(asked.filter((statement) => /create_queue\('little|update pgboss\.queue/i.test(statement))).toEqual([])
})

test('times are written where they differ', async () => {
  const at = (cron: string) => [
    timer('times.one', cron, async () => {}),
    timer('times.two', '5 4 1 1 *', async () => {}),
  ]
  await (await opened(at('1 2 3 4 *'))).work({}, at('1 2 3 4 *'))
  const before = await rowsOf('schedule', 'times')
  expect(before).toMatchObject([
    { name: 'times.one', cron: '1 2 3 4 *', timezone: 'UTC' },
    { name: 'times.two', cron: '5 4 1 1 *', timezone: 'UTC' },
  ])
  await (await opened(at('2 2 3 4 *'))).work({}, at('2 2 3 4 *'))
  const after = await rowsOf('schedule', 'times')
  expect(after[0]).toMatchObject({ name: 'times.one', cron: '2 2 3 4 *' })
  expect(after[1].written).toBe(before[1].written)
})

test('what is sent is begun soon; a queue of the clock alone is looked at less often', async () => {
  const sent = aJob('looks.sent')
  const jobs: AnyJob[] = [sent, timer('looks.clock', '5 4 1 1 *', async () => {})]
  const looks = { sent: 0, clock: 0 }
  const queue = await opened(jobs, (statement) => {
    if (statement.includes('skip locked') || statement.includes('SKIP LOCKED'))
      for (const name of ['sent', 'clock'] as const) if (statement.includes(`looks.${name}`)) looks[name] += 1
  })
  await queue.work({}, jobs)
  await queue.send(database.db, sent, { what: 'first' })
  await expect.poll(() => done, { timeout: 10_000 }).toContain('first')
  await expect.poll(() => looks.sent, { timeout: 20_000 }).toBeGreaterThan(3)
  await expect(queue.send(database.db, jobs[1]!, {})).rejects.toThrow(/looks\.clock is a timer/)
  expect(looks.clock).toBeGreaterThan(0)
  expect(looks.clock).toBeLessThan(looks.sent)
})
