// What a letter may hold, and the check of a draft; runs in the browser too.

import { checkDraft } from '../check.ts'
import type { Draft, Issue, Limits } from '../contract.ts'
import { checkMarkdown } from '../markdown.ts'
import { utf8Length } from '../text.ts'

/** Mail programs cut what is longer (Gmail at 102 kB of HTML); Markdown grows by about a third when it becomes HTML. */
const clippedBytes = 75_000
export const maxTextBytes = 500_000

export const limits = (): Limits => ({
  text: { max: 200_000, unit: 'code-points', maxBytes: maxTextBytes, format: 'markdown', required: true },
  title: { max: 200, required: true },
  excerpt: { max: 200 },
  featured: true,
  images: {
    max: 20,
    types: ['image/jpeg', 'image/png', 'image/gif'],
    maxBytes: 2_000_000,
    maxEdge: 1200,
    altMax: 1000,
  },
})

export function check(draft: Draft, limits: Limits): Issue[] {
  const issues = checkDraft(draft, limits)
  const first = draft.segments[0]
  if (!first || issues.some(({ code }) => code.startsWith('text.too-'))) return issues
  if (utf8Length(first.text) > clippedBytes)
    issues.push({ level: 'warning', code: 'letter.clipped', field: 'segments.0.text' })
  const files = draft.featured ? [...first.media, draft.featured] : first.media
  return [...issues, ...checkMarkdown(first.text, files, 'segments.0.text')]
}
