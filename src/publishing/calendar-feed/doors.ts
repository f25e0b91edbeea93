// The door of calendar feeds, beside the API: the secret in the address is all that opens it.

import type { Hono } from 'hono'
import { answerCalendar } from '../../lib/calendar-text.ts'
import type { Services } from '../../services.ts'
import { readFeed } from './read-feed.ts'

export function mountCalendarFeeds(app: Hono, services: Pick<Services, 'db' | 'clock' | 'publicUrl'>): void {
  app.get('/calendar/:file{[A-Za-z0-9_-]{20,100}\\.ics}', async (c) => {
    const { text, changedAt } = await readFeed(services, c.req.param('file').slice(0, -'.ics'.length))
    return answerCalendar(c, text, changedAt)
  })
}
