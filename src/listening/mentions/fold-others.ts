// Folds near copies that two processes stored, each without knowing of the other's: what one tells of is held against what this one knows.

import { sql } from 'kysely'
import type { Db, Tx } from '../../db/tx.ts'
import { asSystem } from '../../db/tx.ts'
import type { Announcement } from '../pipeline/announce.ts'
import { labeller } from '../pipeline/labels.ts'
import { recent } from './find-heads.ts'
import { type Head, includesAll } from './recent-heads.ts'

/** Of one announcement; what is beyond is known to the process that stored it. */
const mostAtOnce = 1_000

/** Learns what another process stored, so that copies of it fold under it here too, and folds what says the same already. */
export async function learnFromOthers(db: Db, told: Announcement): Promise<void> {
  for (const head of await readHeads(db, told)) {
    const near = recent.find(head)
    if (near?.id === head.id) continue
    const isCopy = near !== null && (await fold(db, head, near)) && isBefore(near, head)
    if (!isCopy) recent.add(head)
  }
}

async function readHeads(db: Db, { org, heardAt, from, to }: Announcement): Promise<Head[]> {
  const found = await asSystem(db, (tx) =>
    sql<{ id: string; at: Date; topics: number[]; title: string | null; body: string }>`
      select id, at, topics, title, body from mentions
        where org_id = ${org} and at >= ${new Date(from)} and at <= ${new Date(to)} and heard_at = ${new Date(heardAt)} and double_of is null
        order by at, id limit ${mostAtOnce}`.execute(tx),
  )
  if (found.rows.length === 0) return []
  const { marks: marksOf } = await labeller()
  return found.rows.flatMap(({ id, at, topics, title, body }) => {
    const marks = marksOf({ title, text: body, languages: [] })
    return marks ? [{ orgId: org, id, at, topics, marks }] : []
  })
}

/** The same for every process, so that no two fold in a circle. */
const isBefore = (one: Head, other: Head): boolean =>
  one.at.getTime() - other.at.getTime() < 0 || (one.at.getTime() === other.at.getTime() && one.id < other.id)

const fold = (db: Db, one: Head, other: Head): Promise<boolean> =>
  asSystem(db, (tx) => (isBefore(one, other) ? foldPair(tx, one, other) : foldPair(tx, other, one)))

interface Row {
  id: string
  topics: number[]
  double_of: string | null
}

/** With all that stood under the copy. false: one of them is gone, folded already, or the copy stands under more. Must run as the system. */
async function foldPair(tx: Tx, first: Head, copy: Head): Promise<boolean> {
  const { orgId } = first
  // Whoever stores a further copy of one of them holds it, and looks at it again afterwards.
  const held = await sql<Row>`
    select id, topics, double_of from mentions
      where org_id = ${orgId} and id = any(${[first.id, copy.id]}::uuid[]) and at = any(${[first.at, copy.at]}::timestamptz[])
      order by id for update`.execute(tx)
  const [head, double] = [first, copy].map(({ id }) => held.rows.find((row) => row.id === id))
  if (!head || !double || head.double_of !== null || double.double_of !== null) return false
  if (!includesAll(head.topics, double.topics)) return false
  await sql`
    with folded as (
      update mentions set double_of = ${head.id} where org_id = ${orgId} and ((at = ${copy.at} and id = ${copy.id}) or double_of = ${copy.id})
        returning at, id, topics)
    update topic_mentions t set double_of = ${head.id} from folded f
      where t.org_id = ${orgId} and t.topic = any(f.topics) and t.at = f.at and t.mention_id = f.id`.execute(tx)
  return true
}
