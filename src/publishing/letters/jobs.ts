// Background work of newsletters: sending what is due, asking to confirm, forgetting what was never confirmed.

import type { z } from 'zod'
import { asSystem } from '../../db/tx.ts'
import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { askedKeptMs } from './rules.ts'
import { sendDueLetters } from './send-letters.ts'
import { forgetUnconfirmed } from './store-subscribers.ts'
import { writeConfirmation } from './subscribe.ts'
import { confirmationMail, sendLetters } from './types.ts'

/** The rows say what is due; the job only brings it to mind. What one run does not come to, the next one does at once. */
const sendJob: Job<Services, z.infer<typeof sendLetters.payload>> = {
  ...sendLetters,
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services) => {
    if (await sendDueLetters(services)) await services.queue.send(services.db, sendLetters, {}, { key: 'now' })
  },
}

const confirmationJob: Job<Services, z.infer<typeof confirmationMail.payload>> = {
  ...confirmationMail,
  retries: { limit: 8, delaySeconds: 30 },
  concurrency: 2,
  run: (services, payload) => writeConfirmation(services, payload),
}

const forgetJob = timer(
  'letters.forget-unconfirmed',
  '17 4 * * *',
  ({ db, clock }: Services) => asSystem(db, (tx) => forgetUnconfirmed(tx, new Date(clock().getTime() - askedKeptMs))),
  { limit: 3, delaySeconds: 60 },
)

export const lettersJobs = [sendJob, confirmationJob, forgetJob]
