// Verbs of alerts: list, look at, answer; how sensitive detectors are; what is planned.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { answerInIssue } from '../issues/join.ts'
import { hoursListened, knowsWeekdays } from '../spikes/expectation.ts'
import { findTopic, topicNumber } from '../topics/store.ts'
import { readPlot } from './plot.ts'
import { falseRate } from './rules.ts'
import { plannedRows, updateAlert } from './store.ts'
import {
  alertRows,
  answeredSince,
  detectorRows,
  insertPlanned,
  profileOf,
  putDailyBudget,
  putProfile,
  removePlanned,
  type ShownAlert,
} from './store-views.ts'
import { type AlertProfile, type Answer, defaultDailyBudget } from './types.ts'
import { alertShown, plannedShown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const dayMs = 86_400_000

export const listAlerts = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  {
    limit,
    cursor,
    topicId,
    state,
  }: {
    limit: number
    cursor?: string | undefined
    topicId?: string | undefined
    state: 'all' | 'waiting' | 'answered'
  },
) =>
  inOrg(db, orgId, async (tx) => {
    const after = readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
    const rows = await alertRows(tx, orgId, { limit: limit + 1, after, topicId, state })
    const who = await answerersOf(tx, orgId, rows)
    return pageFrom(
      rows,
      limit,
      ({ raised_at, id }) => [raised_at.toISOString(), id],
      (row) => alertShown(row, who),
    )
  })

const answerersOf = (tx: Tx, orgId: string, rows: readonly ShownAlert[]) =>
  readActors(
    tx,
    orgId,
    rows.map(({ answered_by }) => answered_by),
  )

export const readAlert = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const row = await mustFind(tx, orgId, id)
    return { ...alertShown(row, await answerersOf(tx, orgId, [row])), ...(await readPlot(tx, orgId, row)) }
  })

async function mustFind(tx: Tx, orgId: string, id: string): Promise<ShownAlert> {
  const [row] = await alertRows(tx, orgId, { limit: 1, after: null, state: 'all', id })
  if (!row) throw notFound('alert')
  return row
}

/** @throws Refusal `not-found`. */
export const answerAlert = (
  { db, clock }: Deps,
  caller: Caller,
  { id, answer, note }: { id: string; answer: Answer; note: string },
) =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const row = await mustFind(tx, caller.orgId, id)
    await updateAlert(tx, caller.orgId, id, { answer, note, answered_at: now, answered_by: caller.actor.id })
    const answered = { issueId: row.issue_id ?? '', alertId: id, answer }
    const by = caller.memberId
    const events = row.issue_id ? await answerInIssue(tx, caller.orgId, answered, { at: now, by }) : []
    const after = await mustFind(tx, caller.orgId, id)
    const shown = alertShown(after, await answerersOf(tx, caller.orgId, [after]))
    const facts = { topic: row.topic_name, topicId: row.topic_id, answer, before: row.answer, note }
    const said = { verb: 'alert.answered', subject: { kind: 'alert', id }, facts }
    await recordAll(tx, caller.orgId, caller.actor, now, [said, ...events])
    return shown
  })

export const readRules = ({ db, clock }: Deps, { orgId }: Caller) =>
  inOrg(db, orgId, (tx) => rulesOf(tx, orgId, clock()))

async function rulesOf(tx: Tx, orgId: string, now: Date) {
  const { dailyBudget, raised, told, answers } = await answeredSince(tx, orgId, new Date(now.getTime() - 90 * dayMs))
  const { rate, low, high, answered, false: wrong } = falseRate(answers)
  return {
    dailyBudget: dailyBudget ?? defaultDailyBudget,
    last90Days: { raised, told, answered, false: wrong, falseRate: rate, low, high },
  }
}

export const changeRules = ({ db, clock }: Deps, caller: Caller, { dailyBudget }: { dailyBudget: number }) =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    await putDailyBudget(tx, caller.orgId, { dailyBudget, at: now, by: caller.memberId })
    const shown = await rulesOf(tx, caller.orgId, now)
    const subject = { kind: 'organisation', id: caller.orgId }
    await record(tx, caller.orgId, caller.actor, now, { verb: 'alert-rules.changed', subject, facts: { dailyBudget } })
    return shown
  })

export const listDetectors = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  inOrg(db, orgId, async (tx) =>
    (await detectorRows(tx, orgId)).map(({ topic_id, topic_name, network, watch, silent_since, seen_to, state }) => ({
      topicId: topic_id,
      topic: topic_name,
      network,
      watch,
      silentSince: silent_since?.toISOString() ?? null,
      seenTo: seen_to.toISOString(),
      hoursListened: hoursListened(state.learned),
      knowsWeekdays: knowsWeekdays(state.learned),
    })),
  )

export const readProfile = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    await topicNumber(tx, orgId, id)
    return { topicId: id, profile: await profileOf(tx, orgId, id) }
  })

export const changeProfile = (
  { db, clock }: Deps,
  caller: Caller,
  { id, profile }: { id: string; profile: AlertProfile },
) =>
  inOrg(db, caller.orgId, async (tx) => {
    const topic = await findTopic(tx, caller.orgId, id)
    if (!topic) throw notFound('topic')
    const now = clock()
    const before = await profileOf(tx, caller.orgId, id)
    await putProfile(tx, caller.orgId, { topicId: id, profile, at: now, by: caller.memberId })
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'alert-profile.changed',
      subject: { kind: 'topic', id },
      facts: { name: topic.name, from: before, to: profile },
    })
    return { topicId: id, profile }
  })

export const listPlanned = ({ db, clock }: Deps, { orgId }: Caller) =>
  inOrg(db, orgId, async (tx) =>
    (await plannedRows(tx, orgId, new Date(clock().getTime() - 30 * dayMs))).map(plannedShown),
  )

interface NewPlanned {
  name: string
  topicId: string | null
  from: string
  to: string
  factor: number | null
}

/** @throws Refusal where it ends before it begins, or its topic is not there. */
export const planEvent = ({ db, clock }: Deps, caller: Caller, event: NewPlanned) =>
  inOrg(db, caller.orgId, async (tx) => {
    const [from, to, now] = [new Date(event.from), new Date(event.to), clock()]
    if (to <= from) throw new Refusal('ends-before-it-begins', { field: 'to' })
    if (event.topicId && !(await findTopic(tx, caller.orgId, event.topicId)))
      throw new Refusal('topic-not-there', { field: 'topicId' })
    const id = newId()
    await insertPlanned(tx, caller.orgId, { ...event, id, from, to, at: now, by: caller.memberId })
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'planned-event.added',
      subject: { kind: 'planned-event', id },
      facts: { name: event.name, from: event.from, to: event.to, factor: event.factor },
    })
    return { id, ...event, from: from.toISOString(), to: to.toISOString() }
  })

/** Twice is as once. @throws Refusal `not-found`. */
export const unplanEvent = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const name = await removePlanned(tx, caller.orgId, { id, at: now, by: caller.memberId })
    if (name === null) throw notFound('planned-event')
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'planned-event.removed',
      subject: { kind: 'planned-event', id },
      facts: { name },
    })
  })
