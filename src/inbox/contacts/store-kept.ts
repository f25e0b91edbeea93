// Every query of what colleagues keep of a contact: tags, notes, consents.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { ContactConsents, ContactNotes, ContactTags } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

export type TagRow = Selectable<ContactTags>
export type NoteRow = Selectable<ContactNotes>
export type ConsentRow = Selectable<ContactConsents>

/** Of one contact. */
export interface Of {
  orgId: string
  contactId: string
}

/** Who keeps it, when, and behind which wall it belongs: that of the keeper's own department. */
export interface Keeping extends Of {
  wallId: string | null
  at: Date
  by: string
}

const rowOf = ({ orgId, contactId, wallId, at, by }: Keeping) => ({
  ...{ org_id: orgId, id: newId(), contact_id: contactId, wall_id: wallId, at, by },
})

export const tagRows = (tx: Tx, { orgId, contactId }: Of): Promise<TagRow[]> =>
  tx
    .selectFrom('contact_tags')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .orderBy('tag')
    .execute()

export const noteRows = (tx: Tx, { orgId, contactId }: Of, limit: number): Promise<NoteRow[]> =>
  tx
    .selectFrom('contact_notes')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('removed_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const consentRows = (tx: Tx, { orgId, contactId }: Of, limit: number): Promise<ConsentRow[]> =>
  tx
    .selectFrom('contact_consents')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** False: they have it already. */
export async function insertTag(tx: Tx, keeping: Keeping, tag: string): Promise<boolean> {
  const done = await tx
    .insertInto('contact_tags')
    .values({ ...rowOf(keeping), tag })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function deleteTag(tx: Tx, { orgId, contactId }: Of, id: string): Promise<TagRow | undefined> {
  return tx
    .deleteFrom('contact_tags')
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

export const insertNote = (tx: Tx, keeping: Keeping, body: string): Promise<unknown> =>
  tx
    .insertInto('contact_notes')
    .values({ ...rowOf(keeping), body })
    .execute()

/** Its words are gone; that there was one stays. */
export async function emptyNote(
  tx: Tx,
  { orgId, contactId }: Of,
  id: string,
  { at, by }: { at: Date; by: string },
): Promise<NoteRow | undefined> {
  return tx
    .updateTable('contact_notes')
    .set({ body: '', removed_at: at, removed_by: by })
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export const insertConsent = (
  tx: Tx,
  keeping: Keeping,
  consent: { purpose: string; evidence: string; givenAt: Date },
): Promise<unknown> =>
  tx
    .insertInto('contact_consents')
    .values({
      ...rowOf(keeping),
      ...{ purpose: consent.purpose, evidence: consent.evidence, given_at: consent.givenAt },
    })
    .execute()

export async function withdrawConsent(
  tx: Tx,
  { orgId, contactId }: Of,
  id: string,
  { at, by }: { at: Date; by: string },
): Promise<ConsentRow | undefined> {
  return tx
    .updateTable('contact_consents')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

/** Everything that is kept of one contact is kept of another, except tags that they have already. Answers the ids. */
export async function moveKept(
  tx: Tx,
  orgId: string,
  { from, to, only }: { from: string; to: string; only: readonly string[] | null },
): Promise<string[]> {
  const among = only === null ? sql`true` : sql`k.id = any(${[...only]}::uuid[])`
  const found = await sql<{ id: string }>`
    with notes as (update contact_notes k set contact_id = ${to} where k.org_id = ${orgId} and k.contact_id = ${from} and ${among} returning k.id),
      consents as (update contact_consents k set contact_id = ${to} where k.org_id = ${orgId} and k.contact_id = ${from} and ${among} returning k.id),
      tags as (update contact_tags k set contact_id = ${to} where k.org_id = ${orgId} and k.contact_id = ${from} and ${among}
        and not exists (select from contact_tags o where o.org_id = k.org_id and o.contact_id = ${to} and o.tag = k.tag
          and o.wall_id is not distinct from k.wall_id) returning k.id)
    select id from notes union all select id from consents union all select id from tags`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** Ids of everything that whoever looks sees kept of a contact. */
export async function keptIds(tx: Tx, { orgId, contactId }: Of): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from contact_notes where org_id = ${orgId} and contact_id = ${contactId}
    union all select id from contact_consents where org_id = ${orgId} and contact_id = ${contactId}
    union all select id from contact_tags where org_id = ${orgId} and contact_id = ${contactId}`.execute(tx)
  return found.rows.map((row) => row.id)
}
