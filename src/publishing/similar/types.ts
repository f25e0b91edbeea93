// What is told of words that were said before.

import { z } from 'zod'
import { instant } from '../../lib/route.ts'

export const similarPost = z.object({
  postId: z.uuid(),
  accountId: z.uuid(),
  summary: z.string(),
  /** Of what is alike: when it went out, or is planned to. */
  at: instant.nullable(),
  state: z.string(),
  likeness: z.number().describe('0 to 1; shown from 0.6 on'),
  same: z.array(z.string()).describe('Runs of words that both have'),
  /** The same words, files and link, to the same account, within 24 hours. */
  again: z.boolean(),
})
export type SimilarPost = z.infer<typeof similarPost>

/** How a person says that they mean it, wherever a post is planned. */
export const sameTextAgain = z
  .boolean()
  .default(false)
  .describe('Send it although the same words go to the same account within 24 hours; else that is refused')
