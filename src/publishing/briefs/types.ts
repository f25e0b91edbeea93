// The shapes of briefs: what is wanted, what it shall be made from, and by when.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const briefKinds = ['idea', 'visitor-request', 'reuse', 'campaign-need'] as const
export const briefStates = ['open', 'in-work', 'done', 'declined'] as const
/** Additional ways to use the product, and what else content is for. */
export const briefUses = [
  'how-to',
  'guide-with-photos',
  'mix-and-match',
  'care-and-repair',
  'story',
  'news',
  'question',
  'other',
] as const

export type BriefKind = (typeof briefKinds)[number]
export type BriefState = (typeof briefStates)[number]
export type BriefUse = (typeof briefUses)[number]

const link = z.url({ protocol: /^https?$/ }).max(2000)

/** What people write of a brief. */
export const briefWords = z.object({
  title: z.string().trim().min(1).max(200),
  kind: z.enum(briefKinds),
  use: z.enum(briefUses).describe('Which way to use the product it shows'),
  material: z.string().trim().max(20_000).describe('Source material: what the words are made from'),
  links: z.array(link).max(20),
  mediaIds: z.array(z.uuid()).max(20),
  askedBy: z.string().trim().max(200).nullable(),
  contact: z.string().trim().max(200).nullable(),
  departmentId: z.uuid().nullable(),
  campaignId: z.uuid().nullable(),
  ownerId: z.uuid().nullable(),
  dueOn: day.nullable(),
})
export type BriefWords = z.infer<typeof briefWords>
