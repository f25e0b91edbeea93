// Draws texts of a topic at random: the same seed on the same mentions draws the same.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { mulberry32 } from '../../lib/mulberry.ts'
import type { Codable } from '../labels/types.ts'
import { divide, type Stratum } from './rules.ts'

export interface DrawFrom {
  label: Codable
  topic: number
  from: Date
  to: Date
}

export interface Drawn {
  mention_id: string
  at: Date
  language: string
  machine: string
  weight: number
}

export interface Drawing {
  population: number
  /** In the order in which they are coded, which says nothing of the machine's label. */
  drawn: Drawn[]
}

export async function drawTexts(
  tx: Tx,
  orgId: string,
  from: DrawFrom,
  { size, stratified, seed }: { size: number; stratified: boolean; seed: number },
): Promise<Drawing> {
  const strata = await strataOf(tx, orgId, from)
  const population = strata.reduce((sum, stratum) => sum + stratum.size, 0)
  const shares = stratified ? divide(strata, size) : [{ machine: null, wanted: Math.min(size, population), weight: 1 }]
  const drawn: Drawn[] = []
  for (const { machine, wanted, weight } of shares) {
    if (wanted === 0) continue
    const found = await sql<Omit<Drawn, 'weight'>>`
      select t.mention_id, t.at, t.language, ${said(from.label)} as machine from ${within(orgId, from)}
        ${machine === null ? sql`` : sql`and ${said(from.label)} = ${machine}`}
        order by uuid_hash_extended(t.mention_id, ${seed}::bigint), t.mention_id limit ${wanted}`.execute(tx)
    drawn.push(...found.rows.map((row) => ({ ...row, weight })))
  }
  return { population, drawn: shuffled(drawn, seed) }
}

/** How many there are of each label of the machine, in one order always. */
async function strataOf(tx: Tx, orgId: string, from: DrawFrom): Promise<Stratum[]> {
  const found = await sql<Stratum>`
    select ${said(from.label)} as machine, count(*)::integer as size from ${within(orgId, from)} group by 1 order by 1`.execute(
    tx,
  )
  return found.rows
}

const said = (label: Codable) => sql`coalesce(${sql.ref(`t.${label}`)}::text, 'none')`

/** Feelings and intents are told of English alone, and nothing told is an answer there; a mood that was not judged is none. */
const within = (orgId: string, { label, topic, from, to }: DrawFrom) => sql`
  topic_mentions t where t.org_id = ${orgId} and t.topic = ${topic} and t.at >= ${from} and t.at < ${to}
    ${label === 'sentiment' ? sql`and t.sentiment is not null` : sql`and t.language in ('en', 'und')`}`

/** Fisher and Yates: the order is made again from the seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const order = [...items]
  const next = mulberry32(seed)
  for (let last = order.length - 1; last > 0; last--) {
    const at = next() % (last + 1)
    ;[order[last], order[at]] = [order[at]!, order[last]!]
  }
  return order
}
