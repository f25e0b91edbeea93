// Verbs of guards: look at load and risk, answer alarms and take that back, say when an account was opened.

import type { z } from 'zod'
import { accountRows } from '../../accounts/for-programme.ts'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { addDays } from '../../lib/days.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors, readOrganisationZone } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import { instantOf } from '../../publishing/times.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { readSettings } from '../figures/store.ts'
import { findGoingOn } from '../store.ts'
import type { Facts } from './causes.ts'
import type { alarmView, guardsView, personView } from './contract.ts'
import { judgeGuards } from './judge.ts'
import { sumOf } from './loads.ts'
import { readGuardFacts } from './read-facts.ts'
import { type AlarmRow, alarmRows, lockAlarm, openings, putOpening, updateAlarm } from './store.ts'
import { type Answer, type Level, moneyCauses } from './types.ts'
import { guardsShown, personShown } from './views.ts'
import { type WatchServices, watchOne } from './watch.ts'
import { alarmWords } from './words.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof alarmView>

/** What ended longer ago is in the activity. */
const mostAlarms = 100

const seesPeople = (caller: Caller): boolean => callerMay(caller, 'programme.people')

export async function readGuards(services: Deps, caller: Caller): Promise<z.infer<typeof guardsView>> {
  const { facts, settings } = await readGuardFacts(services, caller.orgId)
  const programme = await readInOrg(services.db, caller.orgId, (tx) => findGoingOn(tx, caller.orgId))
  const viewer = { memberId: caller.memberId, seesPeople: seesPeople(caller), isWatched: programme !== undefined }
  return guardsShown(facts, judgeGuards(facts, settings), { ...viewer, settings })
}

export async function readPeople(services: Deps, { orgId }: Caller): Promise<z.infer<typeof personView>[]> {
  const { facts, settings } = await readGuardFacts(services, orgId)
  const heavy = ({ weeks, ceiling }: { weeks: { logged: number; estimated: number }[]; ceiling: number }) =>
    Math.max(...weeks.slice(-2).map(sumOf)) / Math.max(1, ceiling)
  return judgeGuards(facts, settings)
    .people.map((person) => personShown(person, facts, settings))
    .sort((a, b) => heavy(b) - heavy(a) || a.name.localeCompare(b.name, 'en'))
}

export async function checkGuards(services: WatchServices, caller: Caller): Promise<Shown[]> {
  await watchOne(services, caller.orgId)
  return listAlarms(services, caller, { state: 'open' })
}

export const listAlarms = (
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { state }: { state: 'open' | 'all' },
): Promise<Shown[]> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const mine = seesPeople(caller) ? 'all' : caller.memberId
    const asked = { open: state === 'open', mine, hidden: hiddenFrom(caller), limit: mostAlarms }
    return show(tx, caller, await alarmRows(tx, caller.orgId, asked))
  })

interface Given {
  id: string
  answer: Answer
  reason: string
  until?: string | undefined
}

/** @throws Refusal `alarm-over`, `reason-needed`, `day-not-ahead`, `not-yours-to-answer`. */
export const answerAlarm = (
  { db, clock }: Deps,
  caller: Caller,
  { id, answer, reason, until }: Given,
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    await mustAnswer(tx, caller, id)
    if (answer === 'no-problem' && reason.length < 10) throw new Refusal('reason-needed', { field: 'reason' })
    const today = await todayOf(tx, orgId, at)
    if (answer === 'later' && until !== undefined && until <= today)
      throw new Refusal('day-not-ahead', { field: 'until' })
    const { quietDays, laterDays } = await readSettings(tx, orgId)
    const again = { done: addDays(today, quietDays), later: until ?? addDays(today, laterDays), 'no-problem': null }[
      answer
    ]
    await updateAlarm(tx, orgId, id, {
      ...{ answer, answer_reason: reason || null, answered_at: at, answered_by: memberId },
      ask_again_at: again === null ? null : await morningOf(tx, orgId, again),
    })
    await record(tx, orgId, actor, at, {
      ...{ verb: 'guard-alarm.answered', subject: { kind: 'guard-alarm', id }, facts: { answer } },
    })
    return showOne(tx, caller, id)
  })

/** The first moment of a day where the organisation is; where the clock skips it, an hour later is as good. */
async function morningOf(tx: Tx, orgId: string, day: string): Promise<Date> {
  const zone = await readOrganisationZone(tx, orgId)
  const meaning = instantOf({ wall: `${day}T00:00`, zone })
  return meaning.kind === 'never' ? new Date(`${day}T00:00Z`) : meaning.at
}

/** A second time finds nothing to take back and changes nothing. */
export const unanswerAlarm = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const at = clock()
    const row = await mustAnswer(tx, caller, id)
    if (row.answer !== null) {
      const none = { answer: null, answer_reason: null, answered_at: null, answered_by: null, ask_again_at: null }
      await updateAlarm(tx, orgId, id, none)
      await record(tx, orgId, actor, at, { verb: 'guard-alarm.unanswered', subject: { kind: 'guard-alarm', id } })
    }
    return showOne(tx, caller, id)
  })

/** @throws Refusal `not-found` for an account that is not there, `day-ahead`. */
export async function sayOpened(
  services: Deps,
  caller: Caller,
  { id, openedOn }: { id: string; openedOn: string | null },
): Promise<z.infer<typeof guardsView>> {
  await inOrg(services.db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = services.clock()
    const account = (await accountRows(tx, orgId, 'UTC')).find((each) => each.id === id)
    if (!account) throw notFound('account')
    if (openedOn !== null && openedOn > (await todayOf(tx, orgId, at)))
      throw new Refusal('day-ahead', { field: 'openedOn' })
    const before = (await openings(tx, orgId)).get(id) ?? null
    await putOpening(tx, orgId, { accountId: id, openedOn, by: memberId, at })
    const facts = { name: account.name, openedOn, before }
    await record(tx, orgId, actor, at, { verb: 'account.opened-said', subject: { kind: 'account', id }, facts })
  })
  return readGuards(services, caller)
}

/** What may not be seen is not there; what is only read is somebody else's to answer. */
async function mustAnswer(tx: Tx, caller: Caller, id: string): Promise<AlarmRow> {
  const row = await lockAlarm(tx, caller.orgId, id)
  if (!row || !maySee(caller, row)) throw notFound('alarm')
  if (!mayAnswer(caller, row)) throw new Refusal('not-yours-to-answer', { status: 403 })
  if (row.ended_at) throw new Refusal('alarm-over', { status: 409 })
  return row
}

const maySee = (caller: Caller, { about_member, cause }: AlarmRow): boolean =>
  !hiddenFrom(caller).includes(cause) &&
  (about_member === null || about_member === caller.memberId || seesPeople(caller))

/** Causes that are none of theirs: of money, for whoever may not see it. */
const hiddenFrom = (caller: Caller): string[] =>
  Object.entries(moneyCauses).flatMap(([cause, permission]) => (callerMay(caller, permission) ? [] : [cause]))

const mayAnswer = (caller: Caller, row: AlarmRow): boolean =>
  row.about_member === null ? callerMay(caller, 'programme.lead') : maySee(caller, row)

const showOne = async (tx: Tx, caller: Caller, id: string): Promise<Shown> =>
  (await show(tx, caller, [(await lockAlarm(tx, caller.orgId, id))!]))[0]!

async function show(tx: Tx, caller: Caller, rows: readonly AlarmRow[]): Promise<Shown[]> {
  const ids = rows.flatMap(({ about_member, answered_by }) => [about_member, answered_by])
  const who = await readActors(tx, caller.orgId, ids)
  return rows.map((row) => ({
    ...{ id: row.id, cause: row.cause, level: row.level as Level, ...alarmWords(row.cause, row.facts as Facts) },
    ...{
      about: who(row.about_member),
      raisedAt: row.raised_at.toISOString(),
      grewAt: row.grew_at?.toISOString() ?? null,
    },
    ...{ endedAt: row.ended_at?.toISOString() ?? null, answer: row.answer as Answer | null, reason: row.answer_reason },
    ...{ answeredAt: row.answered_at?.toISOString() ?? null, answeredBy: who(row.answered_by) },
    askAgainAt: row.ask_again_at?.toISOString() ?? null,
    isMine: row.ended_at === null && row.answer === null && mayAnswer(caller, row),
    mayAnswer: row.ended_at === null && mayAnswer(caller, row),
  }))
}
