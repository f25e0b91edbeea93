// What a Ghost site takes, its own options, and the check of a draft; runs in the browser too.

import { z } from 'zod'
import { checkDraft } from '../check.ts'
import type { Draft, Issue, Limits } from '../contract.ts'
import { checkMarkdown } from '../markdown.ts'

export const maxTextBytes = 4_000_000
export const maxPictureBytes = 10_000_000
const maxTagLength = 191
const maxFeaturedAlt = 191

export const optionsSchema = z.strictObject({
  status: z.enum(['published', 'draft']).default('published'),
  visibility: z.enum(['public', 'members', 'paid']).default('public'),
  /** Shown first, or larger, by most themes. */
  featured: z.boolean().default(false),
})
export type GhostOptions = z.infer<typeof optionsSchema>

export function limits(): Limits {
  return {
    // Ghost takes a thousand times as much; this keeps a request within what common proxies let through.
    text: { max: 1_000_000, unit: 'code-points', maxBytes: maxTextBytes, format: 'markdown' },
    title: { max: 255, required: true },
    excerpt: { max: 300 },
    slug: { max: 185 },
    tags: { max: 100 },
    featured: true,
    images: {
      max: 100,
      types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      maxBytes: maxPictureBytes,
      altMax: 2000,
    },
  }
}

export function check(draft: Draft, limits: Limits): Issue[] {
  const issues = checkDraft(draft, limits)
  const options = optionsSchema.safeParse(draft.options ?? {})
  if (!options.success) {
    const path = options.error.issues[0]?.path.join('.') ?? ''
    issues.push({ level: 'error', code: 'options.invalid', field: path ? `options.${path}` : 'options' })
  }
  for (const [at, tag] of (draft.tags ?? []).slice(0, limits.tags?.max).entries()) {
    if (tag.trim() === '') issues.push({ level: 'warning', code: 'tag.empty', field: `tags.${at}` })
    if ([...tag].length > maxTagLength) {
      issues.push({ level: 'error', code: 'tag.too-long', field: `tags.${at}`, params: { max: maxTagLength } })
    }
  }
  const featuredAlt = [...(draft.featured?.alt ?? '')].length
  if (featuredAlt > maxFeaturedAlt) {
    const params = { max: maxFeaturedAlt, count: featuredAlt }
    issues.push({ level: 'error', code: 'alt.too-long', field: 'featured.alt', params })
  }
  const first = draft.segments[0]
  if (!first || issues.some(({ code }) => code === 'text.too-long' || code === 'text.too-many-bytes')) return issues
  const files = draft.featured ? [...first.media, draft.featured] : first.media
  return [...issues, ...checkMarkdown(first.text, files, 'segments.0.text')]
}
