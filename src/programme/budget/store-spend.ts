// Every query of spending and of the files it came from.

import { type Selectable, sql } from 'kysely'
import type { SpendEntries, SpendImports } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Booked } from './lines.ts'
import type { SpendFacts } from './types.ts'

export type SpendRow = Selectable<SpendEntries>
export type ImportRow = Selectable<SpendImports>

const firstDay = (year: number) => sql<string>`${`${year}-01-01`}::date`
const lastDay = (year: number) => sql<string>`${`${year}-12-31`}::date`

/** A page of what counts in a year, the newest day first. */
export const spendRows = (
  tx: Tx,
  orgId: string,
  { year, after, limit }: { year: number; after: [string, string] | null; limit: number },
): Promise<SpendRow[]> =>
  tx
    .selectFrom('spend_entries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .where('on_day', '>=', firstDay(year))
    .where('on_day', '<=', lastDay(year))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(on_day, id) < (${after?.[0]}::date, ${after?.[1]}::uuid)`),
    )
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** What was spent or ordered in a year in a currency, by month from 0, kind, channel and campaign. */
export async function spentIn(tx: Tx, orgId: string, year: number, currency: string): Promise<Booked[]> {
  const found = await sql<Booked>`
    select extract(month from on_day)::integer - 1 as month, kind, channel, campaign_id as "campaignId",
        committed_for is not null and settled_at is null as "isCommitted", sum(amount)::bigint as amount
      from spend_entries where org_id = ${orgId} and removed_at is null and currency = ${currency}
        and on_day between ${firstDay(year)} and ${lastDay(year)}
      group by 1, 2, 3, 4, 5`.execute(tx)
  return found.rows.map((row) => ({ ...row, amount: Number(row.amount) }))
}

export const lockSpend = (tx: Tx, orgId: string, id: string): Promise<SpendRow | undefined> =>
  tx
    .selectFrom('spend_entries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

export const markSpend = (tx: Tx, orgId: string, id: string, removedAt: Date | null): Promise<unknown> =>
  tx
    .updateTable('spend_entries')
    .set({ removed_at: removedAt })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** Paid on a day; or ordered again, for the day that was said then. */
export const settleSpend = (
  tx: Tx,
  orgId: string,
  { id, day, paid }: { id: string; day: string; paid: { at: Date; by: string } | null },
): Promise<unknown> =>
  tx
    .updateTable('spend_entries')
    .set({ on_day: day, settled_at: paid?.at ?? null, settled_by: paid?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

interface How {
  currency: string
  source: 'typed' | 'file' | 'api'
  importId: string | null
  by: string
  at: Date
}

/** Answers the ids of those that were stored; what has a reference that counts already is left out. */
export async function insertSpend(
  tx: Tx,
  orgId: string,
  entries: readonly SpendFacts[],
  { currency, source, importId, by, at }: How,
): Promise<string[]> {
  if (entries.length === 0) return []
  const rows = entries.map(({ day, amount, kind, channel, campaignId, what, reference, isCommitted }) => ({
    ...{ org_id: orgId, id: newId(), on_day: day, amount, currency, kind, channel, campaign_id: campaignId, what },
    ...{ reference, source, import_id: importId, noted_at: at, noted_by: by },
    committed_for: isCommitted ? day : null,
  }))
  const stored = await tx
    .insertInto('spend_entries')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'reference'])
        .where((eb) => eb.and([eb('reference', 'is not', null), eb('removed_at', 'is', null)]))
        .doNothing(),
    )
    .returning('id')
    .execute()
  return stored.map(({ id }) => id)
}

/** Which of these references count already. */
export async function knownReferences(tx: Tx, orgId: string, references: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('spend_entries')
    .select('reference')
    .where('org_id', '=', orgId)
    .where('removed_at', 'is', null)
    .where('reference', '=', sql<string>`any(${[...references]}::text[])`)
    .execute()
  return new Set(rows.flatMap(({ reference }) => reference ?? []))
}

export const insertSpendImport = (tx: Tx, row: Omit<ImportRow, 'undone_at'>): Promise<unknown> =>
  tx.insertInto('spend_imports').values(row).execute()

export const noteStoredSpend = (
  tx: Tx,
  orgId: string,
  id: string,
  counts: Pick<ImportRow, 'stored' | 'known'>,
): Promise<unknown> =>
  tx.updateTable('spend_imports').set(counts).where('org_id', '=', orgId).where('id', '=', id).execute()

export const spendImportRows = (tx: Tx, orgId: string, limit: number): Promise<ImportRow[]> =>
  tx
    .selectFrom('spend_imports')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('imported_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const lockSpendImport = (tx: Tx, orgId: string, id: string): Promise<ImportRow | undefined> =>
  tx
    .selectFrom('spend_imports')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** What somebody took away before stays as it is. */
export async function undoSpendImport(tx: Tx, orgId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('spend_entries')
    .set({ removed_at: at })
    .where('org_id', '=', orgId)
    .where('import_id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
  await tx
    .updateTable('spend_imports')
    .set({ undone_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}
