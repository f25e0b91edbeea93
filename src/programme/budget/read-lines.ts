// Reads how the lines of a year's budget stand: what was spent and ordered on each, what time cost, and where the year leads.

import type { Tx } from '../../db/tx.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { readSettings } from '../figures/store.ts'
import { type Booked, type LineStand, standOfLines } from './lines.ts'
import { costOf, inForce, rateOn, type Spent, stateOf } from './rules.ts'
import { findBudget, type MinutesOfDay, minutesOfYear, rateRows, versionRows } from './store.ts'
import { spentIn } from './store-spend.ts'

export interface TimeCost {
  spent: Spent[]
  cost: number
  minutes: number
  /** Of people of whom nobody said what an hour of them costs. */
  unpriced: number
}

export async function timeIn(
  tx: Tx,
  orgId: string,
  minutes: readonly MinutesOfDay[],
  currency: string,
): Promise<TimeCost> {
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

/** The month that goes on, from 0; 11 of a year that is over, −1 of one ahead. */
export function monthReached(today: string, year: number): number {
  const now = Number(today.slice(0, 4))
  return now > year ? 11 : now < year ? -1 : Number(today.slice(5, 7)) - 1
}

export interface MoneyOfYear {
  year: number
  currency: string
  lines: LineStand[]
}

/** By the version in force; null: there is none. */
export async function readMoney(
  tx: Tx,
  orgId: string,
  { year, today }: { year: number; today: string },
): Promise<MoneyOfYear | null> {
  const budget = await findBudget(tx, orgId, year)
  const versions = budget ? await versionRows(tx, orgId, budget.id) : []
  const current = inForce(
    versions.map(({ number, lines, asked_at, decision }) => ({
      ...{ number, lines, state: stateOf({ asked: asked_at !== null, decision }) },
    })),
  )
  if (!budget || !current) return null
  const { currency } = budget
  const time = await timeIn(tx, orgId, await minutesOfYear(tx, orgId, year), currency)
  const booked = [...(await spentIn(tx, orgId, year, currency)), ...time.spent.map(asPaid)]
  const given = { until: monthReached(today, year), settings: await readSettings(tx, orgId) }
  return { year, currency, lines: standOfLines(current.lines, booked, given) }
}

export const asPaid = (spent: Spent): Booked => ({ ...spent, isCommitted: false })
