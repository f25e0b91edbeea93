// Timers of listening.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { nameAuthors } from './authors/names.ts'
import { scoreAllAuthors } from './authors/score.ts'
import { expireAuthors } from './authors/upkeep.ts'
import { expireMentions, prepareMonths, tidyReaders } from './mentions/upkeep.ts'
import { expireByRules } from './retention/actions.ts'

const nothing = z.object({})
const retries = { limit: 3, delaySeconds: 60 }

export const listeningJobs: Job<Services, unknown>[] = [
  {
    name: 'listening.prepare-months',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '11 3 * * *',
    once: true,
    run: (services) => prepareMonths(services),
  },
  {
    name: 'listening.expire-mentions',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '23 * * * *',
    once: true,
    run: async (services) => {
      await expireMentions(services)
      await expireByRules(services)
      await expireAuthors(services)
    },
  },
  {
    name: 'listening.tidy-readers',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '41 * * * *',
    once: true,
    run: (services) => tidyReaders(services),
  },
  {
    name: 'listening.name-authors',
    payload: nothing,
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '* * * * *',
    once: true,
    run: async (services) => void (await nameAuthors(services)),
  },
  {
    name: 'listening.score-authors',
    payload: nothing,
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '37 * * * *',
    once: true,
    run: async (services) => void (await scoreAllAuthors(services)),
  },
]
