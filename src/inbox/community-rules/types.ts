// Rules of the community under an account: words that pages and server share.

import { z } from 'zod'

const ownRule = z.object({
  text: z.string().trim().min(1).max(300).describe('The rule, as people read it'),
  words: z
    .array(z.string().trim().min(1).max(60))
    .max(30)
    .default([])
    .describe('Words or phrases that hint at it; none: it is only shown'),
})

export const communityRules = z.object({
  mostLinks: z
    .number()
    .int()
    .min(0)
    .max(20)
    .nullable()
    .default(null)
    .describe('Links in one comment; null: as many as they like'),
  emptyPraise: z.boolean().default(false).describe('No praise that says nothing'),
  promotion: z.boolean().default(false).describe('No promotion'),
  own: z.array(ownRule).max(10).default([]),
})
export type CommunityRules = z.infer<typeof communityRules>

export const brokenRules = ['links', 'empty-praise', 'promotion', 'own'] as const
export type BrokenRule = (typeof brokenRules)[number]
