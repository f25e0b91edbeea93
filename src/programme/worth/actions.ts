// Verbs of what items are worth: read, choose the unit, tell of a line, forget and recall.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { stoppedKeys } from '../reviews/store.ts'
import type { worthView } from './contract.ts'
import type { ReadLine } from './lines.ts'
import { lineKey, readChannels, readWorthOf } from './read-worth.ts'
import { bringBack, insertTold, lockTelling, lockTold, putUnit, removeTold, type ToldRow } from './store.ts'
import type { GoalUnit, ToldFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof worthView>

export async function readWorth(
  services: Deps,
  { orgId }: Caller,
  { unit }: { unit?: GoalUnit | undefined } = {},
): Promise<Shown> {
  const worth = await readWorthOf(services, orgId, { unit })
  const tellers = worth.told.map(({ told_by }) => told_by)
  const [who, stopped] = await readInOrg(services.db, orgId, async (tx) => [
    await readActors(tx, orgId, tellers),
    await stoppedKeys(tx, orgId),
  ])
  const lines = worth.lines.map((line) => ({
    ...shownLine(line, who),
    isStopped: stopped.has(lineKey(line.channel.key, line.activity)),
  }))
  return { unit: worth.unit, today: worth.today, lines }
}

export async function chooseUnit(services: Deps, caller: Caller, { unit }: { unit: GoalUnit }): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    await putUnit(tx, orgId, { unit, by: memberId, at })
    const subject = { kind: 'organisation', id: orgId }
    await record(tx, orgId, actor, at, { verb: 'worth.unit-chosen', subject, facts: { unit } })
  })
  return readWorth(services, caller)
}

/** @throws Refusal `channel-unknown`, `least-above-most`. */
export async function tellLine(services: Deps, caller: Caller, facts: ToldFacts): Promise<Shown> {
  const channels = await readChannels(services, caller.orgId)
  const channel = channels.byKey(facts.channel)
  if (!channel) throw new Refusal('channel-unknown', { field: 'channel' })
  const { leastWeekly, mostWeekly } = facts
  if (leastWeekly !== null && mostWeekly !== null && leastWeekly > mostWeekly)
    throw new Refusal('least-above-most', { field: 'leastWeekly', params: { most: mostWeekly } })
  await inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    // A word that names an account means it.
    const told = { ...facts, channel: channel.key }
    await lockTelling(tx, caller.orgId)
    await removeTold(tx, caller.orgId, told, at)
    const id = await insertTold(tx, caller.orgId, told, { by: caller.memberId, at })
    const { activity, value, unit } = facts
    await tellOf(tx, caller, 'line.told', { id, facts: { activity, channel: channel.name, value, unit }, at })
  })
  return readWorth(services, caller)
}

export const forgetLine = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(services, caller, id, async (tx, row, at) => {
    if (row.removed_at) return
    await removeTold(tx, caller.orgId, row, at)
    await tellOf(tx, caller, 'line.forgotten', { id, facts: { activity: row.activity }, at })
  })

export const recallLine = (services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(services, caller, id, async (tx, row, at) => {
    if (!row.removed_at) return
    await removeTold(tx, caller.orgId, row, at)
    await bringBack(tx, caller.orgId, id)
    await tellOf(tx, caller, 'line.recalled', { id, facts: { activity: row.activity }, at })
  })

async function mark(
  services: Deps,
  caller: Caller,
  id: string,
  work: (tx: Tx, row: ToldRow, at: Date) => Promise<void>,
): Promise<Shown> {
  await inOrg(services.db, caller.orgId, async (tx) => {
    await lockTelling(tx, caller.orgId)
    const row = await lockTold(tx, caller.orgId, id)
    if (!row) throw notFound('line')
    await work(tx, row, services.clock())
  })
  return readWorth(services, caller)
}

const tellOf = (
  tx: Tx,
  { orgId, actor }: Caller,
  verb: string,
  { id, facts, at }: { id: string; facts: Record<string, unknown>; at: Date },
) => record(tx, orgId, actor, at, { verb, subject: { kind: 'line', id }, facts })

function shownLine(
  line: ReadLine,
  who: Awaited<ReturnType<typeof readActors>>,
): Omit<Shown['lines'][number], 'isStopped'> {
  const { belief, minutes, halfLife, told, channel } = line
  const hour = (value: number) => (value * 60) / minutes!.mean
  return {
    ...{ channel: channel.key, channelName: channel.name, activity: line.activity },
    ...{ items: line.items, young: line.young, unread: line.unread, known: belief?.known ?? 'unknown' },
    value: belief && { likely: belief.likely, low: belief.low, high: belief.high },
    anHour: belief && minutes && { likely: hour(belief.likely), low: hour(belief.low), high: hour(belief.high) },
    ...{ trust: belief?.trust ?? 0, first: line.first, decay: line.decay, minutes },
    decayKnown: line.decayKnown,
    ...{ most: line.most, least: line.least, leastKind: line.leastKind },
    ...{ doneWeekly: line.doneWeekly, plannedWeekly: line.plannedWeekly, ageMinutes: line.age },
    halfLife: halfLife && {
      ...{ minutes: halfLife.minutes, low: halfLife.low, high: halfLife.high },
      ...{ trust: halfLife.trust, posts: halfLife.posts },
    },
    ...{ signals: line.signals, trend: line.trend },
    told: told && {
      ...{ id: told.id, channel: told.channel, activity: told.activity, unit: told.unit as GoalUnit },
      ...{ value: told.value, minutes: told.minutes, decay: told.decay, note: told.note },
      ...{ mostWeekly: told.most_weekly, leastWeekly: told.least_weekly, leastKind: line.leastKind },
      ...{ at: told.told_at.toISOString(), by: who(told.told_by) },
    },
  }
}
