// Every job and timer of the programme.

import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { chooseJob } from './choices/job.ts'
import { makeChoice } from './choices/work.ts'
import { askToRenew } from './commitments/actions.ts'
import { openAllGates } from './competencies/climb.ts'
import { tellEndingCertificates } from './competencies/people/certify.ts'
import { readGoals } from './goals/note-readings.ts'
import { watchGuards } from './guards/watch.ts'
import { tellDueProcesses } from './processes/tell-due.ts'
import { checkStops } from './reviews/check-stops.ts'
import { makeMonthlyReviews } from './reviews/make-review.ts'
import { keepSessions } from './sessions/upkeep.ts'

/** A process that is killed takes a try too; the next one begins when its lease is over. */
const choose: Job<Services, unknown> = {
  ...chooseJob,
  retries: { limit: 10, delaySeconds: 5 },
  silentSeconds: 20,
  concurrency: 1,
  run: (services, payload) => makeChoice(services, chooseJob.payload.parse(payload)),
}

export const programmeJobs: Job<Services, unknown>[] = [
  timer('programme.read-goals', '40 3 * * *', readGoals, { limit: 3, delaySeconds: 600 }),
  timer('programme.watch-guards', '20 4 * * *', watchGuards, { limit: 3, delaySeconds: 600 }),
  choose,
  timer('programme.review-lines', '10 4 * * *', makeMonthlyReviews, { limit: 3, delaySeconds: 600 }),
  timer('programme.check-stops', '20 4 * * *', checkStops, { limit: 3, delaySeconds: 600 }),
  timer('programme.ask-to-renew', '30 6 * * *', askToRenew, { limit: 3, delaySeconds: 600 }),
  timer('programme.tell-ending-certificates', '50 6 * * *', tellEndingCertificates, { limit: 3, delaySeconds: 600 }),
  timer('programme.tell-due-processes', '20 6 * * *', tellDueProcesses, { limit: 3, delaySeconds: 600 }),
  timer('programme.open-gates', '10 4 * * *', openAllGates, { limit: 3, delaySeconds: 600 }),
  // Absences, ceilings and plans change sessions at any time, and days begin at another hour elsewhere. It looks at what is due alone.
  timer('programme.keep-sessions', '* * * * *', keepSessions),
]
