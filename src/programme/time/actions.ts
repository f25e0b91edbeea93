// Verbs of time: start, stop, write down, take away; each answers how my week stands then.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { close, itemsOf, openSessionOf } from '../sessions/close.ts'
import { lockSessions } from '../sessions/store.ts'
import type { mineView } from './contract.ts'
import { isForgotten, minutesOf } from './rules.ts'
import {
  entryRows,
  findTimer,
  hasEntry,
  insertEntry,
  markEntry,
  putCeiling,
  putTimer,
  readCeiling,
  type TimerRow,
  takeTimer,
} from './store.ts'
import { type How, type LogFacts, mostMinutes } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Mine = z.infer<typeof mineView>

interface Doing {
  activity: string
  channel: string | null
  campaignId: string | null
}

export const readMine = ({ db, clock }: Deps, caller: Caller): Promise<Mine> =>
  readInOrg(db, caller.orgId, (tx) => show(tx, caller, clock()))

/** @throws Refusal `timer-forgotten` where one runs that nobody stopped for most of a day, `campaign-unknown`. */
export const startTimer = (
  { db, clock }: Deps,
  caller: Caller,
  { activity, channel, campaignId }: Doing,
): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    await mustKnow(tx, caller.orgId, campaignId)
    await changeTimer(tx, caller, { activity, channel, campaignId, sessionId: null }, at)
    return show(tx, caller, at)
  })

/** What ran before is written down, and this begins. @throws Refusal `timer-forgotten`. */
export async function changeTimer(
  tx: Tx,
  caller: Caller,
  { activity, channel, campaignId, sessionId }: Doing & { sessionId: string | null },
  at: Date,
): Promise<void> {
  const { orgId, memberId } = caller
  const before = await takeTimer(tx, orgId, memberId)
  // Interrupted: nothing is finished yet.
  if (before) await writeDown(tx, caller, before, { at, items: 0 })
  const what = { activity, channel, campaign_id: campaignId, session_id: sessionId }
  await putTimer(tx, orgId, { member_id: memberId, ...what, began_at: at })
}

/** A second click finds nothing to stop and changes nothing. @throws Refusal `timer-forgotten`. */
export const stopTimer = (
  { db, clock }: Deps,
  caller: Caller,
  { items, minutes }: { items: number; minutes?: number | undefined },
): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    // Sessions first, as whoever starts one does it: nobody waits for somebody who waits for them.
    if ((await findTimer(tx, orgId, memberId))?.session_id) await lockSessions(tx, orgId)
    const timer = await takeTimer(tx, orgId, memberId)
    if (timer) await finish(tx, caller, timer, { at, items, minutes })
    return show(tx, caller, at)
  })

interface Stop {
  at: Date
  items: number
  minutes?: number | undefined
}

/** A timer that ran for a session finishes it, unless nothing came of it yet. */
async function finish(tx: Tx, caller: Caller, timer: TimerRow, stop: Stop): Promise<void> {
  const session = timer.session_id === null ? null : await openSessionOf(tx, caller, timer.session_id)
  const isDone = session !== null && stop.items > 0
  const items = isDone ? await itemsOf(tx, caller.orgId, session) : stop.items
  const entryId = await writeDown(tx, caller, timer, { ...stop, items })
  if (isDone && entryId !== null) await close(tx, caller, session, { at: stop.at, entryId })
}

export const dropTimer = ({ db, clock }: Deps, caller: Caller): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    await takeTimer(tx, caller.orgId, caller.memberId)
    return show(tx, caller, clock())
  })

async function writeDown(
  tx: Tx,
  caller: Caller,
  { activity, channel, campaign_id: campaignId, began_at, session_id }: TimerRow,
  { at, items, minutes }: Stop,
): Promise<string | null> {
  const { orgId, memberId } = caller
  const ran = minutesOf(began_at, at)
  if (ran === null && minutes === undefined) return null
  // What is refused is undone with its transaction: the timer runs on.
  if (minutes === undefined && isForgotten(ran!))
    throw new Refusal('timer-forgotten', { field: 'minutes', params: { hours: Math.round(ran! / 60) } })
  const day = dayIn(began_at, await readOrganisationZone(tx, orgId))
  const how: How = minutes === undefined ? 'timer' : 'typed'
  const what = { activity, channel, campaignId, day, minutes: minutes ?? ran!, how, items, note: '' }
  const id = await insertEntry(tx, orgId, { memberId, ...what, sessionId: session_id, at })
  await tell(tx, caller, 'time.logged', id, { activity }, at)
  return id
}

/** @throws Refusal `day-ahead`, `day-too-long-ago`, `more-than-a-day`, `campaign-unknown`. */
export const logTime = ({ db, clock }: Deps, caller: Caller, { day, ...facts }: LogFacts): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    const today = await todayOf(tx, orgId, at)
    if (day > today) throw new Refusal('day-ahead', { field: 'day' })
    if (day < addDays(today, -backDays))
      throw new Refusal('day-too-long-ago', { field: 'day', params: { days: backDays } })
    await mustKnow(tx, orgId, facts.campaignId)
    const there = await entryRows(tx, orgId, { memberId, from: day, to: day })
    const sum = there.reduce((all, { minutes }) => all + minutes, facts.minutes)
    if (sum > mostMinutes)
      throw new Refusal('more-than-a-day', { field: 'minutes', params: { hours: mostMinutes / 60 } })
    const id = await insertEntry(tx, orgId, { memberId, day, ...facts, how: 'typed', at })
    await tell(tx, caller, 'time.logged', id, { activity: facts.activity }, at)
    return show(tx, caller, at)
  })

async function mustKnow(tx: Tx, orgId: string, campaignId: string | null): Promise<void> {
  if (campaignId !== null && !(await campaignNames(tx, orgId)).has(campaignId))
    throw new Refusal('campaign-unknown', { field: 'campaignId' })
}

/** What somebody did, and not how long they took: the log is read by everybody. A timer that only begins or is forgotten changes nothing yet. */
const tell = (tx: Tx, { orgId, actor }: Caller, verb: string, id: string, facts: Record<string, unknown>, at: Date) =>
  record(tx, orgId, actor, at, { verb, subject: { kind: 'time', id }, facts })

/** Four weeks: what is older is remembered by nobody. */
const backDays = 28

export const removeEntry = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Mine> =>
  mark(services, caller, id, (at) => at)

export const restoreEntry = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Mine> =>
  mark(services, caller, id, () => null)

const mark = ({ db, clock }: Deps, caller: Caller, id: string, removedAt: (at: Date) => Date | null): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    const own = { id, memberId: caller.memberId }
    const at = clock()
    const changed = await markEntry(tx, caller.orgId, own, removedAt(at))
    if (!changed && !(await hasEntry(tx, caller.orgId, own))) throw notFound('entry')
    if (changed) await tell(tx, caller, removedAt(at) ? 'time.removed' : 'time.restored', id, {}, at)
    return show(tx, caller, at)
  })

export const setCeiling = (
  { db, clock }: Deps,
  caller: Caller,
  { minutesWeekly }: { minutesWeekly: number },
): Promise<Mine> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    await putCeiling(tx, orgId, { memberId, minutesWeekly, by: memberId, at })
    const subject = { kind: 'member', id: memberId }
    await record(tx, orgId, actor, at, { verb: 'ceiling.set', subject, facts: { minutesWeekly } })
    return show(tx, caller, at)
  })

async function show(tx: Tx, { orgId, memberId }: Caller, now: Date): Promise<Mine> {
  const today = await todayOf(tx, orgId, now)
  const week = mondayOf(today)
  const entries = await entryRows(tx, orgId, { memberId, from: week, to: addDays(week, 6) })
  const timer = await findTimer(tx, orgId, memberId)
  return {
    ...{ today, week, minutes: entries.reduce((sum, { minutes }) => sum + minutes, 0) },
    ceiling: await readCeiling(tx, orgId, memberId),
    timer: timer
      ? {
          ...{ activity: timer.activity, channel: timer.channel, beganAt: timer.began_at.toISOString() },
          ...{ sessionId: timer.session_id, campaignId: timer.campaign_id },
        }
      : null,
    entries: entries.map(({ id, activity, channel, campaign_id, on_day, minutes, how, items, note, noted_at }) => ({
      ...{
        id,
        activity,
        channel,
        campaignId: campaign_id,
        day: on_day,
        minutes,
        how: how as How,
        items,
        note,
        notedAt: noted_at.toISOString(),
      },
    })),
  }
}
