// Background work of people: letters, and sweeping what has run out.

import { z } from 'zod'
import { asSystem } from '../db/tx.ts'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { keptForMs } from './idempotency.ts'
import { invitationMail, passwordResetMail, writeInvitation, writePasswordReset } from './mails.ts'
import { deleteOldKeys } from './store-tokens.ts'
import { deleteExpired } from './store-users.ts'

const letter = { retries: { limit: 8, delaySeconds: 30 }, concurrency: 2 }
const nothing = z.object({})

export const sendInvitation: Job<Services, z.infer<typeof invitationMail.payload>> = {
  ...invitationMail,
  ...letter,
  run: writeInvitation,
}

export const sendPasswordResetMail: Job<Services, z.infer<typeof passwordResetMail.payload>> = {
  ...passwordResetMail,
  ...letter,
  run: writePasswordReset,
}

export const sweepKeys: Job<Services, Record<never, never>> = {
  name: 'people.sweep-keys',
  payload: nothing,
  retries: { limit: 2, delaySeconds: 60 },
  concurrency: 1,
  cron: '17 * * * *',
  once: true,
  run: ({ db, clock }) =>
    asSystem(db, (tx) => deleteOldKeys(tx, new Date(clock().getTime() - keptForMs))).then(() => undefined),
}

export const sweepSessions: Job<Services, Record<never, never>> = {
  name: 'people.sweep-sessions',
  payload: nothing,
  retries: { limit: 2, delaySeconds: 60 },
  concurrency: 1,
  cron: '23 3 * * *',
  once: true,
  run: ({ db, clock }) => deleteExpired(db, new Date(clock().getTime() - keptForMs)).then(() => undefined),
}

export const peopleJobs = [sendInvitation, sendPasswordResetMail, sweepKeys, sweepSessions]
