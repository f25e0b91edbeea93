// Reads what guards judge: minutes of people, accounts, times in which nobody could see us, plan and goals.

import { accountIds, accountRows } from '../../accounts/for-programme.ts'
import { sideBySide } from '../../db/side-by-side.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { answeredHours, lastAnswers } from '../../inbox/measures/for-programme.ts'
import { addDays, type DaySpan, dayIn, daysBetween, mondayOf } from '../../lib/days.ts'
import { readActiveMembers, readDepartmentNames, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { lastPosts, outDays } from '../../publishing/for-programme.ts'
import { livingSpans } from '../../publishing/stock/living-for-programme.ts'
import type { Services } from '../../services.ts'
import { type MoneyOfYear, readMoney } from '../budget/read-lines.ts'
import { readSettings } from '../figures/store.ts'
import { hasOpenGoal } from '../goals/store.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { type Outlet, visibilityOf } from '../load/guards/outlets.ts'
import { pricesOf } from '../plan/rules.ts'
import { planRows } from '../plan/store.ts'
import { takersOf, thereShares } from '../sessions/people.ts'
import { keptSessions, plannedMinutes } from '../sessions/store.ts'
import { findGoingOn } from '../store.ts'
import { ceilings, entriesByDay, measuredTimes } from '../time/store.ts'
import { type GuardFacts, weeksLookedAt } from './judge.ts'
import { minutesByDay, type UnitMinutes } from './loads.ts'
import { openings } from './store.ts'

const dayMs = 86_400_000
/** As the plan does: older times are of people who had practised less. */
const [timesBack, mostTimes] = [730, 50]

interface GuardGround {
  facts: GuardFacts
  /** By which it is judged. */
  settings: LoadSettings
}

/** The same for everybody who asks: what stands behind walls is not in it. */
export function readGuardFacts(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<GuardGround> {
  return readInOrg(seenBy(services.db, null), orgId, (tx) => factsIn(tx, orgId, services.clock()))
}

async function factsIn(tx: Tx, orgId: string, now: Date): Promise<GuardGround> {
  const [settings, zone, programme, everybody, given] = await sideBySide(tx, (at) => [
    readSettings(at, orgId),
    readOrganisationZone(at, orgId),
    findGoingOn(at, orgId),
    readActiveMembers(at, orgId),
    ceilings(at, orgId),
  ])
  const today = dayIn(now, zone)
  const span = { zone, from: addDays(mondayOf(today), -7 * weeksLookedAt), to: today }
  const who = takersOf(everybody, given, programme?.begun_by ?? null)
  const [out, answered, there] = await sideBySide(tx, (at) => [
    outDays(at, orgId, span),
    answeredHours(at, orgId, span),
    thereShares(at, orgId, { ...span, who }),
  ])
  const plans = programme ? await planRows(tx, orgId, programme.id, 1) : []
  const ground = plans[0]?.ground.baseline
  const members = everybody.filter(({ role }) => may(role, 'programme.log'))
  const facts = {
    today,
    people: members.map(({ id, name, departmentId }) => ({ id, name, departmentId })),
    departments: new Map((await readDepartmentNames(tx, orgId)).map(({ id, name }) => [id, name])),
    days: minutesByDay(await entriesByDay(tx, orgId, span), out, await unitsOf(tx, orgId, today, settings)),
    ceilings: given,
    outlets: await outletsOf(tx, orgId, answered, zone),
    visibility: { ...visibilityOf(await seenIn(tx, orgId, { answered, span, now }), settings), until: now.getTime() },
    activeDays: await activeDaysOf(tx, orgId, { days: signDays(out, answered, zone), span, settings }),
    // What was only assumed is no habit that anything could be a multiple of.
    baseline: ground && ground.from !== 'new' ? ground.minutes : null,
    cutBacks: new Set(
      plans.flatMap(({ weeks }) => weeks).flatMap((week) => (week.phase === 'cut-back' ? week.monday : [])),
    ),
    money: await moneyOf(tx, orgId, today),
    hasMeasure: await hasOpenGoal(tx, orgId),
    there,
    planned: programme ? await plannedMinutes(tx, orgId, { ...span, programmeId: programme.id }) : new Map(),
    sessions: programme
      ? await keptSessions(tx, orgId, {
          programmeId: programme.id,
          since: addDays(today, -Math.max(28, settings.missedDays)),
        })
      : [],
  }
  return { facts, settings }
}

/** What is ordered for the year ahead may be too much already. */
async function moneyOf(tx: Tx, orgId: string, today: string): Promise<MoneyOfYear[]> {
  const year = Number(today.slice(0, 4))
  const found = [await readMoney(tx, orgId, { year, today }), await readMoney(tx, orgId, { year: year + 1, today })]
  return found.filter((each) => each !== null)
}

const signDays = (out: readonly { day: string }[], answered: Answered, zone: string): string[] =>
  [...new Set([...out.map(({ day }) => day), ...answered.map(({ at }) => dayIn(at, zone))])].sort()

/** Where the last is long ago, those before it: who was active has quit as long as nobody comes back, not as long as anybody looks. */
async function activeDaysOf(
  tx: Tx,
  orgId: string,
  { days, span, settings }: { days: string[]; span: DaySpan; settings: LoadSettings },
): Promise<string[]> {
  const recent = days.at(-1)
  if (recent !== undefined && daysBetween(recent, span.to) < settings.quitDays) return days
  const last = recent ?? (await lastSign(tx, orgId, span.zone))
  if (last === null) return []
  const before = { zone: span.zone, from: addDays(mondayOf(last), -7 * weeksLookedAt), to: last }
  return signDays(await outDays(tx, orgId, before), await answeredHours(tx, orgId, before), span.zone)
}

/** Also of accounts that are connected no more. */
async function lastSign(tx: Tx, orgId: string, zone: string): Promise<string | null> {
  const posted = await lastPosts(tx, orgId)
  const replied = await lastAnswers(tx, orgId, await accountIds(tx, orgId))
  const days = [...posted.values(), ...replied.values()].map((at) => dayIn(at, zone))
  return days.sort().at(-1) ?? null
}

/** A post is taken for the shortest kind, so that nothing is overstated. */
async function unitsOf(tx: Tx, orgId: string, today: string, settings: LoadSettings): Promise<UnitMinutes> {
  const times = await measuredTimes(tx, orgId, { since: addDays(today, -timesBack), most: mostTimes })
  const prices = pricesOf(times, settings)
  const of = (id: string) => prices.find(({ activity }) => activity.id === id)!.cost.mean
  return { post: of('short-post'), answer: of('inbox-reply') }
}

type Answered = Awaited<ReturnType<typeof answeredHours>>

async function outletsOf(tx: Tx, orgId: string, answered: Answered, zone: string): Promise<Outlet[]> {
  const accounts = await accountRows(tx, orgId, zone)
  const posted = await lastPosts(tx, orgId)
  const replied = new Map<string, Date>()
  for (const { accountId, at } of answered) if (at > (replied.get(accountId) ?? new Date(0))) replied.set(accountId, at)
  const silent = accounts.filter(({ id }) => !replied.has(id)).map(({ id }) => id)
  const before = silent.length > 0 ? await lastAnswers(tx, orgId, silent) : new Map<string, Date>()
  const said = await openings(tx, orgId)
  return accounts.map(({ id, name, knownFrom }) => {
    const signs = [posted.get(id), replied.get(id) ?? before.get(id)].flatMap((at) => (at ? [dayIn(at, zone)] : []))
    const lastActive = signs.sort().at(-1) ?? null
    return { id, name, opened: said.get(id) ?? knownFrom, lastActive }
  })
}

/** From the day on which the first account was there: before it nobody could be seen. */
async function seenIn(
  tx: Tx,
  orgId: string,
  { answered, span, now }: { answered: Answered; span: DaySpan; now: Date },
): Promise<Parameters<typeof visibilityOf>[0]> {
  const [first] = (await accountRows(tx, orgId, span.zone)).map(({ knownFrom }) => knownFrom).sort()
  const from = Math.max(now.getTime() - 28 * dayMs, first ? Date.parse(`${first}T00:00Z`) : now.getTime())
  const window = { from: Math.min(from, now.getTime()), to: now.getTime() }
  const living = await livingSpans(tx, orgId, new Date(window.from), now)
  return { living, replies: answered.map(({ at }) => at.getTime()), window }
}
