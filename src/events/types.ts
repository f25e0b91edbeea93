// Words that events share with other domains: what may be sent to a member, and the jobs that carry events out.

import { z } from 'zod'

export interface NewNotification {
  /** Who is told; each once. */
  memberIds: Iterable<string>
  /** Stable word, `noun.past-verb`; the interface has the sentence. */
  kind: string
  facts?: Record<string, unknown>
  subject?: { kind: string; id: string | null }
  /** In milliseconds: whoever was told this of this subject within it is not told again. */
  quietFor?: number
  /** The same in words, for those who get it by mail. Absent: only in the app. */
  mail?: { subject: string; text: string }
}

export const notificationMail = {
  name: 'events.mail-notification',
  payload: z.object({
    ...{ orgId: z.uuid(), memberId: z.uuid(), subject: z.string(), text: z.string() },
    /** What it tells of: whoever may not know of that any more when it leaves gets no letter. */
    about: z.object({ kind: z.string(), id: z.uuid() }).optional(),
  }),
}

export const fanOut = {
  name: 'events.fan-out',
  /** Without an organisation: all of them. */
  payload: z.object({ orgId: z.uuid().optional() }),
}

export const deliverWebhook = {
  name: 'events.deliver-webhook',
  payload: z.object({ orgId: z.uuid(), deliveryId: z.uuid() }),
}
