// Lists of posts: the table with its filters and pages, and the calendar between two instants.

import { z } from 'zod'
import { readInOrg } from '../db/tx.ts'
import { pageFrom, readCursor } from '../lib/paging.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { calendarView, postLine } from './contract.ts'
import { calendarLines, type ListFilter, listLines, type Whose } from './lines.ts'
import { cellsBetween } from './times.ts'
import { calendarLineOf, lineOf } from './views.ts'

type Line = z.infer<typeof postLine>

const place = z.tuple([z.iso.datetime(), z.uuid()])
const longestRangeMs = 100 * 24 * 3600_000
/** Lines of one answer of the calendar, were every day full. */
const mostLines = 20_000

export function listPosts(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: Omit<ListFilter, 'after'> & { cursor?: string },
): Promise<{ items: Line[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)
  return readInOrg(services.db, caller.orgId, async (tx) => {
    const rows = await listLines(tx, caller.orgId, { ...given, after, limit: given.limit + 1 })
    const key = (row: (typeof rows)[number]) => [
      (given.order === 'due' ? row.due_at! : row.updated_at).toISOString(),
      row.id,
    ]
    return pageFrom(rows, given.limit, key, lineOf(caller.orgId))
  })
}

export async function readCalendar(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: { from: string; to: string; zone: string; cell: 'day' | 'hour'; most: number } & Whose,
): Promise<z.infer<typeof calendarView>> {
  const { most, accountId, campaignId, departmentId, ownerId } = given
  const [from, to] = [new Date(given.from), new Date(given.to)]
  if (to <= from) throw new Refusal('range-backwards', { field: 'to' })
  if (to.getTime() - from.getTime() > longestRangeMs)
    throw new Refusal('range-too-long', { field: 'to', params: { days: 100 } })
  const cells = cellsBetween(from, to, given.zone, given.cell)
  if (cells.length * most > mostLines)
    throw new Refusal('too-many-at-once', { field: 'most', params: { most: Math.floor(mostLines / cells.length) } })
  const { lines, counts } = await readInOrg(services.db, caller.orgId, (tx) =>
    calendarLines(tx, caller.orgId, { from, to, cells, most, accountId, campaignId, departmentId, ownerId }),
  )
  return { posts: lines.map(calendarLineOf(caller.orgId)), cells: counts }
}
