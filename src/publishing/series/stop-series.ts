// Pauses, resumes and ends series, and leaves single occurrences out or takes them back in.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { allows } from '../rules.ts'
import { changePosts, lockPost } from '../store.ts'
import type { SeriesDeps } from './begin-series.ts'
import { mustChange } from './change-series.ts'
import { makeSeries } from './jobs-asked.ts'
import { occurrencesFrom } from './recurrence.ts'
import { retract, takeBack } from './retract.ts'
import {
  deleteOccurrence,
  insertOccurrence,
  type OccurrenceRow,
  occurrenceRows,
  type SeriesRow,
  scheduleOf,
  setOccurrence,
  updateSeries,
} from './store.ts'
import { type SeriesShown, showOne } from './views.ts'

type Verb = 'series.changed' | 'series.paused' | 'series.resumed' | 'series.ended' | 'occurrence.left-out'

interface Change {
  tx: Tx
  series: SeriesRow
  at: Date
}

function changing(
  services: SeriesDeps,
  caller: Caller,
  id: string,
  work: (change: Change) => Promise<{ verb: Verb; gone?: NewEvent[]; facts?: object; make?: boolean } | null>,
): Promise<SeriesShown> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const series = await mustChange(tx, caller, id)
    const at = services.clock()
    const done = await work({ tx, series, at })
    if (done?.make) await services.queue.send(tx, makeSeries, { seriesId: id }, { key: id })
    const shown = await showOne(tx, caller.orgId, id, at)
    if (!done) return shown
    const { verb, gone = [], facts } = done
    await recordAll(tx, caller.orgId, caller.actor, at, [
      ...gone,
      {
        verb,
        subject: { kind: 'series', id },
        facts: { ...facts, posts: gone.filter(({ verb: each }) => each === 'post.deleted').length },
      },
    ])
    return shown
  })
}

const takeAllBack = async ({ tx, series, at }: Change, caller: Caller): Promise<NewEvent[]> =>
  retract(tx, await occurrenceRows(tx, caller.orgId, series.id), {
    ...{ orgId: caller.orgId, seriesId: series.id, by: caller.memberId, at },
  })

/** Nothing is made any more, and what was made and lies ahead is taken back, until it is resumed. */
export const pauseSeries = (services: SeriesDeps, caller: Caller, { id }: { id: string }): Promise<SeriesShown> =>
  changing(services, caller, id, async (change) => {
    if (change.series.paused_at) return null
    const gone = await takeAllBack(change, caller)
    await updateSeries(change.tx, caller.orgId, id, {
      ...{ paused: { at: change.at, by: caller.memberId }, makeAt: null, at: change.at },
    })
    return { verb: 'series.paused', gone }
  })

/** From now on; what would have gone out in the meantime does not. */
export const resumeSeries = (services: SeriesDeps, caller: Caller, { id }: { id: string }): Promise<SeriesShown> =>
  changing(services, caller, id, async ({ tx, series, at }) => {
    if (!series.paused_at) return null
    await updateSeries(tx, caller.orgId, id, { paused: null, makeAt: at, at, by: caller.memberId })
    return { verb: 'series.resumed', make: true }
  })

export const endSeries = (services: SeriesDeps, caller: Caller, { id }: { id: string }): Promise<SeriesShown> =>
  changing(services, caller, id, async (change) => {
    const gone = await takeAllBack(change, caller)
    await updateSeries(change.tx, caller.orgId, id, {
      ...{ ended: { at: change.at, by: caller.memberId }, makeAt: null, at: change.at },
    })
    return { verb: 'series.ended', gone }
  })

/** RFC 5545 EXDATE: this one does not happen, whatever becomes of the series. */
export const leaveOut = (
  services: SeriesDeps,
  caller: Caller,
  { id, wall: given }: { id: string; wall: string },
): Promise<SeriesShown> =>
  changing(services, caller, id, async ({ tx, series, at }) => {
    const wall = given.slice(0, 16)
    const row = await rowOf(tx, series, wall)
    if (row?.left_out_at) return null
    const gone = row?.post_id ? await takeOneBack(tx, row, { series, by: caller.memberId, at }) : []
    const left = { left_out_at: at, left_out_by: caller.memberId, settled_at: at }
    if (row) await setOccurrence(tx, caller.orgId, id, wall, left)
    else await leaveOutAhead(tx, series, wall, { by: caller.memberId, at })
    return { verb: 'occurrence.left-out', gone, facts: { wall } }
  })

/** Takes an occurrence back in that was left out: it is made anew from the series. */
export const takeIn = (
  services: SeriesDeps,
  caller: Caller,
  { id, wall: given }: { id: string; wall: string },
): Promise<SeriesShown> =>
  changing(services, caller, id, async ({ tx, series, at }) => {
    const wall = given.slice(0, 16)
    const row = await rowOf(tx, series, wall)
    if (!row?.left_out_at) return null
    await deleteOccurrence(tx, caller.orgId, id, wall)
    await updateSeries(tx, caller.orgId, id, { makeAt: series.paused_at ? null : at, at })
    return { verb: 'series.changed', facts: { takenIn: wall }, make: true }
  })

const rowOf = async (tx: Tx, series: SeriesRow, wall: string): Promise<OccurrenceRow | undefined> =>
  (await occurrenceRows(tx, series.org_id, series.id, wall)).find((row) => row.wall === wall)

async function takeOneBack(
  tx: Tx,
  row: OccurrenceRow,
  { series, by, at }: { series: SeriesRow; by: string; at: Date },
): Promise<NewEvent[]> {
  const found = await lockPost(tx, series.org_id, row.post_id!)
  if (!found || found.post.deleted_at) return []
  const stuck = found.variants.find((variant) => variant.state !== 'draft' && !allows(variant, 'unschedule'))
  if (stuck) throw new Refusal('too-late-to-edit', { status: 409, params: { state: stuck.state } })
  return takeBack(tx, found, { orgId: series.org_id, seriesId: series.id, by, at })
}

async function leaveOutAhead(
  tx: Tx,
  series: SeriesRow,
  wall: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const found = occurrencesFrom(scheduleOf(series), wall, 1)[0]
  if (found?.wall !== wall) throw notFound('occurrence')
  await insertOccurrence(tx, series.org_id, series.id, { ...found, postId: null, at, settled: true, leftOutBy: by })
}
