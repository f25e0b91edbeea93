// Verb of staffing: from what came in the last weeks to how many people keep a promise in the next one.

import { readInOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type BusinessClock, calendarClock, type OpenSpan, openSpans } from '../promises/business-clock.ts'
import { type Colleague, readColleagues } from '../promises/people-there.ts'
import { clockOfHours } from '../promises/rulebook.ts'
import { type PolicyRow, policiesInForce } from '../promises/store-policies.ts'
import { type BacklogAnswer, type RotaStep, simulateBacklog } from './backlog.ts'
import { erlangA } from './erlang.ts'
import { peopleNeeded, peopleOnRota, peopleWithin, rotaSteps, usualShrinkage } from './needed.ts'
import { begunByHour, firstHeard, type HourCount, openUnder, owedByHour } from './store.ts'

const hourMs = 3600_000
const weekMs = 7 * 24 * hourMs
const mostWeeks = 4
const mostPeople = 200
const mostOpen = 5_000
/** Of conversations that are gone through in all drawn weeks together: an answer takes moments, not minutes. */
const mostDrawn = 60_000
const mostDraws = 40
const seed = 4545

interface Wish {
  promiseId?: string | undefined
  handlingMinutes: number
  share: number
  patienceMinutes?: number | undefined
}

export const readStaffing = ({ db, clock }: Pick<Services, 'db' | 'clock'>, { orgId }: Caller, wish: Wish) =>
  readInOrg(db, orgId, async (tx) => {
    const now = clock()
    const promise = promiseOf(await policiesInForce(tx, orgId), wish.promiseId)
    if (!promise) return null
    const { row, target } = promise
    const zone = await readOrganisationZone(tx, orgId)
    const first = await firstHeard(tx, orgId, new Date(now.getTime() - mostWeeks * weekMs))
    const weeks = first ? Math.min(mostWeeks, Math.max(1, (now.getTime() - first.getTime()) / weekMs)) : 1
    const span = { orgId, zone, since: new Date(now.getTime() - weeks * weekMs), until: now }
    const owed = await owedByHour(tx, span, row.policy_id)
    const basis = owed.length > 0 ? ('promise' as const) : ('conversations' as const)
    const counts = basis === 'promise' ? owed : await begunByHour(tx, span)
    const promiseClock = target.hours === 'business' && row.hours ? await clockOfHours(row.hours) : calendarClock
    const openNow = await openUnder(tx, orgId, row.policy_id, mostOpen)
    const colleagues = (await readColleagues(tx, orgId)).filter((person) => answersUnder(person, row))
    const answer = answerOf({ now, counts, weeks, zone, promiseClock, openNow, colleagues, target, wish })
    return {
      promise: { id: row.policy_id, name: row.policy.name, minutes: target.minutes, hours: target.hours },
      ...{ basis, weeks, counted: counts.reduce((sum, { count }) => sum + count, 0), openNow: openNow.length },
      ...{ shrinkage: usualShrinkage, ...answer },
    }
  })

function promiseOf(rows: readonly PolicyRow[], id: string | undefined) {
  const found = rows.flatMap((row) => {
    const target = row.policy.targets.find(({ metric }) => metric === 'first-reply')
    return target ? [{ row, target }] : []
  })
  if (id === undefined) return found.at(-1) ?? null
  const chosen = found.find(({ row }) => row.policy_id === id)
  if (!chosen) throw notFound('promise')
  return chosen
}

const answersUnder = ({ role, departmentId }: Colleague, { policy }: PolicyRow): boolean =>
  role !== 'viewer' &&
  (policy.conditions.departmentIds.length === 0 || policy.conditions.departmentIds.includes(departmentId ?? ''))

interface Facts {
  now: Date
  counts: readonly HourCount[]
  weeks: number
  zone: string
  promiseClock: BusinessClock
  openNow: readonly Date[]
  colleagues: readonly Colleague[]
  target: { minutes: number }
  wish: Wish
}

function answerOf({ now, counts, weeks, zone, promiseClock, openNow, colleagues, target, wish }: Facts) {
  const from = new Date(Math.ceil(now.getTime() / hourMs) * hourMs)
  const until = new Date(from.getTime() + weekMs)
  const perHourAt = ratesOf(counts, weeks, zone)
  const staffed = openSpans(promiseClock, from, until)
  const rota = colleagues.map((person) => ({ atWork: person.atWork(from, until) }))
  const needSteps = rotaSteps({ from, until, people: [{ atWork: staffed }] }, perHourAt)
  const steps = rotaSteps({ from, until, people: rota }, perHourAt)
  const handlingMs = wish.handlingMinutes * 60_000
  const expected = counts.reduce((sum, { count }) => sum + count, 0) / weeks + openNow.length
  const draws = Math.max(1, Math.min(mostDraws, Math.floor(mostDrawn / Math.max(1, expected))))
  const promise = { ms: target.minutes * 60_000, clock: promiseClock }
  const shared = { until, handlingMs, promise, open: openNow, draws, seed }
  const needed = peopleNeeded({
    ...{ ...shared, share: wish.share, mostPeople },
    steps: needSteps.map(({ people, ...step }) => ({ ...step, isStaffed: people > 0 })),
  })
  const withRota = simulateBacklog({ ...shared, steps })
  const outcomeOf = (people: number, given: BacklogAnswer, hours: number) => ({
    ...{ people, kept: given.kept, leftOpen: given.leftOpen, meanWaitMs: given.meanWaitMs },
    occupancy: hours > 0 ? Math.min(1, ((given.conversations - given.leftOpen) * handlingMs) / (hours * hourMs)) : null,
  })
  const staffedHours = hoursOf(staffed)
  const peak = Math.max(0, ...steps.map(({ perHour }) => perHour))
  const load = { perHour: peak, handlingMs }
  const steady = peopleWithin(load, { share: wish.share, withinMs: promise.ms })
  // What is not due within the week has to be answered all the same.
  const isAlone = needed.people === 0 && expected > 0
  const people = isAlone ? 1 : (needed.people ?? 0)
  const onRota = isAlone ? peopleOnRota({ people: 1, hours: staffedHours }) : needed.onRota!
  return {
    needed: needed.people === null ? null : { people, onRota },
    tried: needed.tried.map((each) => outcomeOf(each.people, each.answer, staffedHours * each.people)),
    rota: outcomeOf(
      Math.max(0, ...steps.map((step) => step.people)),
      withRota,
      rota.reduce((sum, { atWork }) => sum + hoursOf(atWork), 0),
    ),
    peak: {
      ...{ perHour: peak, people: steady },
      abandons:
        wish.patienceMinutes && peak > 0 && steady > 0
          ? erlangA({ ...load, patienceMs: wish.patienceMinutes * 60_000 }, steady).abandons
          : null,
    },
    hours: byHour(steps, withRota, { needSteps, people }),
  }
}

const hoursOf = (spans: readonly OpenSpan[]): number =>
  spans.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / hourMs, 0)

/** Conversations an hour by weekday and hour of the organisation. */
function ratesOf(counts: readonly HourCount[], weeks: number, zone: string): (at: Date) => number {
  const rates = new Map(counts.map(({ weekday, hour, count }) => [`${weekday} ${hour}`, count / weeks]))
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  return (at) => {
    const parts = shown.formatToParts(at)
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
    return rates.get(`${weekdays.indexOf(of('weekday')) + 1} ${Number(of('hour'))}`) ?? 0
  }
}

/** One for each full hour, for the plot. */
function byHour(
  steps: readonly RotaStep[],
  { backlog }: BacklogAnswer,
  { needSteps, people }: { needSteps: readonly RotaStep[]; people: number },
) {
  return steps.flatMap(({ at, perHour, people: atWork }, index) => {
    if (at.getTime() % hourMs !== 0) return []
    const isStaffed = (needSteps.findLast((step) => step.at <= at)?.people ?? 0) > 0
    return [{ at: at.toISOString(), perHour, needed: isStaffed ? people : 0, atWork, backlog: backlog[index]! }]
  })
}
