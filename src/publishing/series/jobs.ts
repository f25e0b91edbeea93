// Background work of series: occurrences are made ahead of their time.

import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { makeSeries } from './jobs-asked.ts'
import { makeDueOccurrences } from './make-occurrences.ts'

const retries = { limit: 3, delaySeconds: 60 }

export const seriesJobs: Job<Services, unknown>[] = [
  timer('publishing.make-occurrences', '* * * * *', makeDueOccurrences, retries),
  {
    ...{ ...makeSeries, retries, concurrency: 2, once: true as const },
    run: async (services, payload) =>
      void (await makeDueOccurrences(services, makeSeries.payload.parse(payload).seriesId)),
  },
]
