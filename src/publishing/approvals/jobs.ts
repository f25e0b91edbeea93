// Background work of approval: every minute what is due, letters to people outside, and another look when lanes have changed.

import type { z } from 'zod'
import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { reviewAllAgain } from './again.ts'
import { reviewAgainJob } from './lanes.ts'
import { reviewMail, writeReviewMail } from './links.ts'
import { tendRequests, tendSoon } from './tend.ts'

export const approvalsJobs = [
  timer('approvals.tend', '* * * * *', tendRequests),
  {
    ...{ ...reviewAgainJob, retries: { limit: 5, delaySeconds: 5 }, concurrency: 1, once: true as const },
    run: async (services: Services, { orgId }: z.infer<typeof reviewAgainJob.payload>) => {
      await reviewAllAgain(services, orgId)
      await tendSoon(services, 'org_id', orgId)
    },
  },
  {
    ...{ ...reviewMail, retries: { limit: 8, delaySeconds: 30 }, concurrency: 2 },
    run: writeReviewMail,
  },
] as Job<Services, unknown>[]
