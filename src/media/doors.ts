// Serves media files beside the API: with the same rights, never as anything but what they are.

import type { Context, Hono } from 'hono'
import type { Doors } from '../app.ts'
import { seenBy } from '../db/tx.ts'
import { uuidPattern } from '../lib/ids.ts'
import { notFound } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import { type ServedFile, serveMedia } from './actions.ts'

export function mountFiles(app: Hono, doors: Pick<Doors, 'admit'>, services: Services): void {
  app.get(`/files/:org{${uuidPattern}}/:id{${uuidPattern}}/:size{original|thumbnail}`, async (c) => {
    const { org, id, size } = c.req.param()
    const { memberId } = await doors.admit(c.req.raw, org, 'media.read')
    const { config, clock } = services
    const seen = { config, clock, db: seenBy(services.db, { memberId }) }
    const file = await serveMedia(seen, org, id, size as 'original' | 'thumbnail')
    return answerFile(c, file)
  })
  app.get('/files/*', () => {
    throw notFound('file')
  })
}

/** A file as what it is and nothing else; whoever calls this has asked who may see it. */
export function answerFile(c: Context, file: ServedFile): Response {
  const headers = {
    'content-type': file.type,
    // What programs of the browser would open under our address is taken away instead.
    'content-disposition': `${file.type === 'application/pdf' ? 'attachment' : 'inline'}; filename*=UTF-8''${encodedName(file.fileName)}`,
    // The content of an address never changes; only who may see it does, and of a conversation's that is asked each time.
    'cache-control': file.ofConversation ? 'private, no-cache' : 'private, max-age=3600',
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
  }
  if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)
  const range = rangeOf(c.req.header('range'), file.bytes)
  if (range === 'outside') return c.body(null, 416, { 'content-range': `bytes */${file.bytes}` })
  if (!range) return c.body(file.stream(), 200, { ...headers, 'content-length': String(file.bytes) })
  return c.body(file.stream(range), 206, {
    ...headers,
    'content-length': String(range.end - range.start + 1),
    'content-range': `bytes ${range.start}-${range.end}/${file.bytes}`,
  })
}

/** RFC 8187: quotes and brackets mean something there. */
export const encodedName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** One range, as video players ask for it; several at once are answered with the whole. */
function rangeOf(header: string | undefined, bytes: number): { start: number; end: number } | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const start = match[1] === '' ? Math.max(0, bytes - Number(match[2])) : Number(match[1])
  const end = match[1] === '' || match[2] === '' ? bytes - 1 : Math.min(Number(match[2]), bytes - 1)
  return start <= end && start < bytes ? { start, end } : 'outside'
}
