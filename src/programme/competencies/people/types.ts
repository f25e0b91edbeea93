// The shapes of who has which competency, and of buddies. Runs in the browser.

import { z } from 'zod'
import { day } from '../../../lib/route.ts'

/** What shows that somebody has it: never their own word. */
export const proofs = ['training', 'observation'] as const
export type Proof = (typeof proofs)[number]

export const certificateFacts = z.object({
  competencyId: z.uuid(),
  memberId: z.uuid(),
  how: z.enum(proofs),
  proofId: z.uuid().describe('The training that counts, or what somebody else saw'),
  until: day.nullable().default(null).describe('The last day on which it counts; null: for good'),
})
export type CertificateFacts = z.infer<typeof certificateFacts>

export const certificateStates = ['counts', 'ends-soon', 'over', 'ended'] as const
export type CertificateState = (typeof certificateStates)[number]

export const buddyFacts = z.object({
  noviceId: z.uuid(),
  buddyId: z.uuid(),
  minutesWeekly: z.number().int().min(5).max(600).default(30).describe('What it takes the buddy'),
})
export type BuddyFacts = z.infer<typeof buddyFacts>
