// The shapes of newsletters: subscribers, what became of a letter, and what the public pages take.

import { z } from 'zod'

export const subscriberStates = ['asked', 'confirmed', 'left', 'bounced', 'complained'] as const
export type SubscriberState = (typeof subscriberStates)[number]

export const sendStates = ['waiting', 'sending', 'sent', 'refused', 'unknown', 'left-out', 'bounced'] as const
export type SendState = (typeof sendStates)[number]

/** Lower case: to mail programs the same address. */
export const mailAddress = z.string().trim().toLowerCase().pipe(z.email().max(254))

export const bounce = z.object({
  address: mailAddress,
  /** `hard`: nobody is there. `soft`: not for now. `complaint`: the reader called it spam. */
  kind: z.enum(['hard', 'soft', 'complaint']),
  message: z.string().max(1000).default(''),
})
export type Bounce = z.infer<typeof bounce>

/** Sends what is due; enqueued when an issue begins, and every minute. */
export const sendLetters = { name: 'letters.send', payload: z.object({}) }

/** The letter that asks an address whether it was really meant. */
export const confirmationMail = {
  name: 'letters.ask-to-confirm',
  payload: z.object({ orgId: z.uuid(), subscriberId: z.uuid() }),
}
