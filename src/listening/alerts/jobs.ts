// The timer of alerts.

import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { watchSpikes } from './watch-spikes.ts'

export const alertsJobs: Job<Services, unknown>[] = [timer('listening.watch-spikes', '* * * * *', watchSpikes)]
