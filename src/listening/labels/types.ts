// Words about labels that pages and server share.

import { z } from 'zod'

/** What people may say of a mention. */
export const correctable = ['sentiment', 'emotion', 'intent', 'crisis', 'offensive', 'language'] as const
export type Correctable = (typeof correctable)[number]

/** What two people can code: what the machine always says something about, and of which one holds. */
export const codable = ['sentiment', 'emotion', 'intent'] as const
export type Codable = (typeof codable)[number]

/** Fewer texts than this leave so wide a range that the figure would mislead. */
export const leastCoded = 30

/** A share with its 95 % range. */
export const shareWithRange = z.object({ share: z.number(), low: z.number(), high: z.number() })

export const families = ['english', 'elsewhere'] as const
export type Family = (typeof families)[number]

/** What people can choose, in the order of the keys; as columns of mentions hold it, `none` where they hold nothing. */
export const choices = {
  sentiment: ['-1', '0', '1'],
  emotion: ['none', 'joy', 'optimism', 'surprise', 'anger', 'sadness', 'fear'],
  intent: ['none', 'question', 'complaint', 'suggestion', 'praise', 'purchase', 'job', 'press', 'spam'],
} as const satisfies Record<Codable, readonly string[]>
