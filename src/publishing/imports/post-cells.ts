// A post's words as cells and back. What cells cannot say (threads, files, words of one account) travels whole in the column `longrun`.

import { z } from 'zod'
import { canonicalJson } from '../../lib/hash.ts'
import { draft } from '../types.ts'
import { type ExportRow, joined, namesIn } from './cells.ts'

type Draft = z.infer<typeof draft>
type WordCells = Pick<ExportRow, 'text' | 'title' | 'tags' | 'comment' | 'excerpt' | 'slug' | 'language'>
const wordColumns = ['text', 'title', 'tags', 'comment', 'excerpt', 'slug', 'language'] as const

export const details = z.object({
  content: draft.optional(),
  /** Accounts with words of their own. */
  variants: z
    .array(z.object({ accountId: z.uuid(), content: draft }))
    .max(100)
    .optional(),
  originPostId: z.uuid().optional(),
})
export type Details = z.infer<typeof details>

/** Between the parts of a thread in one cell. */
export const threadSeam = '\n---\n'

export const cellsOfWords = (content: Draft): WordCells => ({
  text: content.segments.map(({ text }) => text).join(threadSeam),
  title: content.title ?? '',
  tags: joined(content.tags ?? []),
  comment: content.firstComment ?? '',
  excerpt: content.excerpt ?? '',
  slug: content.slug ?? '',
  language: content.language ?? '',
})

export function contentOfCells(cells: WordCells): unknown {
  const tags = namesIn(cells.tags)
  return {
    segments: [{ text: cells.text, media: [] }],
    ...(cells.comment ? { firstComment: cells.comment } : {}),
    ...(cells.title ? { title: cells.title } : {}),
    ...(cells.excerpt ? { excerpt: cells.excerpt } : {}),
    ...(cells.slug ? { slug: cells.slug } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(cells.language ? { language: cells.language } : {}),
  }
}

/** Whether cells alone would give back something else. */
export const needsDetails = (content: Draft): boolean =>
  canonicalJson(contentOfCells(cellsOfWords(content))) !== canonicalJson(content)

/** What somebody changed in the cells of an export wins over what the details say. null: the parts of a thread do not fit any more. */
export function withEditedCells(content: Draft, cells: WordCells): unknown | null {
  const before = cellsOfWords(content)
  const edited = wordColumns.filter((column) => before[column] !== cells[column])
  if (edited.length === 0) return content
  const texts = content.segments.length === 1 ? [cells.text] : cells.text.split(threadSeam)
  if (edited.includes('text') && texts.length !== content.segments.length) return null
  const { segments: _, ...words } = contentOfCells(cells) as Draft
  const names = {
    title: 'title',
    tags: 'tags',
    comment: 'firstComment',
    excerpt: 'excerpt',
    slug: 'slug',
    language: 'language',
  } as const
  const changed = Object.fromEntries(
    edited.flatMap((column) => (column === 'text' ? [] : [[names[column], words[names[column]]]])),
  )
  return {
    ...content,
    ...changed,
    segments: edited.includes('text')
      ? content.segments.map((segment, at) => ({ ...segment, text: texts[at] }))
      : content.segments,
  }
}
