// Every query with which contacts are read. What stands behind walls is not there for those who are not behind them.

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { endOf } from './words.ts'

export interface IdentityRow {
  network: string
  remoteId: string
  handle: string | null
  name: string | null
  url: string | null
  followers: number | null
}

export interface ContactRow {
  id: string
  name: string
  sort_name: string
  identities: IdentityRow[]
  tags: string[]
  last_at: Date | null
}

export interface ContactQuery {
  words: readonly string[]
  tag?: string | undefined
  after: [sortName: string, id: string] | null
  limit: number
}

const identitiesOf = sql`(select jsonb_agg(jsonb_build_object('network', i.network, 'remoteId', i.remote_id, 'handle', i.handle, 'name', i.name,
    'url', i.url, 'followers', i.followers) order by i.network, i.remote_id)
  from contact_identities i where i.org_id = c.org_id and i.contact_id = c.id)`
const tagsOf = sql`(select array_agg(distinct t.tag order by t.tag) from contact_tags t where t.org_id = c.org_id and t.contact_id = c.id)`
const lastOf = sql`(select v.last_at from conversations v where v.org_id = c.org_id and v.contact_id = c.id order by v.last_at desc limit 1)`

/** More than these are not looked through: whoever seeks writes another letter. */
const mostFound = 5_000

const withWord = (orgId: string, word: string) => sql`
  select i.contact_id from identity_words w
    join contact_identities i on i.org_id = w.org_id and i.network = w.network and i.remote_id = w.remote_id
  where w.org_id = ${orgId} and w.word >= ${word} and w.word < ${endOf(word)} limit ${mostFound}`

function conditionsOf(orgId: string, { words, tag, after }: ContactQuery): RawBuilder<unknown>[] {
  return [
    sql`c.org_id = ${orgId}`,
    ...words.map((word) => sql`c.id in (${withWord(orgId, word)})`),
    ...(tag
      ? [sql`c.id in (select t.contact_id from contact_tags t where t.org_id = ${orgId} and t.tag = ${tag})`]
      : []),
    ...(after ? [sql`(c.sort_name, c.id) > (${after[0]}, ${after[1]}::uuid)`] : []),
  ]
}

/** By name. */
export async function contactRows(tx: Tx, orgId: string, query: ContactQuery): Promise<ContactRow[]> {
  const conditions = sql.join(conditionsOf(orgId, query), sql` and `)
  // The page first, then what is shown of it.
  const found = await sql<ContactRow>`
    select c.id, c.name, c.sort_name, ${identitiesOf} as identities, coalesce(${tagsOf}, '{}') as tags, ${lastOf} as last_at
      from (select * from contacts c where ${conditions} order by c.sort_name, c.id limit ${query.limit}) c
      order by c.sort_name, c.id`.execute(tx)
  return found.rows
}

export async function contactsById(tx: Tx, orgId: string, ids: readonly string[]): Promise<ContactRow[]> {
  const found = await sql<ContactRow>`
    select c.id, c.name, c.sort_name, ${identitiesOf} as identities, coalesce(${tagsOf}, '{}') as tags, ${lastOf} as last_at
      from contacts c where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[]) order by c.sort_name, c.id`.execute(
    tx,
  )
  return found.rows
}

export async function tagsInUse(tx: Tx, orgId: string): Promise<string[]> {
  const found = await sql<{ tag: string }>`
    select distinct tag from contact_tags where org_id = ${orgId} order by tag limit 500`.execute(tx)
  return found.rows.map((row) => row.tag)
}

export interface HandOverRow {
  conversation_id: string
  preview: string
  facts: { from?: string | null; to?: string | null }
  note: string
  at: Date
  by: string | null
}

/** Newest first. */
export async function handOverRows(tx: Tx, orgId: string, contactId: string, limit: number): Promise<HandOverRow[]> {
  const found = await sql<HandOverRow>`
    select e.conversation_id, coalesce(nullif(c.subject, ''), c.preview) as preview, e.facts, e.note, e.at, e.by
      from conversations c join conversation_entries e on e.org_id = c.org_id and e.conversation_id = c.id
      where c.org_id = ${orgId} and c.contact_id = ${contactId} and e.kind = 'department' order by e.at desc, e.id desc limit ${limit}`.execute(
    tx,
  )
  return found.rows
}

/** Contacts with the same name, or with the same handle elsewhere. */
export async function alikeRows(
  tx: Tx,
  orgId: string,
  { id, sort_name: name, identities }: ContactRow,
  limit: number,
): Promise<{ id: string; because: 'name' | 'handle' }[]> {
  const handles = identities.flatMap(({ handle }) => (handle ? [handle.toLowerCase().replace(/^@/, '')] : []))
  const found = await sql<{ id: string; because: 'name' | 'handle' }>`
    select distinct on (id) id, because from (
      select c.id, 'name' as because from contacts c where c.org_id = ${orgId} and c.sort_name = ${name} and ${name} <> '' and c.id <> ${id}
      union all
      select i.contact_id, 'handle' from identity_words w
        join contact_identities i on i.org_id = w.org_id and i.network = w.network and i.remote_id = w.remote_id
        where w.org_id = ${orgId} and w.word = any(${handles}::text[]) and ltrim(lower(i.handle), '@') = any(${handles}::text[]) and i.contact_id <> ${id}) f
    order by id, because desc limit ${limit}`.execute(tx)
  return found.rows
}
