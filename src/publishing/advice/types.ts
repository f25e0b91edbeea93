// The shape of an advice before publishing: that something else comes first. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

/** So long at most people publish in spite of it before they are asked again. */
export const longestDays = 28

export const overrideFacts = z.object({
  reason: z.string().trim().min(10, 'A sentence that says why').max(2000),
  until: day.describe('The last day on which it does not count'),
})
export type OverrideFacts = z.infer<typeof overrideFacts>
