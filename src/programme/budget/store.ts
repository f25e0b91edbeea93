// Every query of budgets, their versions, and what an hour costs.

import { type Selectable, sql } from 'kysely'
import type { Budgets, BudgetVersions, HourRates } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { BudgetLine } from './types.ts'

export type BudgetRow = Selectable<Budgets>
export type VersionRow = Omit<Selectable<BudgetVersions>, 'lines'> & { lines: BudgetLine[] }
export type RateRow = Selectable<HourRates>

export const findBudget = (tx: Tx, orgId: string, year: number): Promise<BudgetRow | undefined> =>
  tx.selectFrom('budgets').selectAll().where('org_id', '=', orgId).where('year', '=', year).executeTakeFirst()

/** Locked until the transaction ends: one version follows the other. */
export const lockBudget = (tx: Tx, orgId: string, year: number): Promise<BudgetRow | undefined> =>
  tx
    .selectFrom('budgets')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('year', '=', year)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** Two people who begin it at once make one. */
export const insertBudget = (
  tx: Tx,
  orgId: string,
  { year, currency, by, at }: { year: number; currency: string; by: string; at: Date },
): Promise<unknown> =>
  tx
    .insertInto('budgets')
    .values({ org_id: orgId, id: newId(), year, currency, made_at: at, made_by: by })
    .onConflict((conflict) => conflict.columns(['org_id', 'year']).doNothing())
    .execute()

export const budgetYears = async (tx: Tx, orgId: string): Promise<number[]> =>
  (await tx.selectFrom('budgets').select('year').where('org_id', '=', orgId).orderBy('year').execute()).map(
    ({ year }) => year,
  )

/** Newest first. */
export const versionRows = (tx: Tx, orgId: string, budgetId: string): Promise<VersionRow[]> =>
  tx
    .selectFrom('budget_versions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('budget_id', '=', budgetId)
    .orderBy('number', 'desc')
    .execute() as unknown as Promise<VersionRow[]>

export const insertVersion = (
  tx: Tx,
  orgId: string,
  row: Pick<VersionRow, 'budget_id' | 'number' | 'lines' | 'reason' | 'made_at' | 'made_by'>,
): Promise<unknown> =>
  tx
    .insertInto('budget_versions')
    .values({ org_id: orgId, ...row, lines: JSON.stringify(row.lines) })
    .execute()

export const updateVersion = (
  tx: Tx,
  orgId: string,
  { budget_id, number }: Pick<VersionRow, 'budget_id' | 'number'>,
  change: Partial<
    Pick<VersionRow, 'asked_at' | 'asked_by' | 'decision' | 'decision_reason' | 'decided_at' | 'decided_by'>
  >,
): Promise<unknown> =>
  tx
    .updateTable('budget_versions')
    .set(change)
    .where('org_id', '=', orgId)
    .where('budget_id', '=', budget_id)
    .where('number', '=', number)
    .execute()

/** The newest day first. */
export const rateRows = (tx: Tx, orgId: string): Promise<RateRow[]> =>
  tx
    .selectFrom('hour_rates')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('role')
    .orderBy('member_id')
    .orderBy('from_day', 'desc')
    .execute()

export async function putRate(
  tx: Tx,
  orgId: string,
  rate: Pick<RateRow, 'role' | 'member_id' | 'per_hour' | 'currency' | 'from_day' | 'set_at' | 'set_by'>,
): Promise<void> {
  const of = rate.role === null ? ('member_id' as const) : ('role' as const)
  const { per_hour, currency, set_at, set_by } = rate
  await tx
    .insertInto('hour_rates')
    .values({ org_id: orgId, id: newId(), ...rate })
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', of, 'from_day'])
        .where(of, 'is not', null)
        .doUpdateSet({ per_hour, currency, set_at, set_by }),
    )
    .execute()
}

export interface MinutesOfDay {
  memberId: string
  day: string
  channel: string | null
  campaignId: string | null
  minutes: number
}

/** What everybody did in a year, by day, channel and campaign. */
export async function minutesOfYear(tx: Tx, orgId: string, year: number): Promise<MinutesOfDay[]> {
  const found = await sql<MinutesOfDay>`
    select member_id as "memberId", on_day::text as day, channel, campaign_id as "campaignId", sum(minutes)::double precision as minutes from time_entries
      where org_id = ${orgId} and removed_at is null and on_day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
      group by 1, 2, 3, 4`.execute(tx)
  return found.rows
}
