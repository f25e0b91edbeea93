// Everything before a post becomes public: pictures, and one draft that is found again however often this runs.

import { z } from 'zod'
import { articleBlocks, articleFiles, articleText, nameFromKey, readPicture } from '../article.ts'
import type { Draft, Json, Part, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import type { Picture } from '../markdown.ts'
import { call } from './api.ts'
import { ghostHtml } from './body.ts'
import { maxPictureBytes, maxTextBytes, optionsSchema } from './limits.ts'
import { imagesSchema, onePostSchema, postFields, postsSchema, type RemotePost } from './wire.ts'

export const preparedSchema = z.object({
  id: z.string(),
  /** The draft's name until it is submitted; a post with another name has been submitted. */
  draftSlug: z.string(),
  status: z.enum(['published', 'draft']),
  /** Sent again by `submit`, so that what was approved appears even if somebody touched the draft. */
  post: z.record(z.string(), z.json()),
})
export type Prepared = z.infer<typeof preparedSchema>

export async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  articleText(part, maxTextBytes)
  const { draft } = part
  const options = optionsSchema.safeParse(draft.options ?? {})
  if (!options.success) throw new ConnectorError({ kind: 'rejected', code: 'options.invalid', field: 'options' })
  // Ghost would call it "(Untitled)".
  if (!draft.title?.trim()) throw new ConnectorError({ kind: 'rejected', code: 'title.required', field: 'title' })
  const pictures = await uploadPictures(session, draft)
  const featured = draft.featured ? (pictures.get(draft.featured.id) ?? null) : null
  const post = {
    title: draft.title,
    html: ghostHtml(articleBlocks(draft, pictures)),
    custom_excerpt: draft.excerpt || null,
    tags: tagNames(draft).map((name) => ({ name })),
    feature_image: featured?.url ?? null,
    feature_image_alt: featured?.alt || null,
    featured: options.data.featured,
    visibility: options.data.visibility,
  }
  const draftSlug = nameFromKey(key)
  const { id } = (await findDraft(session, draftSlug)) ?? (await createDraft(session, { ...post, slug: draftSlug }))
  const { status } = options.data
  // An empty slug lets Ghost make one from the title and keep it apart from others.
  return { id, draftSlug, status, post: { ...post, slug: draft.slug ?? '', status } }
}

/** Ghost makes missing tags itself; it compares them without regard to case. */
function tagNames(draft: Draft): string[] {
  const names = new Map<string, string>()
  for (const name of (draft.tags ?? []).map((tag) => tag.trim())) {
    const same = name.toLocaleLowerCase()
    if (name !== '' && !names.has(same)) names.set(same, name)
  }
  return [...names.values()]
}

/** Of several drafts under this key, left by answers that came too late, the first is used and the others are removed. */
async function findDraft(session: Session, slug: string): Promise<RemotePost | null> {
  // Ghost numbers names that are taken.
  const filter = `slug:[${slug},${slug}-2,${slug}-3]+status:[draft,published,scheduled,sent]`
  const query = { filter, order: 'slug asc', fields: postFields }
  const { body } = await call(session, { path: 'posts/', query, schema: postsSchema })
  for (const { id, status } of body.posts.slice(1)) {
    if (status === 'draft') await call(session, { method: 'DELETE', path: `posts/${id}/` })
  }
  return body.posts[0] ?? null
}

async function createDraft(session: Session, post: Record<string, Json>): Promise<RemotePost> {
  const { body } = await call(session, {
    method: 'POST',
    path: 'posts/',
    query: { source: 'html' },
    body: { posts: [{ ...post, status: 'draft' }] },
    schema: onePostSchema,
    timeoutMs: 90_000,
  })
  return body.posts[0]
}

/** By our id. Ghost keeps no list of its pictures, so a later try uploads them anew; unused files are all that stays. */
async function uploadPictures(session: Session, draft: Draft): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>()
  for (const target of articleFiles(draft)) {
    const { file, name, bytes } = await readPicture(session, target, maxPictureBytes)
    const body = new FormData()
    body.set('file', new File([bytes], name, { type: file.type }))
    body.set('ref', target.id)
    const answer = await call(session, {
      method: 'POST',
      path: 'images/upload/',
      body,
      schema: imagesSchema,
      field: target.field,
      timeoutMs: 120_000,
    })
    pictures.set(target.id, { url: answer.body.images[0].url, alt: file.alt })
  }
  return pictures
}
