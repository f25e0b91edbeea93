// Publishing on the practice network.

import { z } from 'zod'
import { checkDraft } from '../check.ts'
import type { Found, Json, Part, Publish, RemoteRef, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { ask } from './ask.ts'
import {
  keyLifetimeSeconds,
  type PostInput,
  postInputShape,
  searchShape,
  submissionShape,
  uploadShape,
} from './wire.ts'

export function fakePublish({ idempotent, searchable }: { idempotent: boolean; searchable: boolean }): Publish {
  return {
    check: checkDraft,
    prepare,
    submit: (session, prepared, key) => submit(session, prepared, idempotent ? key : null),
    poll,
    ...(searchable ? { find } : {}),
    ...(idempotent ? { keyLifetime: keyLifetimeSeconds } : {}),
    settle: 1,
    remove,
  }
}

async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  const images: PostInput['images'] = []
  for (const { id } of part.segment.media) {
    const file = await session.media(id)
    const upload = await ask(session, {
      method: 'POST',
      url: `${session.account.server}/api/images`,
      headers: { 'content-type': file.type, 'content-length': String(file.bytes) },
      body: file.open(),
      schema: uploadShape,
      timeoutMs: 120_000,
    })
    images.push({ id: upload.id, alt: file.alt })
  }
  const post: PostInput = {
    text: part.segment.text,
    images,
    replyTo: part.role === 'comment' ? (part.root?.id ?? null) : (part.previous?.id ?? null),
    comment: part.role === 'comment',
    to: part.role === 'reply' ? directTo(part) : null,
    rating: null,
    language: part.draft.language ?? null,
    key,
  }
  return post
}

/** A direct message names whom it is said to. */
function directTo({ previous }: Part): string | null {
  const proof = z.object({ to: z.string() }).safeParse(previous?.proof)
  return proof.success ? proof.data.to : null
}

async function submit(session: Session, prepared: Json, key: string | null): Promise<Submission> {
  const answer = await ask(session, {
    method: 'POST',
    url: `${session.account.server}/api/posts`,
    headers: key === null ? {} : { 'idempotency-key': key },
    body: postInputShape.parse(prepared),
    schema: submissionShape,
    write: true,
  })
  return submissionOf(answer)
}

async function poll(session: Session, ref: string): Promise<Submission> {
  const url = `${session.account.server}/api/jobs/${encodeURIComponent(ref)}`
  return submissionOf(await ask(session, { url, schema: submissionShape }))
}

function submissionOf(answer: z.infer<typeof submissionShape>): Submission {
  if ('job' in answer) return { state: 'processing', ref: answer.job, askAgainAt: new Date(answer.askAgainAt) }
  return { state: 'published', ...answer }
}

async function find(session: Session, _prepared: Json, key: string): Promise<Found> {
  const url = `${session.account.server}/api/posts?key=${encodeURIComponent(key)}`
  const { posts, pending } = await ask(session, { url, schema: searchShape })
  const first = posts[0]
  if (first) return { state: 'published', ...first }
  return { state: pending ? 'unproven' : 'absent' }
}

async function remove(session: Session, ref: RemoteRef): Promise<void> {
  const url = `${session.account.server}/api/posts/${encodeURIComponent(ref.id)}`
  try {
    await ask(session, { method: 'DELETE', url })
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return
    throw error
  }
}
