// The shape of something to read, watch or learn from. Runs in the browser.

import { z } from 'zod'

export const readingFacts = z.object({
  title: z.string().trim().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null)
    .describe('Where it is'),
  words: z.string().trim().max(20_000).default('').describe('The words themselves, where they stand nowhere else'),
  minutes: z.number().int().min(1).max(1000).describe('What it takes to read'),
  competencyId: z.uuid().nullable().default(null).describe('What it belongs to; null: for everybody'),
})
export type ReadingFacts = z.infer<typeof readingFacts>
