// The shapes of the programme itself. Runs in the browser.

import { z } from 'zod'
import { day } from '../lib/route.ts'

/** What an organisation wants of social media: being there, keeping what is there, reaching goals. */
export const ambitions = ['presence', 'maintain', 'succeed'] as const
export type Ambition = (typeof ambitions)[number]

export const programmeFacts = z.object({
  name: z.string().trim().min(1).max(200),
  ambition: z.enum(ambitions),
  beginsOn: day.describe('A Monday: the first day of its first week'),
})
export type ProgrammeFacts = z.infer<typeof programmeFacts>

/** Why it ends or something is given up: a sentence, not a word. */
export const reason = z.string().trim().min(10, 'A sentence that says why').max(2000)
