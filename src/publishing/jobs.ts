// Background work of publishing. Delivery is not among it: the calendar row is the only clock (see delivery/worker.ts).

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { announceTroubledPosts } from './announce.ts'
import { forgetSenders } from './briefs/visitors.ts'
import { warnOfMaterial } from './briefs/warn.ts'
import { endOverdueHolds } from './holds/end-hold.ts'
import { addUpClicks } from './links/add-up.ts'
import { warnOfLatePosts } from './media-uses/warn.ts'
import { readNumbers } from './numbers.ts'
import { forgetOldMarks } from './similar/guard.ts'
import { warnOfStock } from './stock/warn.ts'
import { unparkPosts } from './unpark.ts'
import { resumeWithdrawals, withdrawAccount, workOnAccount } from './withdrawals/work.ts'

const everyMinute = {
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
} as const

export const publishingJobs: Job<Services, unknown>[] = [
  { ...everyMinute, name: 'publishing.read-numbers', run: async (services) => void (await readNumbers(services)) },
  { ...everyMinute, name: 'publishing.end-holds', run: async (services) => void (await endOverdueHolds(services)) },
  {
    ...everyMinute,
    name: 'publishing.resume-withdrawals',
    run: async (services) => void (await resumeWithdrawals(services)),
  },
  {
    ...withdrawAccount,
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 4,
    once: true,
    run: async (services, payload) => void (await workOnAccount(services, withdrawAccount.payload.parse(payload))),
  },
  { ...everyMinute, name: 'publishing.unpark', run: async (services) => void (await unparkPosts(services)) },
  { ...everyMinute, name: 'publishing.add-up-clicks', run: (services) => addUpClicks(services) },
  {
    ...everyMinute,
    name: 'publishing.announce',
    run: async (services) => void (await announceTroubledPosts(services)),
  },
  {
    ...everyMinute,
    name: 'publishing.warn-of-late-media',
    cron: '35 4 * * *',
    run: async (services) => void (await warnOfLatePosts(services)),
  },
  {
    ...everyMinute,
    name: 'publishing.warn-of-stock',
    cron: '*/10 * * * *',
    run: async (services) => void (await warnOfStock(services)),
  },
  {
    ...everyMinute,
    name: 'publishing.warn-of-material',
    cron: '20 * * * *',
    run: async (services) => void (await warnOfMaterial(services)),
  },
  {
    ...everyMinute,
    name: 'publishing.forget-senders',
    cron: '*/10 * * * *',
    run: async (services) => void (await forgetSenders(services)),
  },
  {
    ...everyMinute,
    name: 'publishing.forget-marks',
    cron: '40 3 * * *',
    run: async (services) => void (await forgetOldMarks(services)),
  },
]
