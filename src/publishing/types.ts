// The shapes of publishing: what a post says, the states it passes, and how people see its way.

import { z } from 'zod'
import type { Draft } from '../connectors/contract.ts'
import { cropFault } from '../media/rules.ts'
import { cropTwiceAt } from './rules.ts'

/** Generous technical bounds; what a network allows is in its limits and is told as issues, so that nothing typed is lost. */
const longText = z.string().max(2_000_000)

const fraction = z.number().min(0).max(1)

const crop = z.object({ x: fraction, y: fraction, width: fraction, height: fraction }).meta({
  description: 'What of the upright picture goes out, in fractions of its width and height; absent: all of it',
  examples: [{ x: 0, y: 0, width: 1, height: 1 }],
})

const cropFaults = {
  'not-possible': 'Videos and GIFs are not cropped',
  outside: 'The crop reaches out of the picture',
  'too-small': 'The crop leaves fewer than 32 pixels',
}

export const draftMedia = z
  .object({
    id: z.uuid(),
    kind: z.enum(['image', 'video', 'document']),
    type: z.string().max(100),
    bytes: z.number().int().nonnegative(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    seconds: z.number().nullable(),
    alt: z.string().max(5000),
    crop: crop.optional(),
  })
  .superRefine((item, context) => {
    const fault = cropFault(item)
    if (fault) context.addIssue({ code: 'custom', path: ['crop'], message: cropFaults[fault] })
  })

export const linkCard = z.object({
  url: z.url({ protocol: /^https?$/ }).max(4000),
  title: z.string().max(500),
  description: z.string().max(1000),
  imageId: z.uuid().optional(),
})

export const segment = z.object({ text: longText, media: z.array(draftMedia).max(20), link: linkCard.optional() })

export const draft = z
  .object({
    segments: z.array(segment).min(1).max(200),
    firstComment: longText.optional(),
    title: z.string().max(1000).optional(),
    excerpt: z.string().max(5000).optional(),
    slug: z.string().max(200).optional(),
    tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
    featured: draftMedia.optional(),
    language: z.string().max(35).optional(),
    options: z.record(z.string(), z.json()).optional(),
  })
  .superRefine((words, context) => {
    const path = cropTwiceAt(words)
    if (path) context.addIssue({ code: 'custom', path, message: 'A file that is shown twice is cropped the same way' })
  }) satisfies z.ZodType<Draft>

export const variantStates = [
  'draft',
  'in-review',
  'scheduled',
  'sending',
  'processing',
  'looking-up',
  'unconfirmed',
  'held',
  'parked',
  'published',
  'rejected',
  'cancelled',
  'removed',
] as const
export type VariantState = (typeof variantStates)[number]

export const issue = z.object({
  level: z.enum(['error', 'warning']),
  code: z.string(),
  field: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** Why something is as it is: a code the interface has words for, with what it needs to fill them. */
export const reason = z.object({
  code: z.string(),
  kind: z.string().optional(),
  field: z.string().optional(),
  until: z.string().optional(),
  text: z.string().optional(),
  by: z.string().optional(),
  holdId: z.string().optional().describe('The hold that stops it'),
})
export type Reason = z.infer<typeof reason>

export const initiators = ['brand', 'customer', 'industry'] as const
export const origins = ['original', 'adapted', 'recycled'] as const

/** What a post belongs to and where it comes from; changing it leaves its words alone. */
export const belonging = z.object({
  campaignId: z.uuid().nullable().describe('null: always-on'),
  departmentId: z.uuid().nullable(),
  briefId: z.uuid().nullable().describe('The brief it is made from'),
  ownerId: z.uuid().nullable().describe('Who answers for it; null: who wrote it'),
  initiator: z.enum(initiators).describe('Who began it'),
  origin: z.enum(origins),
  originPostId: z.uuid().nullable().describe('What it was adapted or recycled from'),
  adaptedFor: z.string().trim().max(200).nullable().describe('For whom it was adapted'),
})
export type Belonging = z.infer<typeof belonging>
