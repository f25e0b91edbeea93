// Changes a series: all that lies ahead, or one occurrence and those that follow it. What was changed alone stays as it is.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { summaryOf } from '../rules.ts'
import { changePosts, findPost } from '../store.ts'
import { wallOf } from '../times.ts'
import { mustRun, type SeriesDeps, templateOf } from './begin-series.ts'
import { makeSeries } from './jobs-asked.ts'
import { countBefore, mustHappen, occurrencesFrom, type Schedule } from './recurrence.ts'
import { retract } from './retract.ts'
import { countOf, withCount } from './rules.ts'
import {
  handOnOccurrences,
  insertSeries,
  lockSeries,
  occurrenceRows,
  type SeriesRow,
  scheduleOf,
  type Template,
  updateSeries,
} from './store.ts'
import { type SeriesShown, showOne } from './views.ts'

export interface SeriesChange {
  id: string
  /** The occurrence from which on it holds; absent: all that lie ahead. */
  from?: string
  rule?: string
  /** Where the rule begins; of a change from one occurrence on: that one. */
  wall?: string
  zone?: string
  scheduled?: boolean
  /** The post whose words, accounts and belonging the others take over. */
  likePostId?: string
}

export function changeSeries(services: SeriesDeps, caller: Caller, change: SeriesChange): Promise<SeriesShown> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const series = await mustChange(tx, caller, change.id)
    mustRun(caller, change.scheduled ?? false)
    const at = services.clock()
    const template = change.likePostId ? await likePost(tx, caller.orgId, change.likePostId) : null
    const from = change.from?.slice(0, 16)
    const splits = from !== undefined && from > scheduleOf(series).startWall
    const work = { caller, change, series, template, at }
    const id = splits ? await splitAt(tx, from, work) : await changeAll(tx, work)
    await services.queue.send(tx, makeSeries, { seriesId: id }, { key: id })
    return showOne(tx, caller.orgId, id, at)
  })
}

interface Work {
  caller: Caller
  change: SeriesChange
  series: SeriesRow
  template: (Template & { summary: string }) | null
  at: Date
}

export async function mustChange(tx: Tx, caller: Caller, id: string): Promise<SeriesRow> {
  const series = await lockSeries(tx, caller.orgId, id)
  if (!series) throw notFound('series')
  mustRun(caller, series.scheduled)
  if (series.ended_at) throw new Refusal('series-ended', { status: 409 })
  return series
}

async function likePost(tx: Tx, orgId: string, postId: string): Promise<Template & { summary: string }> {
  const found = await findPost(tx, orgId, postId)
  if (!found || found.post.deleted_at) throw notFound('post')
  if (found.variants.length === 0) throw new Refusal('no-account-chosen', { field: 'likePostId' })
  return { ...templateOf(found), summary: summaryOf(found.post.content) }
}

async function changeAll(tx: Tx, { caller, change, series, template, at }: Work): Promise<string> {
  const before = scheduleOf(series)
  const schedule = changedSchedule(change, before, before.startWall)
  const kept = template || change.scheduled !== undefined ? new Set<string>() : stillPlanned(schedule, before, at)
  const rows = await occurrenceRows(tx, caller.orgId, series.id)
  const gone = await retract(
    tx,
    rows.filter(({ wall }) => !kept.has(wall)),
    { orgId: caller.orgId, seriesId: series.id, by: caller.memberId, at },
  )
  await updateSeries(tx, caller.orgId, series.id, {
    ...{ schedule, at, by: caller.memberId, makeAt: series.paused_at ? null : at },
    ...(template ? { template } : {}),
    ...(change.scheduled === undefined ? {} : { scheduled: change.scheduled }),
  })
  await tell(tx, { caller, change, series, template, at }, 'series.changed', gone, { ...schedule })
  return series.id
}

/** Occurrences that the changed rule gives as well: they stay the posts that they are. */
function stillPlanned(schedule: Schedule, before: Schedule, at: Date): Set<string> {
  if (schedule.zone !== before.zone) return new Set()
  return new Set(occurrencesFrom(schedule, wallOf(at, schedule.zone), 400).map(({ wall }) => wall))
}

/** The series ends before that occurrence, and another one begins with it. */
async function splitAt(tx: Tx, from: string, work: Work): Promise<string> {
  const { caller, change, series, template, at } = work
  const before = scheduleOf(series)
  if (occurrencesFrom(before, from, 1)[0]?.wall !== from) throw new Refusal('no-such-occurrence', { field: 'from' })
  const passed = countBefore(before, from)
  const count = countOf(before.rule)
  const rest = count === null ? before.rule : withCount(before.rule, count - passed)
  const schedule = changedSchedule(change, { ...before, rule: rest }, from)
  const rows = await occurrenceRows(tx, caller.orgId, series.id, from)
  const id = newId()
  const gone = await retract(tx, rows, { orgId: caller.orgId, seriesId: series.id, by: caller.memberId, at })
  await insertSeries(tx, caller.orgId, {
    ...(template ?? { content: series.content, variants: series.variants, belonging: series.belonging }),
    ...{ id, schedule, by: caller.memberId, at, follows: series.id },
    summary: template?.summary ?? series.summary,
    scheduled: change.scheduled ?? series.scheduled,
    firstPostId: change.likePostId ?? series.first_post_id,
  })
  if (series.paused_at) await updateSeries(tx, caller.orgId, id, { paused: { at, by: caller.memberId }, makeAt: null })
  await handOnOccurrences(tx, caller.orgId, series.id, id, from)
  await updateSeries(tx, caller.orgId, series.id, {
    schedule: { ...before, endsBefore: from },
    at,
    makeAt: series.paused_at ? null : at,
  })
  await tell(tx, work, 'series.split', gone, { from, followedBy: id, ...schedule })
  return id
}

function changedSchedule(change: SeriesChange, before: Schedule, start: string): Schedule {
  const startWall = change.wall?.slice(0, 16) ?? start
  const base = { startWall, zone: change.zone ?? before.zone, endsBefore: before.endsBefore }
  const { rule, first } = mustHappen(base, change.rule ?? before.rule)
  return { ...base, rule, startWall: change.wall || start !== before.startWall ? first.wall : startWall }
}

async function tell(
  tx: Tx,
  { caller, series, change, template, at }: Work,
  verb: 'series.changed' | 'series.split',
  gone: NewEvent[],
  facts: Record<string, unknown>,
): Promise<void> {
  const subject = { kind: 'series', id: series.id }
  const more = { ...facts, like: template ? change.likePostId : undefined }
  await recordAll(tx, caller.orgId, caller.actor, at, [...gone, { verb, subject, facts: more }])
}
