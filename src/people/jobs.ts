// Background work of people: letters, and sweeping what has run out.

import type { z } from 'zod'
import { asSystem } from '../db/tx.ts'
import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { keptForMs } from './idempotency.ts'
import { invitationMail, passwordResetMail, writeInvitation, writePasswordReset } from './mails.ts'
import { deleteOldKeys } from './store-tokens.ts'
import { deleteExpired } from './store-users.ts'

const letter = { retries: { limit: 8, delaySeconds: 30 }, concurrency: 2 }
const sweeping = { limit: 2, delaySeconds: 60 }

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

export const sweepKeys = timer(
  'people.sweep-keys',
  '17 * * * *',
  ({ db, clock }: Services) => asSystem(db, (tx) => deleteOldKeys(tx, new Date(clock().getTime() - keptForMs))),
  sweeping,
)

export const sweepSessions = timer(
  'people.sweep-sessions',
  '23 3 * * *',
  ({ db, clock }: Services) => deleteExpired(db, new Date(clock().getTime() - keptForMs)),
  sweeping,
)

export const peopleJobs = [sendInvitation, sendPasswordResetMail, sweepKeys, sweepSessions]
