// Every query of alarms of the guards, and of what people said of accounts.

import { type Selectable, sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import type { GuardAlarms } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Cause } from './causes.ts'

export type AlarmRow = Selectable<GuardAlarms>

/** One looks at an organisation at a time: of two workers the second finds what the first has told. */
export const lockGuards = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.guards}, hashtext(${orgId}))`.execute(tx)

/** Where a programme goes on, and where alarms are left from one that ended. */
export async function guardedOrganisations(tx: Tx): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select org_id as id from programmes where ended_at is null union select org_id from guard_alarms where ended_at is null order by 1`.execute(
    tx,
  )
  return found.rows.map(({ id }) => id)
}

export const openAlarms = (tx: Tx, orgId: string): Promise<AlarmRow[]> =>
  tx.selectFrom('guard_alarms').selectAll().where('org_id', '=', orgId).where('ended_at', 'is', null).execute()

/** Open ones first, then what ended, the newest first. Of persons only those that may be seen. */
export const alarmRows = (
  tx: Tx,
  orgId: string,
  { open, mine, hidden, limit }: { open: boolean; mine: string | 'all'; hidden: readonly string[]; limit: number },
): Promise<AlarmRow[]> =>
  tx
    .selectFrom('guard_alarms')
    .selectAll()
    .where('org_id', '=', orgId)
    .$if(open, (query) => query.where('ended_at', 'is', null))
    .$if(mine !== 'all', (query) =>
      query.where((eb) => eb.or([eb('about_member', 'is', null), eb('about_member', '=', mine)])),
    )
    .$if(hidden.length > 0, (query) => query.where('cause', 'not in', hidden))
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const lockAlarm = (tx: Tx, orgId: string, id: string): Promise<AlarmRow | undefined> =>
  tx
    .selectFrom('guard_alarms')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

export async function insertAlarm(tx: Tx, orgId: string, found: Cause, at: Date): Promise<string> {
  const id = newId()
  const { cause, subject, about, level, facts } = found
  await tx
    .insertInto('guard_alarms')
    .values({
      org_id: orgId,
      id,
      cause,
      subject,
      about_member: about,
      level,
      facts: JSON.stringify(facts),
      raised_at: at,
    })
    .execute()
  return id
}

type Change = Partial<Omit<AlarmRow, 'org_id' | 'id' | 'facts'>> & { facts?: string }

export const updateAlarm = (tx: Tx, orgId: string, id: string, change: Change): Promise<unknown> =>
  tx.updateTable('guard_alarms').set(change).where('org_id', '=', orgId).where('id', '=', id).execute()

/** By account: the day on which it was opened, where somebody said it. */
export async function openings(tx: Tx, orgId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('outlet_openings')
    .select(['account_id', 'opened_on'])
    .where('org_id', '=', orgId)
    .execute()
  return new Map(rows.map(({ account_id, opened_on }) => [account_id, opened_on]))
}

export async function putOpening(
  tx: Tx,
  orgId: string,
  { accountId, openedOn, by, at }: { accountId: string; openedOn: string | null; by: string; at: Date },
): Promise<void> {
  if (openedOn === null) {
    await tx.deleteFrom('outlet_openings').where('org_id', '=', orgId).where('account_id', '=', accountId).execute()
    return
  }
  const said = { opened_on: openedOn, said_at: at, said_by: by }
  await tx
    .insertInto('outlet_openings')
    .values({ org_id: orgId, account_id: accountId, ...said })
    .onConflict((conflict) => conflict.columns(['org_id', 'account_id']).doUpdateSet(said))
    .execute()
}
