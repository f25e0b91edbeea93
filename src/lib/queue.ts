// Background jobs: pg-boss behind the few words that Longrun uses. A job is enqueued in the transaction that writes its reason.

import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import { type ZodType, z } from 'zod'
import type { Log } from './log.ts'

/** One kind of background work. `run` may be called twice for the same payload: after a crash nobody knows how far it came. */
export interface Job<Services, Payload> {
  /** `domain.verb` */
  name: string
  payload: ZodType<Payload>
  retries: { limit: number; delaySeconds: number }
  /** Runs at the same time in one process. */
  concurrency: number
  /** Cron expression in UTC: the job starts by the clock with an empty payload. */
  cron?: string
  /** Long work: a process that is silent for so long is dead, and another one begins it again. At least 10. */
  silentSeconds?: number
  /** While one with the same key waits, no second one is added. */
  once?: true
  /** Nobody but the clock begins it: its queue is looked at less often. */
  byClockAlone?: true
  run(services: Services, payload: Payload): Promise<void>
}

/** Work that the clock alone begins, in one process at a time. What fails is begun again at its next time, unless `retries` says sooner. */
export const timer = <Services>(
  name: string,
  cron: string,
  run: (services: Services) => Promise<unknown>,
  retries: Job<Services, unknown>['retries'] = { limit: 0, delaySeconds: 60 },
): Job<Services, unknown> => ({
  ...{ name, cron, retries, payload: z.unknown(), concurrency: 1, once: true, byClockAlone: true },
  run: async (services) => void (await run(services)),
})

type Sendable<Payload> = Pick<Job<never, Payload>, 'name' | 'payload' | 'byClockAlone'>

export interface Queue {
  /** `db` is the transaction that writes the reason. `key` matters for jobs with `once`. */
  send<Payload>(
    db: Kysely<never> | object,
    job: Sendable<Payload>,
    payload: Payload,
    options?: { startAfter?: Date; key?: string },
  ): Promise<void>
  /** Starts to work. The queues of all jobs must exist before anything is sent: `declare` does that. */
  work<Services>(services: Services, jobs: Job<Services, unknown>[]): Promise<void>
  stop(): Promise<void>
}

const schema = 'pgboss'

/** The clock itself is looked at every ten seconds, and most queues belong to it: asked each second they kept an idle server busy. */
const lookSeconds = ({ byClockAlone }: Job<never, unknown>): number => (byClockAlone ? 5 : 1)

/** `owner` owns the queue's tables; Longrun's application role is granted what sending inside its transactions needs. */
export async function openQueue(owner: Pool, declared: Job<never, unknown>[], log: Log): Promise<Queue> {
  const boss = new PgBoss({
    schema,
    db: { executeSql: (text, values) => owner.query(text, values as unknown[]) },
    persistWarnings: false,
    cronMonitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.warn('The queue had a problem', { error }))
  await boss.start()
  await declare(boss, owner, declared)
  await grant(owner)
  return {
    async send(db, job, payload, { startAfter, key } = {}) {
      // Nothing would come of it for a while, and whoever waits for it would not know why.
      if (job.byClockAlone) throw new Error(`${job.name} is a timer: the clock begins it, and nobody sends it.`)
      const parsed = job.payload.parse(payload) as object
      await boss.send(job.name, parsed, {
        db: fromKysely(db as Parameters<typeof fromKysely>[0]),
        ...(startAfter ? { startAfter } : {}),
        ...(key ? { singletonKey: key } : {}),
      })
    },
    async work(services, jobs) {
      for (const job of jobs) {
        const pollingIntervalSeconds = lookSeconds(job as Job<never, unknown>)
        await boss.work(job.name, { localConcurrency: job.concurrency, pollingIntervalSeconds }, async ([each]) => {
          if (each) await job.run(services, job.payload.parse(each.data ?? {}))
        })
      }
      await setTimes(boss, jobs)
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

/** Looks at all of them at once and writes what differs: a start would write a hundred rows anew that say what they said before. */
async function declare(boss: PgBoss, owner: Pool, jobs: Job<never, unknown>[]): Promise<void> {
  const known = new Map((await boss.getQueues(jobs.map(({ name }) => name))).map((queue) => [queue.name, queue]))
  const missing: { name: string; options: object }[] = []
  for (const job of jobs) {
    const { limit: retryLimit, delaySeconds: retryDelay } = job.retries
    const silence = job.silentSeconds ? { heartbeatSeconds: job.silentSeconds } : {}
    const settings = { retryLimit, retryDelay, retryBackoff: true, ...silence }
    const queue = known.get(job.name)
    if (!queue) missing.push({ name: job.name, options: { ...settings, policy: job.once ? 'short' : 'standard' } })
    else if (!isMatch(queue, settings)) await boss.updateQueue(job.name, settings)
  }
  if (missing.length === 0) return
  // The function that creating one calls, for all of them; in one order, so that of two processes one waits for the other.
  await owner.query(
    `select ${schema}.create_queue(name, options) from jsonb_to_recordset($1) as missing(name text, options jsonb) order by name`,
    [JSON.stringify(missing)],
  )
}

async function setTimes<Services>(boss: PgBoss, jobs: Job<Services, unknown>[]): Promise<void> {
  const known = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule]))
  for (const { name, cron } of jobs) {
    const wanted = { cron, timezone: 'UTC' }
    if (cron && !isMatch(known.get(name) ?? {}, wanted)) await boss.schedule(name, cron, {}, { tz: 'UTC' })
  }
}

const isMatch = (has: object, wanted: object): boolean =>
  Object.entries(wanted).every(([key, value]) => (has as Record<string, unknown>)[key] === value)

/** One process at a time: of two that grant the same at the same moment PostgreSQL would end one with an error. */
async function grant(owner: Pool): Promise<void> {
  await owner.query(`do $$ begin
    perform pg_advisory_xact_lock(hashtextextended('grants of the queue', 0));
    if exists (select from pg_roles where rolname = 'longrun_app') then
      grant usage on schema ${schema} to longrun_app;
      grant select, insert, update, delete on all tables in schema ${schema} to longrun_app;
      grant execute on all functions in schema ${schema} to longrun_app;
    end if;
  end $$`)
}
