// Keeps the store of mentions in order: months ahead of time, what expired goes, samples and minutes of readers do not pile up.

import { sql } from 'kysely'
import { asSystem } from '../../db/tx.ts'
import type { Services } from '../../services.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const day = 86_400_000
const sampleDays = 7
const minuteDays = 60
const gapDays = 400
/** Of somebody who was not heard for so long no name is kept ready. */
const nameDays = 90
const lot = 5_000

/** This month and the next two, so that no mention waits for its month; and months of whatever lies outside of any. */
export async function prepareMonths({ db, clock }: Deps): Promise<void> {
  const now = clock()
  const moments = [0, 1, 2].map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)))
  const left = await asSystem(db, (tx) =>
    sql<{
      month: Date
    }>`select distinct date_trunc('month', at at time zone 'UTC') at time zone 'UTC' as month from mentions_rest`.execute(
      tx,
    ),
  )
  for (const moment of [...moments, ...left.rows.map(({ month }) => month)])
    await asSystem(db, (tx) => sql`select prepare_month(${moment})`.execute(tx))
}

/** What may not be kept any longer goes, with its entries under topics; the counts stay. In lots, so that nobody waits for it. */
export async function expireMentions({ db, clock }: Deps): Promise<void> {
  const now = clock()
  for (;;) {
    const gone = await asSystem(db, (tx) =>
      sql`with gone as (
          delete from mentions where (org_id, at, id) in (select org_id, at, id from mentions where expires_at <= ${now} limit ${lot})
          returning org_id, at, id, topics),
        under as (delete from topic_mentions t using gone g where t.org_id = g.org_id and t.topic = any(g.topics) and t.at = g.at and t.mention_id = g.id),
        notes as (delete from captures c using gone g where c.org_id = g.org_id and c.mention_id = g.id)
        select from gone`.execute(tx),
    )
    if (gone.rows.length < lot) return
  }
}

export async function tidyReaders({ db, clock }: Deps): Promise<void> {
  const before = (days: number) => new Date(clock().getTime() - days * day)
  await asSystem(db, async (tx) => {
    await sql`delete from reader_samples where heard_at < ${before(sampleDays)}`.execute(tx)
    await sql`delete from reader_minutes where minute < ${before(minuteDays)}`.execute(tx)
    await sql`delete from reader_gaps where stated_at < ${before(gapDays)}`.execute(tx)
    await sql`delete from heard_authors where heard_at < ${before(nameDays)}`.execute(tx)
    // Nobody has listened through it for as long as anything of it is shown.
    await sql`delete from readers r where not exists (select from sources s where s.reader_id = r.id)
      and created_at < ${before(1)}`.execute(tx)
  })
}
