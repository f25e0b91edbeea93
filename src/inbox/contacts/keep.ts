// Who speaks to us: an identity on a network is known once, and begins a person of its own; people put persons together.

import { sql } from 'kysely'
import type { HeardAuthor } from '../../connectors/listen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { wordsOf } from './words.ts'

/** Makes known who is not, and follows changed names. What a network does not tell is left as it was. */
export async function contactsOf(
  tx: Tx,
  orgId: string,
  network: string,
  authors: readonly HeardAuthor[],
  now: Date,
): Promise<void> {
  const each = [...new Map(authors.map((author) => [author.id, author])).values()]
  if (each.length === 0) return
  // In one order always: two accounts of the same network must not wait for each other in a circle.
  each.sort((a, b) => (a.id < b.id ? -1 : 1))
  const rows = JSON.stringify(each.map((author) => ({ ...author, contact: newId() })))
  await sql`
    with told as (select * from jsonb_to_recordset(${rows}::jsonb)
        as t(id text, handle text, name text, url text, followers int, contact uuid)),
      fresh as (select t.* from told t where not exists (select from contact_identities i
        where i.org_id = ${orgId} and i.network = ${network} and i.remote_id = t.id)),
      made as (insert into contacts (org_id, id, name, created_at)
        select ${orgId}, contact, coalesce(name, handle, ''), ${now} from fresh)
    insert into contact_identities as known (org_id, network, remote_id, contact_id, handle, name, url, followers, seen_at)
    select ${orgId}, ${network}, t.id, t.contact, t.handle, t.name, t.url, t.followers, ${now} from told t
    on conflict (org_id, network, remote_id) do update set handle = coalesce(excluded.handle, known.handle), name = coalesce(excluded.name, known.name),
      url = coalesce(excluded.url, known.url), followers = coalesce(excluded.followers, known.followers), seen_at = excluded.seen_at`.execute(
    tx,
  )
  await keepWords(tx, orgId, network, each)
}

/** By which people are found (words.ts). A name of the past is found too. */
async function keepWords(tx: Tx, orgId: string, network: string, authors: readonly HeardAuthor[]): Promise<void> {
  const rows = authors.flatMap(({ id, name, handle }) => wordsOf(name, handle).map((word) => ({ id, word })))
  if (rows.length === 0) return
  await sql`
    insert into identity_words (org_id, word, network, remote_id)
      select ${orgId}, word, ${network}, id from unnest(${rows.map(({ word }) => word)}::text[], ${rows.map(({ id }) => id)}::text[]) t (word, id)
      order by word, id on conflict do nothing`.execute(tx)
}
