// How a cadence looks from today: what it takes, and the load curve that leads to it by the rules.

import type { z } from 'zod'
import { sideBySide } from '../../db/side-by-side.ts'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { campaignSpans } from '../../publishing/own-moments.ts'
import type { Services } from '../../services.ts'
import type { Abilities } from '../competencies/needs/rules.ts'
import { readAbilities } from '../competencies/needs/store.ts'
import { readSettings } from '../figures/store.ts'
import { readMeasure } from '../goals/read-measure.ts'
import { cadenceMinutes } from '../load/cadence/minutes.ts'
import { cadenceFaults } from '../load/cadence/rules.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { baselineOf } from '../load/weeks/footing.ts'
import { heavyWeeks } from '../load/weeks/heavy-weeks.ts'
import { planWeeks as planLoad } from '../load/weeks/plan-weeks.ts'
import { standThrough } from '../load/weeks/standing.ts'
import type { LoadEvent } from '../load/weeks/types.ts'
import { takersOf, thereShares } from '../sessions/people.ts'
import { findGoingOn } from '../store.ts'
import { ceilings, measuredTimes, weekSums } from '../time/store.ts'
import { toldMinutes } from '../worth/store.ts'
import type { outlook } from './contract.ts'
import { askedByWeek, growingLines, growthFindings, type Lines, linesOn, steepLine } from './growing.ts'
import { lacksOf } from './lacks.ts'
import { completedWeeks, type Price, pricesOf, withoutPrice } from './rules.ts'
import { type PlanGround, planRows } from './store.ts'
import { type CadenceLines, planWeeks, type StoredWeek } from './types.ts'

export type Outlook = z.infer<typeof outlook>

/** As many single times say what an activity takes; older ones are of people who had practised less. */
const mostTimes = 50
/** A year back: older weeks say nothing about what people are used to. */
const weeksBack = 52
const timesBack = 730
const dayMs = 86_400_000

interface Ground {
  today: string
  done: { monday: string; minutes: number }[]
  /** How much of the usual time of these weeks was there, by Monday. */
  there: ReadonlyMap<string, number>
  prices: Price[]
  /** Who gives time to it. */
  people: number
  /** Of all who said how much they give, those who give none included; null: nobody said. */
  ceiling: number | null
  /** The Monday from which weeks are planned: this week, or that in which the programme begins. */
  from: string
  /** Since the plan began, and ahead. */
  events: LoadEvent[]
  /** Of the plan that is in force; null: none is. */
  begun: PlanGround | null
  inForce: CadenceLines
  settings: LoadSettings
  takers: string[]
  /** null: no programme, so nothing is asked of anybody. */
  abilities: Abilities | null
}

interface Looked {
  outlook: Outlook
  ground: PlanGround
  /** The Monday of the first week that is planned. */
  from: string
}

/** `anew`: what weeks would begin with in place of what the plan in force began with. @throws Refusal `cadence-faulty`, `activity-not-measured` with the field. */
export async function readOutlook(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
  lines: CadenceLines,
  anew?: PlanGround,
): Promise<Looked> {
  const [found, replies] = await readFacts(services, orgId)
  const ground = anew ? { ...found, begun: anew } : found
  mustFit(lines, ground)
  return outlookOf(ground, { lines, replies })
}

/** Of a plan that is in force; null: nobody knows any more how long something in it takes, since its times were taken away. */
export async function outlookInForce(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
  lines: CadenceLines,
): Promise<Outlook | null> {
  try {
    return (await readOutlook(services, orgId, lines)).outlook
  } catch (error) {
    if (error instanceof Refusal && error.code === 'activity-not-measured') return null
    throw error
  }
}

/** The weeks of the load curve if all were wanted that people give, and what of each answering takes. */
export async function readRoom(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
): Promise<{ weeks: StoredWeek[]; presence: number; replies: number }> {
  const [ground, replies] = await readFacts(services, orgId)
  const footing = footingOf(ground)
  const presence = presenceOf(footing, ground.prices, { replies, planned: 0 })
  const question = { ...footing, ceiling: ground.ceiling, presence, from: ground.from, weeks: planWeeks, target: null }
  return { weeks: planLoad(question, ground.settings).weeks.map(storedOf), presence, replies }
}

/** Beside each other, since they are read with other eyes; and the answers of a week. */
const readFacts = (services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<[Ground, number]> =>
  Promise.all([
    readInOrg(services.db, orgId, (tx) => readGround(tx, orgId, services.clock())),
    readMeasure(services, orgId, 'replies-weekly').then((replies) => replies ?? 0),
  ])

async function readGround(tx: Tx, orgId: string, now: Date): Promise<Ground> {
  const [zone, settings, programme, given, all] = await sideBySide(tx, (at) => [
    readOrganisationZone(at, orgId),
    readSettings(at, orgId),
    findGoingOn(at, orgId),
    ceilings(at, orgId),
    readActiveMembers(at, orgId),
  ])
  const today = dayIn(now, zone)
  const [plan] = programme ? await planRows(tx, orgId, programme.id, 1) : []
  const from = [mondayOf(today), programme?.begins_on ?? ''].sort().at(-1)!
  const since = plan ? plan.ground.from : from
  const yearAgo = addDays(mondayOf(today), -7 * weeksBack)
  const span = { from: [since, yearAgo].sort()[0]!, to: today }
  const members = all.filter(({ role }) => may(role, 'programme.log'))
  const gives = members.flatMap(({ id }) => given.get(id) ?? [])
  const until = new Date(Date.parse(from) + planWeeks * 7 * dayMs)
  const who = takersOf(all, given, programme?.begun_by ?? null)
  const [done, there, abilities, spans, measured, told] = await sideBySide(tx, (at) => [
    weekSums(at, orgId, span),
    thereShares(at, orgId, { ...span, zone, who }),
    programme ? readAbilities(at, orgId, { programmeId: programme.id, today }) : Promise.resolve(null),
    campaignSpans(at, orgId, new Date(Date.parse(since) - dayMs), until),
    measuredTimes(at, orgId, { since: addDays(today, -timesBack), most: mostTimes }),
    toldMinutes(at, orgId),
  ])
  return {
    ...{ settings, today, from, done, there, begun: plan?.ground ?? null, inForce: plan?.cadence.lines ?? [] },
    people: gives.filter((minutes) => minutes > 0).length,
    ...{ abilities, takers: programme ? who : [] },
    ceiling: gives.length > 0 ? gives.reduce((sum, minutes) => sum + minutes, 0) : null,
    prices: pricesOf(measured, settings, told),
    // One that was closed before it began takes nothing back.
    events: spans
      .filter((span) => span.from < span.to && span.beginsOn >= since)
      .map(({ name, beginsOn }) => ({ name, day: beginsOn })),
  }
}

/** What people were used to when the plan began, and where it stands since. */
function footingOf({ today, from, done, there, people: givers, events, begun, settings }: Ground) {
  const before = mondayOf(today)
  const history = completedWeeks(done, { ...settings, from: done[0]?.monday, before, there })
  const people = Math.max(1, givers)
  const ground = begun ?? { from, baseline: baselineOf(history, { people }, settings), history }
  // Not from a new baseline each week: growth would stall at the median, and lighter weeks would never come.
  const since = completedWeeks(done, { ...settings, from: ground.from, before, there })
  return { ...ground, ground, people, events, done, standing: standThrough({ ...ground, events }, since, settings) }
}

/** Answering as much as there was, beside what is planned of it. */
function presenceOf(
  { ground }: ReturnType<typeof footingOf>,
  prices: readonly Price[],
  { replies, planned }: { replies: number; planned: number },
): number {
  const reply = prices.find(({ activity }) => activity.id === 'inbox-reply')!.cost.mean
  return Math.min(Math.max(0, replies * reply - planned), ground.baseline.minutes)
}

function outlookOf(given: Ground, { lines, replies }: { lines: CadenceLines; replies: number }): Looked {
  const { today, from, done, prices, ceiling, events, settings } = given
  const minutes = cadenceMinutes({ lines }, prices, settings)
  const byWeek = askedByWeek(lines as Lines, { from, weeks: planWeeks, prices, settings })
  const footing = footingOf(given)
  const { ground, people } = footing
  // Answering that is a line of its own is not counted twice.
  const planned = cadenceMinutes({ lines: linesOn(lines as Lines, from) }, prices, settings)
    .lines.filter(({ line }) => isAnswering(lines, line))
    .reduce((sum, each) => sum + each.minutes, 0)
  const presence = presenceOf(footing, prices, { replies, planned })
  const asked = minutes.week + presence
  const askedIn = new Map([...byWeek].map(([monday, week]) => [monday, week + presence]))
  const targets = Object.fromEntries([...askedIn].map(([monday, week]) => [monday, week / meanOfRest(settings)]))
  const target = asked / meanOfRest(settings)
  const plan = planLoad({ ...footing, ceiling, presence, from, weeks: planWeeks, target, targets }, settings)
  const whole = { weeks: plan.weeks, asked: askedIn }
  const grows = growingLines(lines, whole)
  const outlook: Outlook = {
    minutes: {
      ...{ week: minutes.week, range: minutes.weekRange, workingDay: minutes.workingDay, lines: minutes.lines },
      ...{ isFew: minutes.few, isAssumed: minutes.assumed, says: minutes.says, first: byWeek.get(from)! },
    },
    ...{ baseline: ground.baseline, presence, ceiling, people, done },
    events: events.filter(({ day }) => day >= today),
    heavy: heavyWeeks({ weeks: plan.weeks, done, events }, settings),
    lacks: given.abilities ? lacksOf(lines, { takers: given.takers, abilities: given.abilities }) : [],
    weeks: plan.weeks.map(storedOf),
    reachesTarget: plan.weeks.find((week) => week.minutes >= asked * (1 - 1e-9))?.monday ?? null,
    grows,
    findings: [
      ...plan.weeks.flatMap(({ findings }) =>
        findings.map(({ week, rule, requirement, severity, says }) => ({ week, rule, requirement, severity, says })),
      ),
      ...growthFindings(lines, grows, whole),
    ],
    costs: prices.map(({ activity, cost, source }) => ({
      ...{ activity: activity.id, one: activity.one, minutes: cost.mean, range: cost.range, n: cost.n, source },
    })),
  }
  return { outlook, ground, from }
}

/** Every so many weeks one is lighter: what a cadence takes in the mean needs a little more of the others, or a part of it would never be done. */
const meanOfRest = ({ cutBackEvery, cutBack }: Pick<LoadSettings, 'cutBackEvery' | 'cutBack'>): number =>
  (cutBackEvery - 1 + cutBack) / cutBackEvery

const isAnswering = (lines: CadenceLines, id: string): boolean =>
  lines.find((line) => line.id === id)?.slots.every(({ anyOf }) => anyOf[0]!.activity === 'inbox-reply') ?? false

type Planned = ReturnType<typeof planLoad>['weeks'][number]

const storedOf = ({ monday, minutes, phase, because, limit }: Planned): StoredWeek => ({
  ...{ monday, minutes, phase, because, limit: Number.isFinite(limit) ? limit : null },
})

type Fitting = Pick<Ground, 'prices' | 'inForce' | 'settings'>

function mustFit(lines: CadenceLines, { prices, inForce, settings }: Fitting): void {
  // Absent and undefined are one to these rules.
  const [fault] = cadenceFaults({ from: '2026-01-05', lines: lines as Parameters<typeof cadenceFaults>[0]['lines'] })
  if (fault) throw new Refusal('cadence-faulty', { field: fault.field, params: { reason: fault.says } })
  const steep = steepLine(lines, { inForce, settings })
  if (steep) {
    const { field, rule, requirement, says } = steep
    throw new Refusal('cadence-faulty', { field, params: { rule, requirement, reason: says } })
  }
  const lack = withoutPrice(lines, prices)
  if (lack) throw new Refusal('activity-not-measured', { field: lack.field, params: { activity: lack.activity } })
}
