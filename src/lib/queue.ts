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
  run(services: Services, payload: Payload): Promise<void>
}

/** Work that the clock alone begins, in one process at a time. What fails is begun again at its next time, unless `retries` says sooner. */
export const timer = <Services>(
  name: string,
  cron: string,
  run: (services: Services) => Promise<unknown>,
  retries: Job<Services, unknown>['retries'] = { limit: 0, delaySeconds: 60 },
): Job<Services, unknown> => ({
  ...{ name, cron, retries, payload: z.unknown(), concurrency: 1, once: true },
  run: async (services) => void (await run(services)),
})

type Sendable<Payload> = Pick<Job<never, Payload>, 'name' | 'payload'>

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
  await declare(boss, declared)
  await grant(owner)
  return {
    async send(db, job, payload, { startAfter, key } = {}) {
      const parsed = job.payload.parse(payload) as object
      await boss.send(job.name, parsed, {
        db: fromKysely(db as Parameters<typeof fromKysely>[0]),
        ...(startAfter ? { startAfter } : {}),
        ...(key ? { singletonKey: key } : {}),
      })
    },
    async work(services, jobs) {
      for (const job of jobs) {
        await boss.work(job.name, { localConcurrency: job.concurrency, pollingIntervalSeconds: 1 }, async ([each]) => {
          if (each) await job.run(services, job.payload.parse(each.data ?? {}))
        })
        if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' })
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

async function declare(boss: PgBoss, jobs: Job<never, unknown>[]): Promise<void> {
  const known = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const job of jobs) {
    const { limit: retryLimit, delaySeconds: retryDelay } = job.retries
    const silence = job.silentSeconds ? { heartbeatSeconds: job.silentSeconds } : {}
    const retry = { retryLimit, retryDelay, retryBackoff: true, ...silence }
    if (known.has(job.name)) await boss.updateQueue(job.name, retry)
    else await boss.createQueue(job.name, { ...retry, policy: job.once ? 'short' : 'standard' })
  }
}

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
