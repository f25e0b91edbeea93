// The door of somebody's sessions for calendar programs, beside the API: the secret in the address is all that opens it.

import type { Hono } from 'hono'
import { asSystem, inOrg } from '../../db/tx.ts'
import { answerCalendar, type CalendarEvent, calendarText } from '../../lib/calendar-text.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { may, type Role } from '../../people/permissions.ts'
import { activityOf } from '../load/costs/activities.ts'
import type { ReadDeps } from '../sessions/read.ts'
import { weeksAhead } from '../sessions/rules.ts'
import { rowsOnDays, type SessionRow } from '../sessions/store.ts'
import { freshenSessions } from '../sessions/upkeep.ts'
import { feedBySecret, markRead } from './store.ts'

type Deps = ReadDeps & { publicUrl: string }

export function mountSessionFeeds(app: Hono, services: Deps): void {
  app.get('/calendar/sessions/:file{[A-Za-z0-9_-]{20,100}\\.ics}', async (c) => {
    const { text, changedAt } = await readSessionFeed(services, c.req.param('file').slice(0, -'.ics'.length))
    return answerCalendar(c, text, changedAt)
  })
}

const daysBack = 30
/** Exact enough for "last read", and no write at every look. */
const noteEveryMs = 60_000

/** @throws Refusal `not-found` for secrets that never were, that ended, and of members who left or may no longer. */
async function readSessionFeed(services: Deps, secret: string): Promise<{ text: string; changedAt: Date | null }> {
  const { db, clock, publicUrl } = services
  const feed = await asSystem(db, (tx) => feedBySecret(tx, sha256Hex(secret)))
  if (!feed || !may(feed.role as Role, 'programme.read')) throw notFound('calendar')
  await freshenSessions(services, feed.org_id)
  const rows = await inOrg(db, feed.org_id, async (tx) => {
    const now = clock()
    if (!feed.last_read_at || now.getTime() - feed.last_read_at.getTime() > noteEveryMs) await markRead(tx, feed, now)
    const today = dayIn(now, await readOrganisationZone(tx, feed.org_id))
    const span = { from: addDays(today, -daysBack), to: addDays(today, 7 * (weeksAhead + 2)), memberId: feed.member_id }
    return (await rowsOnDays(tx, feed.org_id, span)).filter(({ state }) => state === 'planned' || state === 'done')
  })
  const url = linkTo(publicUrl, feed.org_id, 'programme/week')
  const newest = Math.max(...rows.map(({ changed_at }) => changed_at.getTime()))
  return {
    text: calendarText(
      'Longrun: sessions',
      rows.map((row) => eventOf(row, url)),
    ),
    changedAt: rows.length > 0 ? new Date(newest) : null,
  }
}

/** Half-days are kept free as long as they are planned; everything else for what it takes. */
function eventOf(row: SessionRow, url: string): CalendarEvent {
  const to = new Date(Math.max(row.until_at!.getTime(), row.at!.getTime() + row.minutes * 60_000))
  const planned = `Planned for ${row.wall!.replace('T', ' ')}, ${row.zone}: ${row.minutes} minutes`
  return {
    ...{ uid: `${row.id}@longrun`, sequence: row.revision, changedAt: row.changed_at, from: row.at!, to },
    summary: `${row.state === 'done' ? 'Done: ' : ''}${titleOf(row)}`,
    ...{ description: [planned, url].join('\n'), url, status: 'CONFIRMED', isBusy: row.state === 'planned' },
  }
}

function titleOf({ activity, channel, part, parts, items }: SessionRow): string {
  const name = activityOf(activity)?.one.replace(/^an? /, '') ?? activity.replaceAll('-', ' ')
  const title = `${items > 1 ? `${items} × ` : ''}${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return `${title}${channel ? `, ${channel}` : ''}${parts > 1 ? `, part ${part} of ${parts}` : ''}`
}
