// Reads the budget of a year: its versions, and the one in force beside what was spent and what time cost.

import type { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { readActiveMembers, readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import type { budgetView } from './contract.ts'
import { type Compared, compare, costOf, inForce, rateOn, type Spent, stateOf } from './rules.ts'
import {
  type BudgetRow,
  budgetYears,
  findBudget,
  type MinutesOfDay,
  minutesOfYear,
  rateRows,
  versionRows,
} from './store.ts'
import { spentIn } from './store-spend.ts'

type Shown = z.infer<typeof budgetView>

export const readBudget = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { year }: { year: number },
): Promise<Shown> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const today = await todayOf(tx, orgId, clock())
    const budget = await findBudget(tx, orgId, year)
    const versions = budget ? await versionsShown(tx, caller, budget) : []
    const minutes = await minutesOfYear(tx, orgId, year)
    const time = budget && callerMay(caller, 'budget.rates') ? await timeIn(tx, orgId, minutes, budget.currency) : null
    const spent = budget ? await spentIn(tx, orgId, year, budget.currency) : []
    const compared = compare(
      inForce(versions)?.lines ?? [],
      [...spent, ...(time?.spent ?? [])],
      monthReached(today, year),
    )
    const campaigns = await campaignNames(tx, orgId)
    return {
      ...{ year, today, years: await budgetYears(tx, orgId), currency: budget?.currency ?? null, versions },
      ...comparedShown(compared),
      byCampaign: campaignsShown(compared, timeOfCampaigns(minutes, time), campaigns),
      time: time && { cost: Math.round(time.cost), minutes: time.minutes, unpriced: time.unpriced },
      minutes: minutes.reduce((sum, each) => sum + each.minutes, 0),
      campaigns: [...campaigns].map(([id, name]) => ({ id, name })),
    }
  })

function monthReached(today: string, year: number): number {
  const now = Number(today.slice(0, 4))
  return now > year ? 11 : now < year ? -1 : Number(today.slice(5, 7)) - 1
}

async function versionsShown(tx: Tx, caller: Caller, budget: BudgetRow): Promise<Shown['versions']> {
  const rows = await versionRows(tx, caller.orgId, budget.id)
  const who = await readActors(
    tx,
    caller.orgId,
    rows.flatMap(({ made_by, asked_by, decided_by }) => [made_by, asked_by, decided_by]),
  )
  const states = rows.map((row) => ({
    number: row.number,
    state: stateOf({ asked: row.asked_at !== null, decision: row.decision }),
  }))
  const current = inForce(states)?.number
  return rows.map((row, index) => ({
    ...{ number: row.number, state: states[index]!.state, isInForce: row.number === current, lines: row.lines },
    ...{ reason: row.reason, madeAt: row.made_at.toISOString(), madeBy: who(row.made_by) },
    ...{ askedAt: row.asked_at?.toISOString() ?? null, askedBy: who(row.asked_by) },
    ...{ decidedAt: row.decided_at?.toISOString() ?? null, decidedBy: who(row.decided_by) },
    decisionReason: row.decision_reason,
    mayDecide:
      states[index]!.state === 'asked' &&
      callerMay(caller, 'budget.approve') &&
      ![row.asked_by, row.made_by].includes(caller.memberId),
  }))
}

interface TimeCost {
  spent: Spent[]
  cost: number
  minutes: number
  unpriced: number
}

async function timeIn(tx: Tx, orgId: string, minutes: readonly MinutesOfDay[], currency: string): Promise<TimeCost> {
  const rates = (await rateRows(tx, orgId)).map(({ role, member_id, per_hour, currency: of, from_day }) => ({
    ...{ role, memberId: member_id, perHour: per_hour, currency: of, from: from_day },
  }))
  const roles = new Map((await readActiveMembers(tx, orgId)).map(({ id, role }) => [id, role]))
  const found: TimeCost = { spent: [], cost: 0, minutes: 0, unpriced: 0 }
  for (const { memberId, day, channel, campaignId, minutes: own } of minutes) {
    const perHour = rateOn(rates, { memberId, role: roles.get(memberId), day, currency })
    found.minutes += own
    if (perHour === null) {
      found.unpriced += own
      continue
    }
    const amount = costOf(own, perHour)
    found.cost += amount
    found.spent.push({ month: Number(day.slice(5, 7)) - 1, amount, kind: 'time', channel, campaignId })
  }
  return found
}

const rounded = ({ plan, actual }: { plan: number; actual: number }) => ({ plan, actual: Math.round(actual) })

const comparedShown = (compared: Compared) => ({
  months: compared.months.map(rounded),
  ...{ total: rounded(compared.total), soFar: rounded(compared.soFar) },
  byKind: [...compared.byKind].map(([kind, each]) => ({ kind, ...rounded(each) })),
  byChannel: [...compared.byChannel].map(([channel, each]) => ({ channel, ...rounded(each) })),
})

interface OfCampaign {
  minutes: number
  /** null: whoever asks may not know what an hour costs. */
  cost: number | null
}

function timeOfCampaigns(
  minutes: readonly MinutesOfDay[],
  time: TimeCost | null,
): ReadonlyMap<string | null, OfCampaign> {
  const found = new Map<string | null, OfCampaign>()
  const at = (id: string | null): OfCampaign => {
    const own = found.get(id) ?? { minutes: 0, cost: time && 0 }
    found.set(id, own)
    return own
  }
  for (const each of minutes) at(each.campaignId).minutes += each.minutes
  for (const { campaignId, amount } of time?.spent ?? []) at(campaignId).cost! += amount
  return found
}

/** Those with a plan, with spending, or on which somebody worked. */
const campaignsShown = (
  { byCampaign }: Compared,
  time: ReadonlyMap<string | null, OfCampaign>,
  names: ReadonlyMap<string, string>,
): Shown['byCampaign'] =>
  [...new Set([...byCampaign.keys(), ...time.keys()])].map((id) => {
    const { minutes, cost } = time.get(id) ?? { minutes: 0, cost: null }
    return {
      ...{ campaignId: id, name: id === null ? null : (names.get(id) ?? null), minutes: Math.round(minutes) },
      ...rounded(byCampaign.get(id) ?? { plan: 0, actual: 0 }),
      timeCost: cost === null ? null : Math.round(cost),
    }
  })
