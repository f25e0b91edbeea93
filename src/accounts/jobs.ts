// Background work of accounts: renewing, announcing, checking, and reading sources.

import { z } from 'zod'
import { asSystem } from '../db/tx.ts'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { pullDueSources } from './sources.ts'
import { announceTrouble, checkAccounts, renewExpiring } from './upkeep.ts'

/** A job that the clock starts; what one run leaves undone, the next one finds. */
const timer = (name: string, cron: string, run: (services: Services) => Promise<void>): Job<Services, unknown> => ({
  name,
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron,
  once: true,
  run: (services) => run(services),
})

const dayMs = 24 * 3600_000

export const accountJobs: Job<Services, unknown>[] = [
  timer('accounts.renew', '* * * * *', renewExpiring),
  timer('accounts.announce', '* * * * *', announceTrouble),
  timer('accounts.check', '*/10 * * * *', checkAccounts),
  timer('accounts.pull-sources', '* * * * *', pullDueSources),
  timer('accounts.forget-attempts', '23 * * * *', async ({ db, clock }) => {
    await asSystem(db, (tx) =>
      tx
        .deleteFrom('connection_attempts')
        .where('created_at', '<', new Date(clock().getTime() - dayMs))
        .execute(),
    )
  }),
]
