// Words about topics that pages and server share.

import { z } from 'zod'

export const topicKinds = ['brand', 'product', 'competitor', 'industry', 'campaign', 'person'] as const
export type TopicKind = (typeof topicKinds)[number]

/** What a person enters about a topic. */
export const topicFacts = z.object({
  name: z.string().trim().min(1).max(120),
  kind: z.enum(topicKinds),
  query: z.string().max(20_000).describe('In the language of topics'),
  form: z
    .record(z.string().max(40), z.json())
    .nullable()
    .default(null)
    .describe('What was filled in, where the query was made by the form'),
  ownerId: z.uuid().nullable().default(null),
  campaignId: z.uuid().nullable().default(null),
})
export type TopicFacts = z.infer<typeof topicFacts>
