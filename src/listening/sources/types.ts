// Words about sources that pages and server share.

import { z } from 'zod'

/** What Longrun takes from people instead of reading it: a meetup, a shop, the phone, a file. */
export const byHand = 'by-hand'

export const sourceStates = [
  /** Nothing has come from it yet, not even silence. */
  'starting',
  'listening',
  /** It answers, but what it tells is older than a minute. */
  'behind',
  /** No sign of life for longer than it should take: what leans on it is suspended. */
  'silent',
  /** Only people can mend it. */
  'refused',
  'paused',
  'by-hand',
] as const
export type SourceState = (typeof sourceStates)[number]

export const sourceName = z.string().trim().min(1).max(120)

/** What a person enters about a source, apart from the settings that its kind asks for. */
export const sourceFacts = z.object({
  name: sourceName,
  keepsAll: z.boolean().default(false).describe('Keep everything that it brings, whether or not a topic matches'),
  costPerThousand: z.number().int().min(0).nullable().default(null).describe('In the smallest unit of the currency'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency like EUR')
    .nullable()
    .default(null),
})
export type SourceFacts = z.infer<typeof sourceFacts>
