// Every job and every timer on one page. Longrun refuses to start when a job is named twice.

import { accountJobs } from './accounts/jobs.ts'
import { eventsJobs } from './events/jobs.ts'
import { inboxJobs } from './inbox/jobs.ts'
import type { Job } from './lib/queue.ts'
import { alertsJobs } from './listening/alerts/jobs.ts'
import { listeningBriefsJobs } from './listening/briefs/jobs.ts'
import { listeningJobs } from './listening/jobs.ts'
import { labelsJobs } from './listening/labels/jobs.ts'
import { mediaJobs } from './media/jobs.ts'
import { peopleJobs } from './people/jobs.ts'
import { programmeJobs } from './programme/jobs.ts'
import { approvalsJobs } from './publishing/approvals/jobs.ts'
import { campaignJobs } from './publishing/campaigns/jobs.ts'
import { importsJobs } from './publishing/imports/jobs.ts'
import { publishingJobs } from './publishing/jobs.ts'
import { lettersJobs } from './publishing/letters/jobs.ts'
import { seriesJobs } from './publishing/series/jobs.ts'
import type { Services } from './services.ts'

/** Delivery of posts is not here: it follows the calendar rows alone (publishing/delivery/worker.ts). */
export const jobs: Job<Services, unknown>[] = distinct([
  ...peopleJobs,
  ...eventsJobs,
  ...accountJobs,
  ...mediaJobs,
  ...publishingJobs,
  ...lettersJobs,
  ...approvalsJobs,
  ...seriesJobs,
  ...importsJobs,
  ...campaignJobs,
  ...listeningJobs,
  ...labelsJobs,
  ...alertsJobs,
  ...listeningBriefsJobs,
  ...inboxJobs,
  ...programmeJobs,
])

function distinct(all: Job<Services, unknown>[]): Job<Services, unknown>[] {
  const twice = all.find((job, index) => all.findIndex((other) => other.name === job.name) !== index)
  if (twice) throw new Error(`The job ${twice.name} has two handlers.`)
  return all
}
