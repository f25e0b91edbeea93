// The shapes of processes: named ways of working with steps, roles and times. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const processStep = z.object({
  what: z.string().trim().min(1).max(500),
  role: z.string().trim().min(1).max(120).describe('Who does it: a role, not a name'),
  within: z.string().trim().max(120).default('').describe('By when, in words: the same day, within two hours'),
})
export type ProcessStep = z.infer<typeof processStep>

export const processWords = z.object({
  purpose: z.string().trim().min(1).max(2000).describe('What it is for'),
  steps: z.array(processStep).min(1).max(40),
})
export type ProcessWords = z.infer<typeof processWords>

export const processKeeping = z.object({
  name: z.string().trim().min(1).max(120),
  ownerId: z.uuid().describe('Who answers for it'),
  deputyId: z.uuid().nullable().default(null).describe('Who does when the owner is away'),
  reviewOn: day.describe('When somebody looks whether it is still true: within two years'),
})
export type ProcessKeeping = z.infer<typeof processKeeping>
