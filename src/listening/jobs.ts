// Timers of listening.

import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { nameAuthors } from './authors/names.ts'
import { scoreAllAuthors } from './authors/score.ts'
import { expireAuthors } from './authors/upkeep.ts'
import { handOnByRules } from './handing-on/by-topic/actions.ts'
import { expireMentions, prepareMonths, tidyReaders } from './mentions/upkeep.ts'
import { expireByRules } from './retention/actions.ts'

const retries = { limit: 3, delaySeconds: 60 }

export const listeningJobs: Job<Services, unknown>[] = [
  timer('listening.prepare-months', '11 3 * * *', prepareMonths, retries),
  timer('listening.expire-mentions', '23 * * * *', expireAll, retries),
  timer('listening.tidy-readers', '41 * * * *', tidyReaders, retries),
  timer('listening.hand-on', '* * * * *', handOnByRules),
  timer('listening.name-authors', '* * * * *', nameAuthors),
  timer('listening.score-authors', '37 * * * *', scoreAllAuthors),
]

async function expireAll(services: Services): Promise<void> {
  await expireMentions(services)
  await expireByRules(services)
  await expireAuthors(services)
}
