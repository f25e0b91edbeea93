// Reads the budget of a year: its versions, and the one in force beside what was spent and what time cost.

import type { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import { readSettings } from '../figures/store.ts'
import type { budgetView } from './contract.ts'
import { type LineStand, standOfLines } from './lines.ts'
import { asPaid, monthReached, type TimeCost, timeIn } from './read-lines.ts'
import { type Compared, compare, inForce, stateOf } from './rules.ts'
import { type BudgetRow, budgetYears, findBudget, type MinutesOfDay, minutesOfYear, versionRows } from './store.ts'
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
    const booked = budget ? await spentIn(tx, orgId, year, budget.currency) : []
    const paid = [...booked.filter(({ isCommitted }) => !isCommitted), ...(time?.spent ?? [])]
    const lines = inForce(versions)?.lines ?? []
    const until = monthReached(today, year)
    const compared = compare(lines, paid, until)
    const stand = standOfLines(lines, [...booked, ...(time?.spent ?? []).map(asPaid)], {
      until,
      settings: await readSettings(tx, orgId),
    })
    const campaigns = await campaignNames(tx, orgId)
    return {
      ...{ year, today, years: await budgetYears(tx, orgId), currency: budget?.currency ?? null, versions },
      ...comparedShown(compared),
      byCampaign: campaignsShown(compared, timeOfCampaigns(minutes, time), campaigns),
      lines: stand.map((line) => lineShown(line, { knowsTime: time !== null, campaigns })),
      committed: booked.reduce((sum, { isCommitted, amount }) => sum + (isCommitted ? amount : 0), 0),
      time: time && { cost: Math.round(time.cost), minutes: time.minutes, unpriced: time.unpriced },
      minutes: minutes.reduce((sum, each) => sum + each.minutes, 0),
      campaigns: [...campaigns].map(([id, name]) => ({ id, name })),
    }
  })

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

/** Of time nobody is told what it cost who may not know what an hour costs; what was planned for it everybody here sees. */
function lineShown(
  { names, forecast, actual, plan, committed, kind, channel, campaignId, state }: LineStand,
  { knowsTime, campaigns }: { knowsTime: boolean; campaigns: ReadonlyMap<string, string> },
): Shown['lines'][number] {
  const isTold = kind !== 'time' || knowsTime
  return {
    ...{ names, kind, channel, campaign: campaignId && (campaigns.get(campaignId) ?? null), plan, committed },
    ...{ actual: isTold ? Math.round(actual) : null, state: isTold ? state : 'fits' },
    forecast: isTold && forecast !== null ? Math.round(forecast) : null,
  }
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
