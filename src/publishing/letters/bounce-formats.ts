// Reads what mail services post when a letter comes back: our own plain form, and those of common services.

import { z } from 'zod'
import { type Bounce, bounce } from './types.ts'

/** Postmark: https://postmarkapp.com/developer/webhooks/bounce-webhook and …/spam-complaint-webhook */
const postmark = z
  .object({
    RecordType: z.enum(['Bounce', 'SpamComplaint']),
    Type: z.string(),
    Email: z.string(),
    Description: z.string().optional(),
  })
  .transform(({ RecordType, Type, Email, Description }) => ({
    address: Email,
    kind:
      RecordType === 'SpamComplaint'
        ? 'complaint'
        : Type === 'HardBounce' || Type === 'BadEmailAddress'
          ? 'hard'
          : 'soft',
    message: Description ?? Type,
  }))

/** Mailgun: https://documentation.mailgun.com/docs/mailgun/user-manual/events/events */
const mailgun = z
  .object({
    'event-data': z.object({
      event: z.enum(['failed', 'complained']),
      severity: z.enum(['permanent', 'temporary']).optional(),
      recipient: z.string(),
      'delivery-status': z
        .object({ message: z.string().optional(), description: z.string().optional() })
        .partial()
        .optional(),
    }),
  })
  .transform(({ 'event-data': { event, severity, recipient, 'delivery-status': status } }) => ({
    address: recipient,
    kind: event === 'complained' ? 'complaint' : severity === 'permanent' ? 'hard' : 'soft',
    message: status?.message || status?.description || event,
  }))

const asBounce = (given: unknown, context: z.RefinementCtx): Bounce => {
  const parsed = bounce.safeParse(given)
  if (!parsed.success) context.addIssue({ code: 'custom', message: 'Not a bounce' })
  return parsed.data!
}

const one = z.union([bounce, postmark.transform(asBounce), mailgun.transform(asBounce)])

/** The bounces of one request; null where its body is of no form that is known. */
export function bouncesIn(body: unknown): Bounce[] | null {
  const items = Array.isArray(body) ? body : [body]
  const parsed = items.map((item) => one.safeParse(item))
  return parsed.every((each) => each.success) ? parsed.map((each) => each.data!) : null
}
