// The shapes of a commitment: the four things that a marathon is based on (R0-37), and what stops for it (R3-27). Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

const words = z.string().trim().min(3).max(4000)

export const commitmentFacts = z.object({
  fromDay: day,
  untilDay: day.describe('The last day on which it holds: a year at most, then it is renewed'),
  budget: z.number().int().min(0).max(1e13).describe('In the smallest unit of the currency'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  minutesWeekly: z.number().int().min(15).max(600_000).describe('Of everybody together'),
  resources: words.describe('Who, and with what'),
  processes: words.describe('How work is done, and who answers for it'),
  metrics: words.describe('By what it is judged'),
  stops: z.string().trim().max(4000).default('').describe('What stops so that this can be done'),
})
export type CommitmentFacts = z.infer<typeof commitmentFacts>
