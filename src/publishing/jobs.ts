// Background work of publishing. Delivery is not among it: the calendar row is the only clock (see delivery/worker.ts).

import { type Job, timer } from '../lib/queue.ts'
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

const everyMinute = '* * * * *'

export const publishingJobs: Job<Services, unknown>[] = [
  timer('publishing.read-numbers', everyMinute, readNumbers),
  timer('publishing.end-holds', everyMinute, endOverdueHolds),
  timer('publishing.resume-withdrawals', everyMinute, resumeWithdrawals),
  {
    ...withdrawAccount,
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 4,
    once: true,
    run: async (services, payload) => void (await workOnAccount(services, withdrawAccount.payload.parse(payload))),
  },
  timer('publishing.unpark', everyMinute, unparkPosts),
  timer('publishing.add-up-clicks', everyMinute, addUpClicks),
  timer('publishing.announce', everyMinute, announceTroubledPosts),
  timer('publishing.warn-of-late-media', '35 4 * * *', warnOfLatePosts),
  timer('publishing.warn-of-stock', '*/10 * * * *', warnOfStock),
  timer('publishing.warn-of-material', '20 * * * *', warnOfMaterial),
  timer('publishing.forget-senders', '*/10 * * * *', forgetSenders),
  timer('publishing.forget-marks', '40 3 * * *', forgetOldMarks),
]
