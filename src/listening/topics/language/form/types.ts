// The form for people who do not write queries: what they fill in.

import { z } from 'zod'

const item = z.string().trim().min(1).max(200)
const items = z.array(item).max(200).default([])

/** Each item is a word, several words that follow each other, a #tag, a @name or a web address. */
export const topicForm = z.object({
  any: items.describe('One of these must be there'),
  all: items.describe('Each of these must be there'),
  context: items.describe('And one of these'),
  within: z
    .number()
    .int()
    .min(0)
    .max(50)
    .nullable()
    .default(null)
    .describe('At most so many words away; null: anywhere'),
  none: items.describe('None of these'),
  languages: items,
  sources: items,
  has: z.array(z.enum(['image', 'video', 'audio', 'media', 'link'])).default([]),
  reposts: z.boolean().default(true).describe('Whether what is passed on unchanged counts'),
})
export type TopicForm = z.infer<typeof topicForm>

export const emptyForm = (): TopicForm => topicForm.parse({})

/** How another spelling came about, for the words beside it. */
export const variantKinds = ['tag', 'joined', 'apart', 'plural', 'slip', 'domain', 'handle'] as const
export type VariantKind = (typeof variantKinds)[number]

/** Offered, never taken by itself. */
export interface Variant {
  item: string
  kind: VariantKind
}
