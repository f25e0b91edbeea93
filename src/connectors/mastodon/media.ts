// Bringing a file to the server and waiting until the server has made of it what it shows.

import { z } from 'zod'
import type { DraftMedia, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { notOffered } from './instance.ts'
import { api, type Caller, mediaSchema, multipart, pause, type Refusal } from './wire.ts'

/** An hour-long video on a slow line; the time for the whole piece of work may be over sooner. */
const uploadTimeoutMs = 900_000
const firstPauseMs = 200
const longestPauseMs = 5_000
/** After this many looks the post waits and tries again later; about five minutes. */
const mostLooks = 65

/** The server's id of the file, ready to be attached. `field` is where the file stands in the draft. */
export async function upload(session: Session, caller: Caller, media: DraftMedia, field: string): Promise<string> {
  const { id, ready } = await send(session, caller, media, field)
  if (!ready) await waitUntilReady(session, caller, id, field)
  return id
}

async function send(session: Session, caller: Caller, media: DraftMedia, field: string) {
  try {
    return await sendTo('/api/v2/media', session, caller, { media, field })
  } catch (error) {
    // Relatives which have only the older upload, that answers when the file is ready.
    if (!notOffered(error)) throw error
    return sendTo('/api/v1/media', session, caller, { media, field })
  }
}

async function sendTo(
  path: string,
  session: Session,
  caller: Caller,
  { media, field }: { media: DraftMedia; field: string },
) {
  const alt = media.alt.trim()
  const form = multipart(await session.media(media.id), alt === '' ? {} : { description: alt })
  const answer = await api(session, caller, {
    method: 'POST',
    path,
    headers: form.headers,
    body: form.body,
    schema: mediaSchema,
    scope: 'write:media',
    timeoutMs: uploadTimeoutMs,
    refusal: (status) => mediaRefusal(status, field),
  })
  return { id: answer.body.id, ready: answer.status !== 202 }
}

function mediaRefusal(status: number, field: string): Refusal | null {
  if (status === 413) return { kind: 'rejected', code: 'media-too-large', field }
  if (status === 422) return { kind: 'rejected', code: 'media-refused', field }
  return null
}

async function waitUntilReady(session: Session, caller: Caller, id: string, field: string): Promise<void> {
  let wait = firstPauseMs
  for (let looks = 0; looks < mostLooks; looks++) {
    await pause(wait, session.signal)
    const answer = await api(session, caller, {
      path: `/api/v1/media/${encodeURIComponent(id)}`,
      schema: z.unknown(),
      scope: 'write:media',
      refusal: (status) => (status === 422 ? { kind: 'rejected', code: 'media-processing-failed', field } : null),
    })
    if (answer.status === 200) return
    wait = Math.min(wait * 2, longestPauseMs)
  }
  throw new ConnectorError({ kind: 'unavailable', code: 'media-not-ready', field })
}
