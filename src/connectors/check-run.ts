// The list of issues while a draft is checked, and the words that exist for them.

import type { Issue } from './contract.ts'

/** Every code that `checkDraft` can report; the interface has one sentence for each. */
export const issueCodes = [
  'post.empty',
  'segment.empty',
  'text.required',
  'text.too-long',
  'text.too-many-bytes',
  'thread.not-offered',
  'thread.too-long',
  'images.not-offered',
  'images.too-many',
  'videos.not-offered',
  'videos.too-many',
  'documents.not-offered',
  'documents.too-many',
  'media.mixed',
  'media.type',
  'media.too-large',
  'media.too-many-pixels',
  'media.edge-too-long',
  'video.too-long',
  'alt.missing',
  'alt.too-long',
  'link-card.not-offered',
  'first-comment.not-offered',
  'title.required',
  'title.too-long',
  'title.not-offered',
  'excerpt.too-long',
  'excerpt.not-offered',
  'slug.too-long',
  'slug.not-offered',
  'tags.too-many',
  'tags.not-offered',
  'featured.not-offered',
  'featured.not-an-image',
] as const

export type IssueCode = (typeof issueCodes)[number]

export interface CheckRun {
  issues: Issue[]
  error(code: IssueCode, field: string, params?: Issue['params']): void
  warning(code: IssueCode, field: string, params?: Issue['params']): void
}

export function issueRun(): CheckRun {
  const issues: Issue[] = []
  const add = (level: Issue['level']) => (code: IssueCode, field: string, params?: Issue['params']) => {
    issues.push(params ? { level, code, field, params } : { level, code, field })
  }
  return { issues, error: add('error'), warning: add('warning') }
}
