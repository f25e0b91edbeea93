// Putting a post on a server and taking it away.

import type { AccountView, Json, Part, Publish, RemoteRef, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { check } from './check.ts'
import { find } from './find.ts'
import { instanceOf, isMastodon } from './instance.ts'
import { upload } from './media.ts'
import { freeze, type Prepared, readPrepared } from './prepared.ts'
import { addressOf, api, callerOf, type Refusal, statusSchema } from './wire.ts'

/** Mastodon keeps the key of a post for an hour (Idempotency-Key, documented at `POST /api/v1/statuses`). */
const keyLifetimeSeconds = 3600

export const publish: Publish = {
  check,
  prepare,
  submit,
  find,
  keyLifetimeFor,
  settle: 10,
  remove,
}

async function prepare(session: Session, part: Part): Promise<Json> {
  const caller = callerOf(session)
  const place = part.role === 'comment' ? 'firstComment' : `segments.${part.position}`
  const mediaIds: string[] = []
  for (const [index, media] of part.segment.media.entries()) {
    mediaIds.push(await upload(session, caller, media, `${place}.media.${index}`))
  }
  return freeze(part, mediaIds)
}

async function submit(session: Session, content: Json, key: string): Promise<Submission> {
  const prepared = readPrepared(content)
  const { body: status } = await api(session, callerOf(session), {
    method: 'POST',
    path: '/api/v1/statuses',
    headers: { 'idempotency-key': key },
    body: prepared.body,
    schema: statusSchema,
    write: true,
    scope: 'write:statuses',
    refusal: (code, error) => refusal(code, error, prepared),
  })
  return { state: 'published', id: status.id, url: addressOf(status) }
}

/**
 * The API has no error codes, and a server speaks its own language: the sentences of the English original sharpen what
 * the status code says, and where they do not match, the post is plainly refused.
 */
function refusal(status: number, error: string, prepared: Prepared): Refusal | null {
  const { field, body } = prepared
  if (status === 404 && body.in_reply_to_id) return { kind: 'gone', code: 'reply-target-gone' }
  if (status !== 422 && status !== 400) return null
  if (body.media_ids && /not finished processing/i.test(error)) return { kind: 'unavailable', code: 'media-not-ready' }
  if (/character limit|too long/i.test(error)) return { kind: 'rejected', code: 'text-too-long', field }
  return { kind: 'rejected', code: 'validation', field }
}

/** Relatives accept the header too, but some (GoToSocial) ignore it: the promise is made for Mastodon alone. */
function keyLifetimeFor(account: AccountView): number | null {
  return isMastodon(instanceOf(account), 2) ? keyLifetimeSeconds : null
}

async function remove(session: Session, ref: RemoteRef): Promise<void> {
  const path = `/api/v1/statuses/${encodeURIComponent(ref.id)}`
  try {
    await api(session, callerOf(session), { method: 'DELETE', path, scope: 'write:statuses' })
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'gone') throw error
  }
}
