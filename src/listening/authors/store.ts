// Every query of people who speak and of what was decided about them.

import { type Selectable, sql } from 'kysely'
import { containing } from '../../db/like.ts'
import type { AuthorMoves, Authors } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { AuthorState } from './states.ts'

export type AuthorRow = Selectable<Authors>
export type MoveRow = Selectable<AuthorMoves>

export interface AuthorFilter {
  state?: string
  side?: string
  network?: string
  q?: string
}

/** The surest first; whoever has no score comes last. */
export async function authorRows(
  tx: Tx,
  orgId: string,
  filter: AuthorFilter,
  { limit, after }: { limit: number; after: [number | null, string] | null },
): Promise<AuthorRow[]> {
  const { state, side, network, q } = filter
  const like = q ? containing(q) : null
  const place =
    after === null ? sql`` : sql`and (coalesce(score_low, -1), id) < (${after[0] ?? -1}::real, ${after[1]}::uuid)`
  const found = await sql<AuthorRow>`
    select * from authors where org_id = ${orgId} ${place}
      ${state ? sql`and state = ${state}` : sql``} ${side ? sql`and side = ${side}` : sql``}
      ${network ? sql`and network = ${network}` : sql``} ${like ? sql`and (name ilike ${like} or handle ilike ${like})` : sql``}
      order by coalesce(score_low, -1) desc, id desc limit ${limit}`.execute(tx)
  return found.rows
}

export const findAuthor = (tx: Tx, orgId: string, id: string, lock = false): Promise<AuthorRow | undefined> => {
  const query = tx.selectFrom('authors').selectAll().where('org_id', '=', orgId).where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export const moveRows = (tx: Tx, orgId: string, authorId: string): Promise<MoveRow[]> =>
  tx
    .selectFrom('author_moves')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('author_id', '=', authorId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()

export interface Speaker {
  network: string
  author_handle: string | null
  author_name: string | null
  author_url: string | null
  author_followers: number | null
  at: Date
}

/** As the newest mention tells of them. */
export async function findSpeaker(tx: Tx, orgId: string, authorId: string): Promise<Speaker | undefined> {
  const found = await sql<Speaker>`
    select network, author_handle, author_name, author_url, author_followers, at from mentions
      where author_id = ${authorId} and org_id = ${orgId} order by at desc limit 1`.execute(tx)
  return found.rows[0]
}

/** Whoever is there already stays as they are. */
export async function insertAuthor(
  tx: Tx,
  orgId: string,
  id: string,
  speaker: Speaker,
  { at, expiresAt }: { at: Date; expiresAt: Date | null },
): Promise<void> {
  await tx
    .insertInto('authors')
    .values({
      ...{ org_id: orgId, id, network: speaker.network, handle: speaker.author_handle, name: speaker.author_name },
      ...{ url: speaker.author_url, followers: speaker.author_followers, state: 'spotted', purpose: 'research' },
      ...{ spotted_at: at, changed_at: at, last_spoke_at: speaker.at, expires_at: expiresAt },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function updateAuthor(
  tx: Tx,
  orgId: string,
  id: string,
  values: Partial<Omit<AuthorRow, 'org_id' | 'id' | 'score'>> & { score?: null },
): Promise<void> {
  await tx.updateTable('authors').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()
}

export async function insertMove(
  tx: Tx,
  orgId: string,
  move: { authorId: string; from: AuthorState; to: AuthorState; facts: object; note: string; at: Date; by: string },
): Promise<void> {
  await tx
    .insertInto('author_moves')
    .values({
      ...{ org_id: orgId, author_id: move.authorId, id: newId(), from_state: move.from, to_state: move.to },
      ...{ facts: JSON.stringify(move.facts), note: move.note, at: move.at, by: move.by },
    })
    .execute()
}

export async function deleteAuthor(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.deleteFrom('authors').where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** A key, a network and a day: nothing by which anybody could be found. */
export async function insertObjection(tx: Tx, orgId: string, id: string, network: string, at: Date): Promise<void> {
  await sql`
    insert into authors (org_id, id, network, state, purpose, spotted_at, changed_at, last_spoke_at, objected_at)
      values (${orgId}, objection_key(${orgId}::uuid, ${id}::uuid), ${network}, 'do-not-contact', 'research', ${at}, ${at}, ${at}, ${at})
      on conflict (org_id, id) do nothing`.execute(tx)
}

export const basisRow = (tx: Tx, orgId: string) =>
  tx.selectFrom('author_scorings').selectAll().where('org_id', '=', orgId).executeTakeFirst()
