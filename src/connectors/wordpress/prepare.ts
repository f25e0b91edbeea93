// Everything before a post becomes public: pictures, tags, and one draft that is found again however often this runs.

import { z } from 'zod'
import { articleBlocks, articleFiles, articleText, nameFromKey, readPicture } from '../article.ts'
import type { Draft, Json, Part, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import type { Picture } from '../markdown.ts'
import { call } from './api.ts'
import { explainWordpress } from './errors.ts'
import { maxPictureBytes, maxTextBytes, optionsSchema } from './limits.ts'
import {
  mediaFields,
  mediaSchema,
  postFields,
  postSchema,
  type RemoteMedia,
  type RemotePost,
  termFields,
  termSchema,
} from './wire.ts'

export const preparedSchema = z.object({
  id: z.number(),
  /** The draft's name until it is submitted; a post with another name has been submitted. */
  draftSlug: z.string(),
  status: z.enum(['publish', 'draft', 'pending', 'private']),
  /** Sent again by `submit`, so that what was approved appears even if somebody touched the draft. */
  post: z.record(z.string(), z.json()),
})
export type Prepared = z.infer<typeof preparedSchema>

export async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  articleText(part, maxTextBytes)
  const { draft } = part
  const options = optionsSchema.safeParse(draft.options ?? {})
  if (!options.success) throw new ConnectorError({ kind: 'rejected', code: 'options.invalid', field: 'options' })
  const { status, categories, commentStatus, format } = options.data
  await requireCategories(session, categories)
  const uploads = await uploadPictures(session, draft, key)
  const tags = await ensureTags(session, draft.tags ?? [])
  const post = {
    title: asHtml(draft.title ?? ''),
    content: contentOf(draft, uploads),
    excerpt: asHtml(draft.excerpt ?? ''),
    tags,
    featured_media: (draft.featured && uploads.get(draft.featured.id)?.id) ?? 0,
    ...(categories.length > 0 ? { categories } : {}),
    ...(commentStatus ? { comment_status: commentStatus } : {}),
    ...(format ? { format } : {}),
  }
  const draftSlug = nameFromKey(key)
  const { id } = (await findDraft(session, draftSlug)) ?? (await createDraft(session, { ...post, slug: draftSlug }))
  // An empty slug lets WordPress make one from the title in its own language and keep it apart from others.
  return { id, draftSlug, status, post: { ...post, slug: draft.slug ?? '', status } }
}

/** Of several drafts under this key, left by answers that came too late, the first is used and the others are removed. */
async function findDraft(session: Session, slug: string): Promise<RemotePost | null> {
  const { body: posts } = await call(session, {
    path: 'wp/v2/posts',
    // WordPress numbers names that are taken.
    query: {
      slug: [slug, `${slug}-2`, `${slug}-3`].join(),
      status: 'any',
      orderby: 'id',
      order: 'asc',
      _fields: postFields,
    },
    schema: z.array(postSchema),
  })
  for (const { id, status } of posts.slice(1)) {
    if (status !== 'draft') continue
    await call(session, { method: 'DELETE', path: `wp/v2/posts/${id}`, query: { force: 'true' }, schema: z.unknown() })
  }
  return posts[0] ?? null
}

async function createDraft(session: Session, post: Record<string, Json>): Promise<RemotePost> {
  const { body } = await call(session, {
    method: 'POST',
    path: 'wp/v2/posts',
    query: { _fields: postFields },
    body: { ...post, status: 'draft' },
    schema: postSchema,
    scope: 'publish_posts',
  })
  return body
}

function contentOf(draft: Draft, uploads: ReadonlyMap<string, RemoteMedia>): string {
  const pictures = new Map<string, Picture>()
  for (const [id, { id: number, source_url: url, alt_text: alt }] of uploads) {
    // The class lets WordPress offer the smaller sizes it has made.
    pictures.set(id, { url, alt, className: `wp-image-${number}` })
  }
  return articleBlocks(draft, pictures)
    .map(({ html }) => withoutShortcodes(html))
    .join('\n\n')
}

/** WordPress reads titles as HTML, also scripts from those it trusts. An ampersand alone is left as people type it. */
function asHtml(text: string): string {
  return text
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** In code, `[gallery]` is an example and not a command to WordPress. */
function withoutShortcodes(html: string): string {
  return html.replace(/<code[\s>][\s\S]*?<\/code>/g, (code) => code.replaceAll('[', '&#91;').replaceAll(']', '&#93;'))
}

// ── Pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** By our id. A picture that an earlier try has uploaded is used again. */
async function uploadPictures(session: Session, draft: Draft, key: string): Promise<Map<string, RemoteMedia>> {
  const files = articleFiles(draft).map((file) => ({ ...file, slug: nameFromKey(key, file.id) }))
  const uploads = new Map<string, RemoteMedia>()
  if (files.length === 0) return uploads
  const { body: earlier } = await call(session, {
    path: 'wp/v2/media',
    query: { slug: files.map(({ slug }) => slug).join(), per_page: 100, _fields: mediaFields },
    schema: z.array(mediaSchema),
  })
  for (const file of files) {
    const there = earlier.find(({ slug }) => slug === file.slug)
    uploads.set(file.id, there ?? (await uploadPicture(session, file)))
    await describePicture(session, file, uploads)
  }
  return uploads
}

async function uploadPicture(
  session: Session,
  target: { id: string; field: string; slug: string },
): Promise<RemoteMedia> {
  const { file, name, bytes } = await readPicture(session, target, maxPictureBytes)
  const { body } = await call(session, {
    method: 'POST',
    path: 'wp/v2/media',
    query: { slug: target.slug, _fields: mediaFields },
    headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${name}"` },
    body: bytes,
    schema: mediaSchema,
    field: target.field,
    scope: 'upload_files',
    timeoutMs: 120_000,
  })
  return body
}

async function describePicture(
  session: Session,
  { id, field }: { id: string; field: string },
  uploads: Map<string, RemoteMedia>,
): Promise<void> {
  const upload = uploads.get(id)!
  const { alt } = await session.media(id)
  if (alt === upload.alt_text) return
  await call(session, {
    method: 'POST',
    path: `wp/v2/media/${upload.id}`,
    query: { _fields: mediaFields },
    body: { alt_text: alt },
    schema: mediaSchema,
    field: `${field}.alt`,
  })
  uploads.set(id, { ...upload, alt_text: alt })
}

// ── Tags and categories ─────────────────────────────────────────────────────────────────────────────────────────────

/** Asking for a new tag names the one that exists, so this needs no search and may be repeated. */
async function ensureTags(session: Session, names: string[]): Promise<number[]> {
  const ids = new Set<number>()
  for (const name of new Set(names.map((name) => name.trim()))) {
    if (name !== '') ids.add(await ensureTag(session, name))
  }
  return [...ids]
}

async function ensureTag(session: Session, name: string): Promise<number> {
  const explain = explainWordpress({ field: 'tags', scope: 'assign_terms' })
  let existing: number | null = null
  try {
    const { body } = await call(session, {
      method: 'POST',
      path: 'wp/v2/tags',
      query: { _fields: termFields },
      body: { name },
      schema: termSchema,
      explain: (answer) => {
        existing = existingTerm(answer.body)
        return explain(answer)
      },
    })
    return body.id
  } catch (error) {
    if (existing !== null && error instanceof ConnectorError && error.code === 'term_exists') return existing
    throw error
  }
}

const existsSchema = z.object({ code: z.literal('term_exists'), data: z.object({ term_id: z.coerce.number() }) })

function existingTerm(body: Json): number | null {
  const parsed = existsSchema.safeParse(body)
  return parsed.success ? parsed.data.data.term_id : null
}

/** WordPress leaves out categories it does not know without a word. */
async function requireCategories(session: Session, wanted: number[]): Promise<void> {
  if (wanted.length === 0) return
  const { body } = await call(session, {
    path: 'wp/v2/categories',
    query: { include: wanted.join(), per_page: 100, _fields: termFields },
    schema: z.array(termSchema),
  })
  if (wanted.some((id) => !body.some((category) => category.id === id))) {
    throw new ConnectorError({ kind: 'rejected', code: 'category-unknown', field: 'options.categories' })
  }
}
