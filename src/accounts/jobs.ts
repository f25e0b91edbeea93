// Background work of accounts: renewing, announcing, checking, and reading sources.

import { asSystem } from '../db/tx.ts'
import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { forgetOldHistory, readHistories } from './history/read-histories.ts'
import { pullDueSources } from './sources.ts'
import { announceTrouble, checkAccounts, renewExpiring } from './upkeep.ts'

const dayMs = 24 * 3600_000

export const accountJobs: Job<Services, unknown>[] = [
  timer('accounts.renew', '* * * * *', renewExpiring),
  timer('accounts.announce', '* * * * *', announceTrouble),
  timer('accounts.check', '*/10 * * * *', checkAccounts),
  timer('accounts.pull-sources', '* * * * *', pullDueSources),
  timer('accounts.read-histories', '* * * * *', (services) => readHistories(services)),
  timer('accounts.forget-old-history', '53 3 * * *', forgetOldHistory),
  timer('accounts.forget-attempts', '23 * * * *', async ({ db, clock }) => {
    await asSystem(db, (tx) =>
      tx
        .deleteFrom('connection_attempts')
        .where('created_at', '<', new Date(clock().getTime() - dayMs))
        .execute(),
    )
  }),
]
