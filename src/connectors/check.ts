// What is wrong with a draft for one network, from its limits alone; runs in the editor and on the server.

import { checkMedia, checkMediaItem } from './check-media.ts'
import { type CheckRun, issueRun } from './check-run.ts'
import type { Draft, Issue, Limits, Segment } from './contract.ts'
import { measureUpTo, utf8Length } from './text.ts'

/** Every problem of the draft, in reading order. Fast whatever the draft: the work is bounded by the limits. */
export function checkDraft(draft: Draft, limits: Limits): Issue[] {
  const run = issueRun()
  checkThread(run, draft, limits)
  checkFirstComment(run, draft, limits)
  checkArticle(run, draft, limits)
  return run.issues
}

function checkThread(run: CheckRun, draft: Draft, limits: Limits): void {
  const { segments } = draft
  const max = limits.thread?.max ?? 1
  if (segments.length === 0) run.error('post.empty', 'segments')
  if (segments.length > max) {
    if (limits.thread) run.error('thread.too-long', 'segments', { max, count: segments.length })
    else run.error('thread.not-offered', 'segments')
  }
  // Beyond the limit one sentence says it all; ten thousand more would help nobody.
  for (const [index, segment] of segments.slice(0, max).entries()) checkSegment(run, segment, { index, draft, limits })
}

function checkSegment(run: CheckRun, segment: Segment, place: { index: number; draft: Draft; limits: Limits }): void {
  const { index, draft, limits } = place
  const field = `segments.${index}`
  const blank = !/\S/.test(segment.text)
  const article = index === 0 && limits.featured !== undefined && draft.featured !== undefined
  if (blank && segment.media.length === 0 && !segment.link && !article) {
    run.error(index === 0 ? 'post.empty' : 'segment.empty', `${field}.text`)
  } else if (blank && limits.text.required) run.error('text.required', `${field}.text`)
  checkText(run, segment.text, { field: `${field}.text`, max: limits.text.max, limits })
  checkMedia(run, segment.media, `${field}.media`, limits)
  if (segment.link && !limits.linkCard) run.warning('link-card.not-offered', `${field}.link`)
}

function checkText(
  run: CheckRun,
  text: string,
  { field, max, limits }: { field: string; max: number; limits: Limits },
): void {
  // A grapheme or an address may be long, but no honest text is a hundred times its limit; this saves reading it.
  if (text.length > max * 100 + 10_000) {
    run.error('text.too-long', field, { max, count: text.length })
    return
  }
  const count = measureUpTo(text, limits.text, max + 100_000)
  if (count > max) run.error('text.too-long', field, { max, count })
  const { maxBytes } = limits.text
  if (maxBytes === undefined || text.length * 3 <= maxBytes) return
  const bytes = utf8Length(text)
  if (bytes > maxBytes) run.error('text.too-many-bytes', field, { max: maxBytes, count: bytes })
}

function checkFirstComment(run: CheckRun, draft: Draft, limits: Limits): void {
  if (draft.firstComment === undefined || !/\S/.test(draft.firstComment)) return
  if (!limits.firstComment) run.warning('first-comment.not-offered', 'firstComment')
  else checkText(run, draft.firstComment, { field: 'firstComment', max: limits.firstComment.max, limits })
}

// ── Blog fields ─────────────────────────────────────────────────────────────────────────────────────────────────────

function checkArticle(run: CheckRun, draft: Draft, limits: Limits): void {
  if (limits.title?.required && !/\S/.test(draft.title ?? '')) run.error('title.required', 'title')
  for (const name of ['title', 'excerpt', 'slug'] as const) checkLine(run, name, draft[name], limits[name])
  checkTags(run, draft.tags ?? [], limits)
  if (!draft.featured) return
  if (!limits.featured) run.warning('featured.not-offered', 'featured')
  else if (draft.featured.kind !== 'image') run.error('featured.not-an-image', 'featured')
  else checkMediaItem(run, draft.featured, 'featured', limits)
}

function checkLine(
  run: CheckRun,
  name: 'title' | 'excerpt' | 'slug',
  text: string | undefined,
  limit: { max: number } | undefined,
): void {
  if (!text) return
  if (!limit) run.warning(`${name}.not-offered`, name)
  else if (text.length > limit.max) {
    const count =
      text.length > limit.max * 100 + 10_000 ? text.length : measureUpTo(text, { unit: 'code-points' }, limit.max)
    if (count > limit.max) run.error(`${name}.too-long`, name, { max: limit.max, count })
  }
}

function checkTags(run: CheckRun, tags: string[], limits: Limits): void {
  if (tags.length === 0) return
  if (!limits.tags) run.warning('tags.not-offered', 'tags')
  else if (tags.length > limits.tags.max)
    run.error('tags.too-many', 'tags', { max: limits.tags.max, count: tags.length })
}
