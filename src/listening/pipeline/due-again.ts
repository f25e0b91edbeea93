// Finds after a start what was stored lately and may still wait for its second look: whoever died with it in memory left it as it was.

import { sql } from 'kysely'
import { retried } from '../../db/retry.ts'
import { asSystem, type Db } from '../../db/tx.ts'
import { type Held, type HeldRow, heldColumns, heldOf } from '../mentions/held.ts'
import { labeller, type Said } from './labels.ts'

export interface Due extends Held {
  said: Said
}

export interface DueOptions {
  /** What was said before stays as it is. */
  since: Date
  /** So many are looked at for each organisation, the newest. */
  most?: number
}

const usualMost = 2_000
const pageSize = 200

interface Row extends HeldRow {
  title: string | null
  body: string
}

/**
 * Page by page, the newest first. What deserves a second look is told by its words alone, so no mark is written for each mention; of what
 * was looked at already the accurate path says the same again.
 */
export async function* dueAgain(db: Db, { since, most = usualMost }: DueOptions): AsyncGenerator<Due[]> {
  const orgs = await retried(() => asSystem(db, (tx) => tx.selectFrom('organisations').select('id').execute()))
  for (const { id: orgId } of orgs) {
    let before: { at: Date; id: string } | null = null
    for (let seen = 0; seen < most; seen += pageSize) {
      const rows: Row[] = await readPage(db, orgId, { since, before })
      if (rows.length > 0) yield await dueOf(rows)
      if (rows.length < pageSize) break
      before = rows.at(-1)!
    }
  }
}

async function readPage(
  db: Db,
  orgId: string,
  { since, before }: { since: Date; before: { at: Date; id: string } | null },
): Promise<Row[]> {
  const place = before ? sql`and (m.at, m.id) < (${before.at}, ${before.id}::uuid)` : sql``
  const found = await retried(() =>
    asSystem(db, (tx) =>
      sql<Row>`
      select ${heldColumns}, m.title, m.body from mentions m
        where m.org_id = ${orgId} and m.at >= ${since} ${place} and m.labelled_at is null and m.topics <> '{}'
        order by m.at desc, m.id desc limit ${pageSize}`.execute(tx),
    ),
  )
  return found.rows
}

async function dueOf(rows: readonly Row[]): Promise<Due[]> {
  const { understand, secondLook } = await labeller()
  return rows.flatMap((row) => {
    const { title, body, language } = row
    // Its language was told once, with what its author said of it.
    const said: Said = { title, text: body, languages: language === 'und' ? [] : [language] }
    return secondLook(understand(said)) === null ? [] : [{ ...heldOf(row), said }]
  })
}
