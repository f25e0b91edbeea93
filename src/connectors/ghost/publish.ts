// The write that makes a post public, how it is looked for, and how it is taken away.

import type { Found, Json, Publish, RemoteRef, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { call, siteOf } from './api.ts'
import { check } from './limits.ts'
import { type Prepared, prepare, preparedSchema } from './prepare.ts'
import { onePostSchema, postFields, type RemotePost } from './wire.ts'

export const publish: Publish = {
  check,
  prepare,
  submit,
  find,
  remove,
  // The post has its id already: writing the same state to it again changes nothing.
  keyLifetime: 3600,
  settle: 5,
}

const mostCollisions = 3

/** Ghost takes a change only from someone who knows the last one; each refusal says for certain that nothing was written. */
async function submit(session: Session, prepared: Json): Promise<Submission> {
  const wanted = preparedSchema.parse(prepared)
  for (let tries = 1; ; tries++) {
    const post = await readPost(session, wanted.id)
    if (!post) throw new ConnectorError({ kind: 'gone', code: 'draft-deleted' })
    if (isSubmitted(post, wanted)) return { state: 'published', ...refOf(session, post) }
    try {
      const published = await writePost(session, wanted, post.updated_at)
      if (isSubmitted(published, wanted)) return { state: 'published', ...refOf(session, published) }
      throw new ConnectorError({ kind: 'unknown', code: `status-${published.status}` })
    } catch (error) {
      if (!isCollision(error)) throw error
      if (tries >= mostCollisions) throw new ConnectorError({ kind: 'unavailable', code: 'being-edited' })
    }
  }
}

async function writePost(session: Session, wanted: Prepared, updatedAt: string): Promise<RemotePost> {
  const { body } = await call(session, {
    method: 'PUT',
    path: `posts/${wanted.id}/`,
    query: { source: 'html' },
    body: { posts: [{ ...wanted.post, updated_at: updatedAt }] },
    schema: onePostSchema,
    timeoutMs: 90_000,
  })
  return body.posts[0]
}

function isCollision(error: unknown): boolean {
  return error instanceof ConnectorError && error.status === 409
}

/** The id is ours alone, so its state is proof. */
async function find(session: Session, prepared: Json): Promise<Found> {
  const wanted = preparedSchema.parse(prepared)
  const post = await readPost(session, wanted.id)
  if (!post) return { state: 'absent' }
  if (isSubmitted(post, wanted)) return { state: 'published', ...refOf(session, post) }
  // Still the draft as it was prepared. Anything else is a person's doing, and a person has to say what it means.
  return post.status === 'draft' && post.slug === wanted.draftSlug ? { state: 'absent' } : { state: 'unsure' }
}

async function readPost(session: Session, id: string): Promise<RemotePost | null> {
  try {
    const query = { fields: postFields }
    const { body } = await call(session, { path: `posts/${id}/`, query, schema: onePostSchema })
    return body.posts[0]
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'NotFoundError') return null
    throw error
  }
}

function isSubmitted(post: RemotePost, wanted: Prepared): boolean {
  return post.status === wanted.status && post.slug !== wanted.draftSlug
}

function refOf(session: Session, post: RemotePost): RemoteRef {
  const { base } = siteOf(session)
  const url = post.status === 'published' && post.url ? post.url : `${base}/ghost/#/editor/post/${post.id}`
  return { id: post.id, url }
}

/** For good: Ghost has no trash. */
async function remove(session: Session, ref: RemoteRef): Promise<void> {
  try {
    await call(session, { method: 'DELETE', path: `posts/${encodeURIComponent(ref.id)}/` })
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'NotFoundError') throw error
  }
}
