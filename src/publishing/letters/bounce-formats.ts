// Reads what mail services post when a letter comes back: our own plain form, and those of common services.

import { z } from 'zod'
import { type Bounce, bounce } from './types.ts'

/** null: the service tells of something else, such as a letter that arrived. */
type Told = Omit<Bounce, 'message'> & { message?: string | undefined }
type Kind = Bounce['kind']

/** Postmark: https://postmarkapp.com/developer/webhooks/bounce-webhook and …/spam-complaint-webhook */
const postmark = z
  .object({
    RecordType: z.string(),
    Type: z.string().default(''),
    Email: z.string().default(''),
    Description: z.string().optional(),
  })
  .transform(({ RecordType, Type, Email, Description }): Told | null => {
    const hard = Type === 'HardBounce' || Type === 'BadEmailAddress'
    const kind = { Bounce: hard ? 'hard' : 'soft', SpamComplaint: 'complaint' }[RecordType] as Kind | undefined
    return kind ? { address: Email, kind, message: Description ?? Type } : null
  })

/** Mailgun: https://documentation.mailgun.com/docs/mailgun/user-manual/events/events */
const mailgun = z
  .object({
    'event-data': z.object({
      event: z.string(),
      severity: z.enum(['permanent', 'temporary']).optional(),
      recipient: z.string(),
      'delivery-status': z
        .object({ message: z.string().optional(), description: z.string().optional() })
        .partial()
        .optional(),
    }),
  })
  .transform(({ 'event-data': { event, severity, recipient, 'delivery-status': status } }): Told | null => {
    const failed = severity === 'permanent' ? 'hard' : 'soft'
    const kind = { failed, complained: 'complaint' }[event] as Kind | undefined
    return kind ? { address: recipient, kind, message: status?.message || status?.description || event } : null
  })

/** SendGrid: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event; a list in which all kinds of events are mixed. */
const sendgrid = z
  .object({
    sg_event_id: z.string(),
    email: z.string(),
    event: z.string(),
    type: z.string().optional(),
    reason: z.string().optional(),
  })
  .transform(({ email, event, type, reason }): Told | null => {
    // `blocked`: the server did not want this letter, and may want the next one.
    const kind = { bounce: type === 'blocked' ? 'soft' : 'hard', spamreport: 'complaint' }[event] as Kind | undefined
    return kind ? { address: email, kind, message: reason ?? event } : null
  })

const asBounce = (told: Told | null, context: z.RefinementCtx): Bounce | null => {
  if (!told) return null
  const parsed = bounce.safeParse({ ...told, message: told.message?.slice(0, 1000) })
  if (!parsed.success) context.addIssue({ code: 'custom', message: 'Not a bounce' })
  return parsed.data ?? null
}

const one = z.union([bounce, ...[postmark, mailgun, sendgrid].map((form) => form.transform(asBounce))])

/** The bounces of one request; null where its body is of no form that is known. */
export function bouncesIn(body: unknown): Bounce[] | null {
  const items = Array.isArray(body) ? body : [body]
  const parsed = items.map((item) => one.safeParse(item))
  return parsed.every((each) => each.success) ? parsed.flatMap((each) => each.data ?? []) : null
}
