// Every timer of the programme.

import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { askToRenew } from './commitments/actions.ts'
import { openAllGates } from './competencies/climb.ts'
import { readGoals } from './goals/actions.ts'

export const programmeJobs: Job<Services, unknown>[] = [
  timer('programme.read-goals', '40 3 * * *', readGoals, { limit: 3, delaySeconds: 600 }),
  timer('programme.ask-to-renew', '30 6 * * *', askToRenew, { limit: 3, delaySeconds: 600 }),
  timer('programme.open-gates', '10 4 * * *', openAllGates, { limit: 3, delaySeconds: 600 }),
]
