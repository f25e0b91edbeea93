// The door of calendar feeds, beside the API: the secret in the address is all that opens it.

import type { Hono } from 'hono'
import type { Services } from '../../services.ts'
import { readFeed } from './read-feed.ts'

export function mountCalendarFeeds(app: Hono, services: Pick<Services, 'db' | 'clock' | 'publicUrl'>): void {
  app.get('/calendar/:file{[A-Za-z0-9_-]{20,100}\\.ics}', async (c) => {
    const { text, etag, changedAt } = await readFeed(services, c.req.param('file').slice(0, -'.ics'.length))
    const headers = {
      etag,
      // Whoever keeps a copy asks each time whether it still holds: members leave, posts move.
      'cache-control': 'private, no-cache',
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="longrun.ics"',
      'referrer-policy': 'no-referrer',
      ...(changedAt ? { 'last-modified': changedAt.toUTCString() } : {}),
    }
    return sameTag(c.req.header('if-none-match'), etag) ? c.body(null, 304, headers) : c.body(text, 200, headers)
  })
}

/** A proxy that compresses makes a weak tag of ours. */
const sameTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
