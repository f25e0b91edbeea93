// Series as the API shows them.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { memberNames } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { instantOf, wallOf } from '../times.ts'
import { mustHappen, type Occurrence, occurrencesFrom } from './recurrence.ts'
import {
  findSeries,
  listSeriesRows,
  type OccurrenceRow,
  occurrenceOfPost,
  occurrenceRows,
  type SeriesRow,
  type Standing,
  scheduleOf,
  standingsOf,
} from './store.ts'
import type { occurrence, plannedOccurrence, Recurrence, seriesView } from './types.ts'

export type SeriesShown = z.infer<typeof seriesView>
type Shown = z.infer<typeof occurrence>
type Planned = z.infer<typeof plannedOccurrence>
type Deps = Pick<Services, 'db' | 'clock'>

const plannedOf = ({ wall, at, movedTo, twice }: Occurrence): Planned => ({
  ...{ wall, movedTo, twice },
  at: at.toISOString(),
})

export async function showOne(tx: Tx, orgId: string, id: string, now: Date): Promise<SeriesShown> {
  const row = await findSeries(tx, orgId, id)
  if (!row) throw notFound('series')
  return (await showAll(tx, [row], now))[0]!
}

async function showAll(tx: Tx, rows: SeriesRow[], now: Date): Promise<SeriesShown[]> {
  const orgId = rows[0]?.org_id
  if (!orgId) return []
  const names = await memberNames(
    tx,
    orgId,
    rows.map((row) => row.by_member),
  )
  const ids = rows.map((row) => row.id)
  const standings = await standingsOf(tx, orgId, ids, now)
  return rows.map((row) => show(row, names.get(row.by_member) ?? '', standings.get(row.id), now))
}

function show(row: SeriesRow, name: string, standing: Standing | undefined, now: Date): SeriesShown {
  const next = row.paused_at || row.ended_at ? null : nextOf(row, standing?.left_out ?? [], now)
  return {
    id: row.id,
    summary: row.summary,
    accountIds: row.variants.map(({ accountId }) => accountId),
    campaignId: row.belonging.campaignId ?? null,
    rule: row.rule,
    wall: row.start_wall.slice(0, 16),
    zone: row.zone,
    endsBefore: row.ends_before?.slice(0, 16) ?? null,
    scheduled: row.scheduled,
    state: row.ended_at ? 'ended' : row.paused_at ? 'paused' : next ? 'running' : 'done',
    by: { id: row.by_member, name },
    createdAt: row.created_at.toISOString(),
    next,
    ahead: standing?.ahead ?? 0,
    troubled: standing?.troubled ?? 0,
  }
}

const isThere = (row: OccurrenceRow): boolean => row.post_id !== null && !row.post_deleted && !row.left_out_at

function nextOf(row: SeriesRow, leftOut: string[], now: Date): Planned | null {
  const left = new Set(leftOut)
  const next = occurrencesFrom(scheduleOf(row), wallOf(now, row.zone), left.size + 2).find(
    ({ wall, at }) => at > now && !left.has(wall),
  )
  return next ? plannedOf(next) : null
}

export const listSeries = (services: Deps, caller: Caller): Promise<SeriesShown[]> =>
  inOrg(services.db, caller.orgId, async (tx) => showAll(tx, await listSeriesRows(tx, caller.orgId), services.clock()))

const pastShown = 10
/** Beyond those that are made. */
const toMakeShown = 5

/** With what was made lately and what comes, whether it is made yet or not. */
export function readSeries(
  services: Deps,
  caller: Caller,
  { id }: { id: string },
): Promise<SeriesShown & { occurrences: Shown[] }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const series = await showOne(tx, caller.orgId, id, now)
    const row = (await findSeries(tx, caller.orgId, id))!
    return { ...series, occurrences: await occurrencesOf(tx, row, series, now) }
  })
}

async function occurrencesOf(tx: Tx, row: SeriesRow, { state }: SeriesShown, now: Date): Promise<Shown[]> {
  const from = wallOf(now, row.zone)
  const rows = await occurrenceRows(tx, row.org_id, row.id)
  const past = rows.filter(({ wall }) => wall < from).slice(-pastShown)
  const made = new Map(rows.filter(({ wall }) => wall >= from).map((each) => [each.wall, each]))
  const most = made.size + toMakeShown
  const planned = state === 'running' ? occurrencesFrom(scheduleOf(row), from, most) : []
  const walls = [...new Set([...made.keys(), ...planned.map(({ wall }) => wall)])].sort()
  const byWall = new Map(planned.map((each) => [each.wall, each]))
  return [
    ...past.map((each) => madeOf(each, row.zone)),
    ...walls.map((wall) => (made.has(wall) ? madeOf(made.get(wall)!, row.zone) : notMade(byWall.get(wall)!))),
  ]
}

const notMade = (planned: Occurrence): Shown => ({
  ...plannedOf(planned),
  ...{ postId: null, summary: null, state: null, detached: false, leftOut: false, trouble: null },
})

function madeOf(row: OccurrenceRow, zone: string): Shown {
  const there = isThere(row)
  const planned = instantOf({ wall: row.moved_to ?? row.wall, zone })
  const at = there && row.due_at ? row.due_at : planned.kind === 'never' ? row.made_at : planned.at
  return {
    wall: row.wall,
    at: at.toISOString(),
    movedTo: row.moved_to,
    twice: row.twice,
    postId: there ? row.post_id : null,
    summary: there ? row.summary : null,
    state: there ? row.state : null,
    detached: row.detached_at !== null,
    // Whoever deletes the post of one occurrence leaves it out, by another way.
    leftOut: row.left_out_at !== null || !there,
    trouble: there && row.state === 'draft' ? row.trouble : null,
  }
}

/** The series that a post is an occurrence of; null where it is none. */
export function seriesOfPost(
  services: Deps,
  caller: Caller,
  { id }: { id: string },
): Promise<{ series: SeriesShown; occurrence: Shown } | null> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await occurrenceOfPost(tx, caller.orgId, id)
    if (!found) return null
    const series = await showOne(tx, caller.orgId, found.series_id, services.clock())
    const rows = await occurrenceRows(tx, caller.orgId, found.series_id, found.wall)
    return { series, occurrence: madeOf(rows[0]!, series.zone) }
  })
}

/** What a rule would give, before anything begins. */
export function previewRecurrence({ rule: text, wall, zone, most }: Recurrence & { most: number }): {
  rule: string
  occurrences: Planned[]
  ends: boolean
} {
  const base = { startWall: wall.slice(0, 16), zone, endsBefore: null }
  const { rule } = mustHappen(base, text)
  const found = occurrencesFrom({ ...base, rule }, base.startWall, most + 1)
  return { rule, occurrences: found.slice(0, most).map(plannedOf), ends: found.length <= most }
}
