// How a cadence looks from today: what it takes, and the load curve that leads to it by the rules.

import type { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { campaignSpans } from '../../publishing/own-moments.ts'
import type { Services } from '../../services.ts'
import { readMeasure } from '../goals/read-measure.ts'
import { cadenceMinutes } from '../load/cadence/minutes.ts'
import { cadenceFaults } from '../load/cadence/rules.ts'
import { loadSettings } from '../load/figures/settings.ts'
import { baselineOf } from '../load/weeks/footing.ts'
import { planWeeks as planLoad } from '../load/weeks/plan-weeks.ts'
import { standThrough } from '../load/weeks/standing.ts'
import type { LoadEvent } from '../load/weeks/types.ts'
import { findGoingOn } from '../store.ts'
import { ceilings, measuredTimes, weekSums } from '../time/store.ts'
import type { outlook } from './contract.ts'
import { ceilingOf, completedWeeks, type Price, pricesOf, withoutPrice } from './rules.ts'
import { type PlanGround, planRows } from './store.ts'
import { type CadenceLines, planWeeks, type StoredWeek } from './types.ts'

export type Outlook = z.infer<typeof outlook>

const settings = loadSettings()
/** As many single times say what an activity takes; older ones are of people who had practised less. */
const mostTimes = 50
/** A year back: older weeks say nothing about what people are used to. */
const weeksBack = 52

interface Ground {
  today: string
  done: { monday: string; minutes: number }[]
  prices: Price[]
  carriers: string[]
  ceiling: number | null
  /** Since the plan began, and ahead. */
  events: LoadEvent[]
  /** Of the plan that is in force; null: none is. */
  begun: PlanGround | null
}

/** @throws Refusal `cadence-faulty`, `activity-not-measured` with the field. */
export async function readOutlook(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
  lines: CadenceLines,
): Promise<{ outlook: Outlook; ground: PlanGround }> {
  const ground = await readInOrg(services.db, orgId, (tx) => readGround(tx, orgId, services.clock()))
  const replies = (await readMeasure(services, orgId, 'replies-weekly')) ?? 0
  return outlookOf(ground, { lines, replies })
}

async function readGround(tx: Tx, orgId: string, now: Date): Promise<Ground> {
  const zone = await readOrganisationZone(tx, orgId)
  const today = dayIn(now, zone)
  const done = await weekSums(tx, orgId, { from: addDays(mondayOf(today), -7 * weeksBack), to: today })
  const given = await ceilings(tx, orgId)
  const members = (await readActiveMembers(tx, orgId)).filter(({ role }) => may(role, 'programme.log'))
  const carriers = members.map(({ id }) => id).filter((id) => (given.get(id) ?? 0) > 0)
  const programme = await findGoingOn(tx, orgId)
  const [plan] = programme ? await planRows(tx, orgId, programme.id, 1) : []
  const since = plan ? plan.ground.from : mondayOf(today)
  const until = new Date(now.getTime() + planWeeks * 7 * 86_400_000)
  const spans = await campaignSpans(tx, orgId, new Date(`${since}T00:00Z`), until)
  const begins = spans.map(({ name, from }) => ({ name, day: dayIn(from, zone) }))
  return {
    ...{ today, done, carriers, ceiling: ceilingOf(carriers, given), begun: plan?.ground ?? null },
    prices: pricesOf(await measuredTimes(tx, orgId, mostTimes), settings),
    events: begins.filter(({ day }) => day >= since),
  }
}

function outlookOf(
  { today, done, prices, carriers, ceiling, events, begun }: Ground,
  { lines, replies }: { lines: CadenceLines; replies: number },
): { outlook: Outlook; ground: PlanGround } {
  mustFit(lines, prices)
  const from = mondayOf(today)
  const minutes = cadenceMinutes({ lines }, prices, settings)
  const history = completedWeeks(done, from)
  const people = Math.max(1, carriers.length)
  const ground = begun ?? { from, baseline: baselineOf(history, { people }, settings), history }
  // Not from a new baseline each week: growth would stall at the median, and lighter weeks would never come.
  const since = history.filter(({ monday }) => monday >= ground.from)
  const standing = standThrough({ ...ground, events }, since, settings)
  const reply = prices.find(({ activity }) => activity.id === 'inbox-reply')!.cost.mean
  const presence = Math.min(replies * reply, ground.baseline.minutes)
  const target = minutes.week + presence
  const question = { ...ground, standing, ceiling, presence, events, from, weeks: planWeeks, target }
  const plan = planLoad(question, settings)
  const outlook: Outlook = {
    minutes: {
      ...{ week: minutes.week, range: minutes.weekRange, workingDay: minutes.workingDay, lines: minutes.lines },
      ...{ isFew: minutes.few, isAssumed: minutes.assumed, says: minutes.says },
    },
    ...{ baseline: ground.baseline, ceiling, people, done },
    events: events.filter(({ day }) => day >= today),
    weeks: plan.weeks.map(storedOf),
    reachesTarget: plan.reachesTarget,
    findings: plan.weeks.flatMap(({ findings }) =>
      findings.map(({ week, rule, requirement, severity, says }) => ({ week, rule, requirement, severity, says })),
    ),
    costs: prices.map(({ activity, cost, source }) => ({
      ...{ activity: activity.id, one: activity.one, minutes: cost.mean, range: cost.range, n: cost.n, source },
    })),
  }
  return { outlook, ground }
}

type Planned = ReturnType<typeof planLoad>['weeks'][number]

const storedOf = ({ monday, minutes, phase, because, limit }: Planned): StoredWeek => ({
  ...{ monday, minutes, phase, because, limit: Number.isFinite(limit) ? limit : null },
})

function mustFit(lines: CadenceLines, prices: readonly Price[]): void {
  // Absent and undefined are one to these rules.
  const [fault] = cadenceFaults({ from: '2026-01-05', lines: lines as Parameters<typeof cadenceFaults>[0]['lines'] })
  if (fault) throw new Refusal('cadence-faulty', { field: fault.field, params: { reason: fault.says } })
  const lack = withoutPrice(lines, prices)
  if (lack) throw new Refusal('activity-not-measured', { field: lack.field, params: { activity: lack.activity } })
}
