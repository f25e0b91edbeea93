// The write that makes a post public, how it is looked for, and how it is taken away.

import { z } from 'zod'
import type { Found, Json, Publish, RemoteRef, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { call, siteOf } from './api.ts'
import { check } from './limits.ts'
import { type Prepared, prepare, preparedSchema } from './prepare.ts'
import { postFields, postSchema, type RemotePost } from './wire.ts'

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

async function submit(session: Session, prepared: Json): Promise<Submission> {
  const wanted = preparedSchema.parse(prepared)
  const { body: post } = await call(session, {
    method: 'POST',
    path: `wp/v2/posts/${wanted.id}`,
    query: { _fields: postFields },
    body: wanted.post,
    schema: postSchema,
    scope: 'publish_posts',
    // Publishing runs whatever the site hangs on it: mails, caches, other networks.
    timeoutMs: 90_000,
  })
  if (!isSubmitted(post, wanted)) throw new ConnectorError({ kind: 'unknown', code: `status-${post.status}` })
  return { state: 'published', ...refOf(session, post) }
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

async function readPost(session: Session, id: number): Promise<RemotePost | null> {
  try {
    const path = `wp/v2/posts/${id}`
    const { body } = await call(session, { path, query: { _fields: postFields }, schema: postSchema })
    return body
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'rest_post_invalid_id') return null
    throw error
  }
}

function isSubmitted(post: RemotePost, wanted: Prepared): boolean {
  return post.status === wanted.status && post.slug !== wanted.draftSlug
}

function refOf(session: Session, post: RemotePost): RemoteRef {
  const open = post.status === 'publish' || post.status === 'private'
  const url = open ? post.link : `${siteOf(session).admin}/wp-admin/post.php?post=${post.id}&action=edit`
  return { id: String(post.id), url }
}

const proofSchema = z.object({ force: z.boolean() })

/** Into the trash, from where WordPress can bring it back; for good with `proof: { force: true }`. */
async function remove(session: Session, ref: RemoteRef): Promise<void> {
  const proof = proofSchema.safeParse(ref.proof)
  try {
    await deletePost(session, ref.id, proof.success && proof.data.force)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.code === 'rest_trash_not_supported') await deletePost(session, ref.id, true)
    else if (error.code !== 'rest_post_invalid_id' && error.code !== 'rest_already_trashed') throw error
  }
}

async function deletePost(session: Session, id: string, force: boolean): Promise<void> {
  await call(session, {
    method: 'DELETE',
    path: `wp/v2/posts/${encodeURIComponent(id)}`,
    query: { force: String(force) },
    schema: z.unknown(),
    scope: 'delete_published_posts',
  })
}
