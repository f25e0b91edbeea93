// Every query with which persons are put together and apart.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

export interface IdentityKey {
  network: string
  remoteId: string
}

export interface MoveRow {
  id: string
  kind: 'merged' | 'split'
  from_id: string
  to_id: string
  at: Date
  by: string
  undone_at: Date | null
  kept_ids: string[]
  identities: { network: string; remoteId: string; handle: string | null; name: string | null }[]
}

/**
 * Nobody else puts them together or apart until the transaction ends. In one order, so that two do not wait for each other. Who stores what
 * one of them says goes on: that one has them locked by what they are called, which is waited for next.
 */
export async function lockContacts(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, { name: string }>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from contacts where org_id = ${orgId} and id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, name }) => [id, { name }]))
}

export async function identitiesOf(
  tx: Tx,
  orgId: string,
  contactId: string,
): Promise<(IdentityKey & { name: string | null; handle: string | null })[]> {
  const found = await sql<IdentityKey & { name: string | null; handle: string | null }>`
    select network, remote_id as "remoteId", name, handle from contact_identities where org_id = ${orgId} and contact_id = ${contactId}
      order by network, remote_id`.execute(tx)
  return found.rows
}

export async function insertContact(tx: Tx, orgId: string, { name, at }: { name: string; at: Date }): Promise<string> {
  const id = newId()
  await tx.insertInto('contacts').values({ org_id: orgId, id, name, created_at: at }).execute()
  return id
}

const listed = (identities: readonly IdentityKey[]) => sql`
  (select * from unnest(${identities.map(({ network }) => network)}::text[], ${identities.map(({ remoteId }) => remoteId)}::text[]))`

/** Answers how many of them were there to go. */
export async function moveIdentities(
  tx: Tx,
  orgId: string,
  { from, to, identities }: { from: string; to: string; identities: readonly IdentityKey[] },
): Promise<number> {
  const found = await sql`
    update contact_identities set contact_id = ${to} where org_id = ${orgId} and contact_id = ${from}
      and (network, remote_id) in ${listed(identities)} returning 1`.execute(tx)
  return found.rows.length
}

/** Their conversations go along, also those behind walls: there the person is the same. Answers their ids. */
export async function moveConversations(
  tx: Tx,
  orgId: string,
  { from, to, identities }: { from: string; to: string; identities: readonly IdentityKey[] },
): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const found = await sql<{ id: string }>`
      with theirs as (select c.id from conversations c where c.org_id = ${orgId} and c.contact_id = ${from}
          and exists (select from conversation_people p where p.org_id = c.org_id and p.conversation_id = c.id
            and (p.network, p.remote_id) in ${listed(identities)}) order by c.id for update)
      update conversations c set contact_id = ${to} from theirs where c.org_id = ${orgId} and c.id = theirs.id returning c.id`.execute(
      tx,
    )
    // Where somebody was waited for, more may be theirs by what that one did.
    if (found.rows.length === 0) return ids
    ids.push(...found.rows.map((row) => row.id))
  }
}

export interface NewMove {
  kind: 'merged' | 'split'
  from: string
  to: string
  identities: readonly IdentityKey[]
  keptIds: readonly string[]
  at: Date
  by: string
}

export async function insertMove(tx: Tx, orgId: string, move: NewMove): Promise<string> {
  const id = newId()
  const { kind, from, to, identities, keptIds, at, by } = move
  await tx
    .insertInto('contact_moves')
    .values({ org_id: orgId, id, kind, from_id: from, to_id: to, kept_ids: [...keptIds], at, by })
    .execute()
  await tx
    .insertInto('moved_identities')
    .values(identities.map(({ network, remoteId }) => ({ org_id: orgId, move_id: id, network, remote_id: remoteId })))
    .execute()
  return id
}

const moves = sql`
  select m.id, m.kind, m.from_id, m.to_id, m.at, m.by, m.undone_at, m.kept_ids,
    (select jsonb_agg(jsonb_build_object('network', i.network, 'remoteId', i.remote_id, 'handle', i.handle, 'name', i.name)
        order by i.network, i.remote_id)
      from moved_identities d join contact_identities i on i.org_id = d.org_id and i.network = d.network and i.remote_id = d.remote_id
      where d.org_id = m.org_id and d.move_id = m.id) as identities
  from contact_moves m`

/** Newest first. */
export async function moveRows(tx: Tx, orgId: string, contactId: string, limit: number): Promise<MoveRow[]> {
  const found = await sql<MoveRow>`
    ${moves} where m.org_id = ${orgId} and ${contactId} in (m.from_id, m.to_id) order by m.at desc, m.id desc limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

export async function lockMove(
  tx: Tx,
  orgId: string,
  { id, contactId }: { id: string; contactId: string },
): Promise<MoveRow | undefined> {
  const found = await sql<MoveRow>`
    ${moves} where m.org_id = ${orgId} and m.id = ${id} and ${contactId} in (m.from_id, m.to_id) for update of m`.execute(
    tx,
  )
  return found.rows[0]
}

export const markUndone = (tx: Tx, orgId: string, id: string, { at, by }: { at: Date; by: string }): Promise<unknown> =>
  tx
    .updateTable('contact_moves')
    .set({ undone_at: at, undone_by: by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
