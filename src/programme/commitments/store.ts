// Every query of commitments.

import { type Selectable, sql } from 'kysely'
import type { ProgrammeCommitments } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { CommitmentFacts } from './types.ts'

export type CommitmentRow = Selectable<ProgrammeCommitments>

/** Newest first. */
export const commitmentRows = (tx: Tx, orgId: string, programmeId: string): Promise<CommitmentRow[]> =>
  tx
    .selectFrom('programme_commitments')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('promised_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

interface NewCommitment {
  programmeId: string
  facts: CommitmentFacts
  by: string
  at: Date
}

/** One that holds until then ends the day before; one that would have begun later is replaced. What they said stays. */
export async function insertCommitment(
  tx: Tx,
  orgId: string,
  { programmeId, facts, by, at }: NewCommitment,
): Promise<string> {
  await sql`
    update programme_commitments set replaced_at = case when from_day >= ${facts.fromDay}::date then ${at}::timestamptz end,
        held_until = case when from_day < ${facts.fromDay}::date then ${facts.fromDay}::date - 1 end
      where org_id = ${orgId} and programme_id = ${programmeId} and replaced_at is null
        and from_day <= ${facts.untilDay}::date and coalesce(held_until, until_day) >= ${facts.fromDay}::date`.execute(
    tx,
  )
  const id = newId()
  const { budget, currency, resources, processes, metrics, stops } = facts
  await tx
    .insertInto('programme_commitments')
    .values({
      ...{ org_id: orgId, id, programme_id: programmeId, from_day: facts.fromDay, until_day: facts.untilDay },
      ...{ budget, currency, minutes_weekly: facts.minutesWeekly, resources, processes, metrics, stops },
      ...{ promised_at: at, promised_by: by },
    })
    .execute()
  return id
}

interface Ending {
  org_id: string
  id: string
  until_day: string
  promised_by: string
}

/** In force on their last days, of programmes that go on, with none that follows. Days are those of each organisation. */
export async function endingCommitments(tx: Tx, now: Date, daysAhead: number): Promise<Ending[]> {
  const found = await sql<Ending>`
    select c.org_id, c.id, c.until_day::text as until_day, c.promised_by
      from programme_commitments c join programmes p on p.org_id = c.org_id and p.id = c.programme_id join organisations o on o.id = c.org_id
      where p.ended_at is null and c.replaced_at is null
        and coalesce(c.held_until, c.until_day) between (${now}::timestamptz at time zone o.time_zone)::date and (${now}::timestamptz at time zone o.time_zone)::date + ${daysAhead}::integer
        and not exists (select from programme_commitments next where next.org_id = c.org_id and next.programme_id = c.programme_id
          and next.replaced_at is null and next.until_day > coalesce(c.held_until, c.until_day))
      order by c.org_id, c.id`.execute(tx)
  return found.rows
}
