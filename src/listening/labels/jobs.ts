// The job that learns from coded texts: after a set is finished, and every day, since texts expire and the model may be a newer one.

import { z } from 'zod'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'

/** Without an organisation: all that have coded something. */
const payload = z.object({ orgId: z.uuid().optional() })

export const learnLabels: Job<Services, z.infer<typeof payload>> = {
  name: 'listening.learn-labels',
  payload,
  retries: { limit: 3, delaySeconds: 60 },
  concurrency: 1,
  cron: '17 4 * * *',
  async run(services, { orgId }) {
    const { learnFromCodedTexts } = await import('./learn.ts')
    await learnFromCodedTexts(services, orgId)
  },
}

export const labelsJobs = [learnLabels] as Job<Services, unknown>[]
