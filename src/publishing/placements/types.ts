// The ten media in which an organisation points to its social media.

import { z } from 'zod'

export const media = [
  'online-advertising',
  'web-site',
  'e-mail',
  'mobile',
  'packaging',
  'direct-mail',
  'television',
  'print',
  'out-of-home',
  'other',
] as const
export type Medium = (typeof media)[number]

const day = z.iso.date()

/** What people enter about a placement; where its link leads is said once. */
export const placementFacts = z.object({
  medium: z.enum(media),
  name: z.string().trim().min(1).max(120),
  place: z.string().trim().max(300).default('').describe('Which page, which box, which wall'),
  campaignId: z.uuid().nullable().default(null),
  ownerId: z.uuid().nullable().default(null),
  word: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .nullable()
    .default(null)
    .describe('What people name when they are asked how they came'),
  beginsOn: day.nullable().default(null),
  endsOn: day.nullable().default(null),
  cost: z.number().int().min(0).nullable().default(null).describe('In the smallest unit of the currency'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency like EUR')
    .nullable()
    .default(null),
})
export type PlacementFacts = z.infer<typeof placementFacts>
