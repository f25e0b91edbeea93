// Background work of campaigns: their days, and the crossing points that read the log.

import type { z } from 'zod'
import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { fireCrossings } from '../crossings/fire.ts'
import { crossEvents } from '../crossings/hurry.ts'
import { runCampaignClock } from './clock.ts'

const campaignClock = timer('publishing.campaign-clock', '* * * * *', runCampaignClock)

const crossing: Job<Services, z.infer<typeof crossEvents.payload>> = {
  ...crossEvents,
  retries: { limit: 3, delaySeconds: 5 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services, { orgId }) => void (await fireCrossings(services, orgId)),
}

export const campaignJobs = [campaignClock, crossing]
