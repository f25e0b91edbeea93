// Background work of campaigns: their days, and the crossing points that read the log.

import { z } from 'zod'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { fireCrossings } from '../crossings/fire.ts'
import { crossEvents } from '../crossings/hurry.ts'
import { runCampaignClock } from './clock.ts'

const campaignClock: Job<Services, unknown> = {
  name: 'publishing.campaign-clock',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services) => void (await runCampaignClock(services)),
}

const crossing: Job<Services, z.infer<typeof crossEvents.payload>> = {
  ...crossEvents,
  retries: { limit: 3, delaySeconds: 5 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services, { orgId }) => void (await fireCrossings(services, orgId)),
}

export const campaignJobs = [campaignClock, crossing]
