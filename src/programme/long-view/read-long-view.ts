// Reads the long view: from what people are used to and the plan in force, from readings of goals, and from what is measured so far.

import type { z } from 'zod'
import { sideBySide } from '../../db/side-by-side.ts'
import { readInOrg } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { readSettings } from '../figures/store.ts'
import { listGoals } from '../goals/actions.ts'
import { baselineOf } from '../load/weeks/footing.ts'
import { readPlan } from '../plan/actions.ts'
import { completedWeeks } from '../plan/rules.ts'
import { takersOf, thereShares } from '../sessions/people.ts'
import { ceilings, weekSums } from '../time/store.ts'
import type { longView } from './contract.ts'
import { goalForecast } from './goal-forecast.ts'
import { type Assumed, type AssumptionName, assumed, assumptions, longPaths } from './paths.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof longView>

const weeksBack = 52

export async function readLongView(
  services: Deps,
  caller: Caller,
  { years, ...given }: { years: number } & { [Name in AssumptionName]?: number | undefined },
): Promise<Shown> {
  const own = assumed(given as Partial<Assumed>)
  const { outlook } = await readPlan(services, caller)
  const { today, used, ceiling, settings } = await readUsed(services, caller.orgId)
  // What was measured since is today; what the plan set out from was another day.
  const baseline = used.from === 'measured' ? used : (outlook?.baseline ?? used)
  const target = outlook ? outlook.minutes.week + outlook.presence : null
  const question = { from: mondayOf(today), weeks: 52 * years, baseline: baseline.minutes, ceiling }
  const goals = (await listGoals(services, caller)).filter(({ outcome }) => outcome === null)
  return {
    ...{ from: question.from, baseline: { minutes: baseline.minutes, from: baseline.from }, target, ceiling },
    assumptions: Object.entries(assumptions).map(([name, each]) => ({
      ...{ name, ...each, value: own[name as AssumptionName] },
    })),
    // Without a plan: as published training plans end, at about twice of what they begin with.
    weeks: longPaths({ ...question, target: Math.max(target ?? 2 * baseline.minutes, 1) }, own, settings),
    goals: goals.map(({ id, title, measure, unit, target: wanted, dueOn, readings }) => ({
      ...{ id, title, measure, unit, target: wanted, dueOn },
      forecast: goalForecast({ measure, target: wanted, dueOn, readings }),
    })),
    results: resultsOf(goals),
  }
}

/** What people are used to where there is no plan yet, and what they give at most together; null: nobody said. */
function readUsed({ db, clock }: Deps, orgId: string) {
  return readInOrg(db, orgId, async (tx) => {
    const [zone, settings, all, own] = await sideBySide(tx, (at) => [
      readOrganisationZone(at, orgId),
      readSettings(at, orgId),
      readActiveMembers(at, orgId),
      ceilings(at, orgId),
    ])
    const today = dayIn(clock(), zone)
    const before = mondayOf(today)
    const span = { from: addDays(before, -7 * weeksBack), to: today }
    const [done, there] = await sideBySide(tx, (at) => [
      weekSums(at, orgId, span),
      thereShares(at, orgId, { ...span, zone, who: takersOf(all, own, null) }),
    ])
    const members = all.filter(({ role }) => may(role, 'programme.log'))
    const gives = members.flatMap(({ id }) => own.get(id) ?? [])
    const history = completedWeeks(done, { ...settings, from: done[0]?.monday, before, there })
    const people = Math.max(1, gives.filter((minutes) => minutes > 0).length)
    return {
      ...{ today, used: baselineOf(history, { people }, settings), settings },
      ceiling: gives.length > 0 ? gives.reduce((sum, each) => sum + each, 0) : null,
    }
  })
}

type Goals = Awaited<ReturnType<typeof listGoals>>

/** Mentions are awareness that is measured already. What nobody measures yet says so, and nothing stands in for it. */
function resultsOf(goals: Goals): Shown['results'] {
  const heard = goals.find(({ measure }) => measure === 'mentions-weekly')
  const readings = heard?.readings.map(({ day, value }) => ({ day, value })) ?? []
  return [
    {
      ...{ result: 'awareness', state: readings.length > 0 ? 'measured' : 'waiting', readings },
      says:
        readings.length > 0
          ? 'Mentions a week, as the goal about them is read.'
          : 'Set a goal about mentions a week, and its readings stand here.',
    },
    {
      ...{ result: 'leads', state: 'waiting', readings: [] },
      says: 'People who asked, traced to what they came from. Filled when that is measured; nothing is guessed until then.',
    },
    {
      ...{ result: 'revenue', state: 'waiting', readings: [] },
      says: 'Money that came of it. Filled when that is measured; nothing is guessed until then.',
    },
  ]
}
