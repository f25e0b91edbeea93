// What a WordPress site takes, its own options, and the check of a draft; runs in the browser too.

import { z } from 'zod'
import { checkDraft } from '../check.ts'
import type { AccountView, Draft, Issue, Limits } from '../contract.ts'
import { checkMarkdown } from '../markdown.ts'
import { instanceSchema } from './wire.ts'

export const maxTextBytes = 4_000_000
export const maxPictureBytes = 8_000_000
const maxTagLength = 200

export const optionsSchema = z.strictObject({
  status: z.enum(['publish', 'draft', 'pending', 'private']).default('publish'),
  /** Ids from the site's own list. Empty: the site's default category. */
  categories: z.array(z.int().positive()).max(50).default([]),
  /** Absent: as the site is set. */
  commentStatus: z.enum(['open', 'closed']).optional(),
  format: z
    .enum(['standard', 'aside', 'chat', 'gallery', 'link', 'image', 'quote', 'status', 'video', 'audio'])
    .optional(),
})
export type WordpressOptions = z.infer<typeof optionsSchema>

export function limits(account: Pick<AccountView, 'instance'>): Limits {
  const site = instanceSchema.safeParse(account.instance)
  const uploads = !site.success || site.data.capabilities.includes('upload_files')
  return {
    // WordPress has no limit of its own; these keep a request within what common hosts and databases take.
    text: { max: 1_000_000, unit: 'code-points', maxBytes: maxTextBytes, format: 'markdown' },
    // Columns of 65 535 bytes, and a character takes up to four.
    title: { max: 16_383 },
    excerpt: { max: 16_383 },
    slug: { max: 200 },
    tags: { max: 100 },
    ...(uploads
      ? {
          featured: true,
          // Larger pictures are scaled down to 2560 by WordPress itself.
          images: {
            max: 100,
            types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
            maxBytes: maxPictureBytes,
            maxEdge: 2560,
            altMax: 2000,
          },
        }
      : {}),
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
  const first = draft.segments[0]
  if (!first || issues.some(({ code }) => code === 'text.too-long' || code === 'text.too-many-bytes')) return issues
  const files = draft.featured ? [...first.media, draft.featured] : first.media
  return [...issues, ...checkMarkdown(first.text, files, 'segments.0.text')]
}
