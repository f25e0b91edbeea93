// Every query with which conversations are written as they are read.

import { sql } from 'kysely'
import type { Said } from '../../connectors/converse.ts'
import type { Gap } from '../../connectors/listen.ts'
import type { Tx } from '../../db/tx.ts'
import { hashJson } from '../../lib/hash.ts'
import { newId } from '../../lib/ids.ts'
import type { Labels } from '../../listening/mentions/types.ts'
import type { Reading } from './leases.ts'
import { type Begun, placeKey } from './place.ts'

type Of = Pick<Reading, 'orgId' | 'accountId'>

export async function insertGaps(tx: Tx, { orgId, accountId }: Of, gaps: readonly Gap[], now: Date): Promise<void> {
  if (gaps.length === 0) return
  const rows = gaps.map(({ from, to, reason }) => ({
    ...{ org_id: orgId, account_id: accountId, id: newId(), from_at: from, to_at: to, reason, found_at: now },
  }))
  await tx.insertInto('inbox_gaps').values(rows).execute()
}

export interface Stored {
  id: string
  conversationId: string
  hash: string
}

/** By their remote ids, as far as they are there. */
export async function storedMessages(
  tx: Tx,
  { orgId, accountId }: Of,
  remoteIds: readonly string[],
): Promise<Map<string, Stored>> {
  if (remoteIds.length === 0) return new Map()
  const found = await sql<{ remote_id: string; id: string; conversation_id: string; hash: string }>`
    select remote_id, id, conversation_id, hash from messages where org_id = ${orgId} and account_id = ${accountId}
      and remote_id = any(${[...new Set(remoteIds)]}::text[])`.execute(tx)
  return new Map(
    found.rows.map((row) => [row.remote_id, { id: row.id, conversationId: row.conversation_id, hash: row.hash }]),
  )
}

/** Conversations at these places, or those in which what comes there goes on: followed to the end, and never to one in which nothing is left. */
export async function conversationsAt(
  tx: Tx,
  { orgId, accountId }: Of,
  places: readonly { thread: string; branch: string }[],
): Promise<Map<string, string>> {
  if (places.length === 0) return new Map()
  const found = await sql<{ id: string; thread: string; branch: string }>`
    with recursive way as (select c.id, c.thread, c.branch, c.goes_on_in as next, c.message_count, array[c.id] as seen from conversations c
        where c.org_id = ${orgId} and c.account_id = ${accountId} and (c.thread, c.branch) in
          (select * from unnest(${places.map(({ thread }) => thread)}::text[], ${places.map(({ branch }) => branch)}::text[]))
      union all select c.id, w.thread, w.branch, c.goes_on_in, c.message_count, w.seen || c.id
        from way w join conversations c on c.org_id = ${orgId} and c.id = w.next where c.id <> all(w.seen))
    select distinct on (thread, branch) id, thread, branch from way
      order by thread, branch, message_count > 0 desc, cardinality(seen) desc`.execute(tx)
  return new Map(found.rows.map(({ id, thread, branch }) => [placeKey(thread, branch), id]))
}

/** In one order always. Nobody puts them together or apart until the transaction ends. */
export const lockConversations = (tx: Tx, orgId: string, ids: readonly string[]): Promise<unknown> =>
  sql`select 1 from conversations where org_id = ${orgId} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
    tx,
  )

export async function insertConversations(tx: Tx, { orgId, accountId }: Of, begun: readonly Begun[]): Promise<void> {
  if (begun.length === 0) return
  const rows = begun.map(({ id, branch, said }) => ({
    ...{ org_id: orgId, id, account_id: accountId, thread: said.thread, branch, kind: said.kind },
    ...{ is_private: said.isPrivate, subject: said.subject, about: said.about && JSON.stringify(said.about) },
    ...{ began_at: said.at, last_at: said.at },
  }))
  await tx.insertInto('conversations').values(rows).execute()
}

/** What a person or a program may change of a message at its network. */
export const hashOf = ({ subject, text, quoted, media, marks, rating }: Said): string =>
  hashJson({ subject, text, quoted, media, marks, rating })

const wordsOf = (said: Said, labels: Labels | null) => ({
  ...{
    subject: said.subject,
    body: said.text,
    quoted: said.quoted,
    media: JSON.stringify(said.media),
    hash: hashOf(said),
  },
  ...{
    ref: JSON.stringify(said.ref),
    root: said.root && JSON.stringify(said.root),
    rating: said.rating,
    marks: said.marks,
  },
  ...{ language: labels?.language ?? null, sentiment: labels?.sentiment ?? null, intent: labels?.intent ?? null },
  // Percentages are calibrated: from a half on it is more likely than not.
  offensive: labels?.offensive == null ? null : labels.offensive >= 50,
})

export async function insertMessages(
  tx: Tx,
  { orgId, accountId }: Of,
  messages: readonly { said: Said; conversationId: string; labels: Labels | null }[],
  { now, takenAt }: { now: Date; takenAt: Date | null },
): Promise<void> {
  const rows = messages.map(({ said, conversationId, labels }) => ({
    ...{ org_id: orgId, id: newId(), conversation_id: conversationId, account_id: accountId, remote_id: said.id },
    ...{ at: said.at, heard_at: now, kind: said.kind, is_ours: said.isOurs, author_id: said.author?.id ?? null },
    ...{ reply_to: said.replyTo, taken_at: takenAt, ...wordsOf(said, labels) },
  }))
  await tx.insertInto('messages').values(rows).execute()
}

/** Of those the words are others now; answers their conversations. A message that was gone and is told of again is back. */
export async function rewriteMessages(
  tx: Tx,
  orgId: string,
  messages: readonly { id: string; said: Said; labels: Labels | null }[],
  now: Date,
): Promise<string[]> {
  const touched: string[] = []
  for (const { id, said, labels } of messages) {
    const row = await tx
      .updateTable('messages')
      .set({ ...wordsOf(said, labels), edited_at: now, removed_at: null })
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .returning('conversation_id')
      .executeTakeFirstOrThrow()
    touched.push(row.conversation_id)
  }
  return touched
}

/** What was taken over and is told by the account's own reading too. Answers their conversations. */
export async function noteSaidToUs(tx: Tx, orgId: string, messages: readonly { id: string }[]): Promise<string[]> {
  if (messages.length === 0) return []
  const found = await sql<{ conversation_id: string }>`
    update messages set taken_at = null where org_id = ${orgId} and id = any(${messages.map(({ id }) => id)}::uuid[]) and taken_at is not null
      returning conversation_id`.execute(tx)
  return found.rows.map((row) => row.conversation_id)
}

/** Gone at the network: the words go here too. Answers their conversations. */
export async function emptyMessages(tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await sql<{ conversation_id: string }>`
    update messages set subject = null, body = '', quoted = null, media = '[]', language = null, sentiment = null, intent = null,
        offensive = null, hash = '',
        removed_at = ${now}
      where org_id = ${orgId} and id = any(${ids}::uuid[]) and removed_at is null returning conversation_id`.execute(tx)
  return found.rows.map((row) => row.conversation_id)
}

/** Of a message `m`: somebody says it who is owed an answer. */
export const asks = sql`(not m.is_ours and m.removed_at is null and not m.marks && array['spam', 'automatic', 'bounce', 'gone'])`

/** From when on it is kept what people have not read: what was heard before is read, also when the conversation is told anew. */
const unreadSince = (orgId: string) =>
  sql`coalesce((select o.unread_since from organisations o where o.id = ${orgId}), '-infinity')`

/** What lists show of conversations, told anew from their messages. */
export async function summarise(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update conversations c set message_count = n.messages, began_at = n.began_at, last_at = n.last_at, waiting_since = n.waiting_since,
        heard_at = n.heard_at, preview = last.preview, last_is_ours = last.is_ours, language = said.language, sentiment = said.sentiment, intent = said.intent,
        contact_id = coalesce(c.contact_id, first.contact_id), initiator = case when coalesce(spoke.is_ours, true) then 'we' else 'them' end,
        begun_by_us_at = case when spoke.is_ours then spoke.at end
      from unnest(${ids}::uuid[]) named (id)
        cross join lateral (select max(m.at) as at from messages m where m.org_id = ${orgId} and m.conversation_id = named.id and m.is_ours) ours
        cross join lateral (select count(*)::integer as messages, min(m.at) as began_at, max(m.at) as last_at,
            max(m.heard_at) filter (where not m.is_ours and m.removed_at is null and m.heard_at > ${unreadSince(orgId)}) as heard_at,
            min(m.at) filter (where ${asks} and m.at > coalesce(ours.at, '-infinity')) as waiting_since
          from messages m where m.org_id = ${orgId} and m.conversation_id = named.id) n
        cross join lateral (select left(m.body, 200) as preview, m.is_ours from messages m where m.org_id = ${orgId} and m.conversation_id = named.id
          order by m.at desc, m.id desc limit 1) last
        left join lateral (select m.is_ours, m.at from messages m where m.org_id = ${orgId} and m.conversation_id = named.id and m.taken_at is null
          order by m.at, m.id limit 1) spoke on true
        left join lateral (select m.language, m.sentiment, m.intent from messages m
          where m.org_id = ${orgId} and m.conversation_id = named.id and ${asks} order by m.at desc, m.id desc limit 1) said on true
        -- Waits for whoever puts that person together with another at this moment.
        left join lateral (select i.contact_id from messages m join accounts a on a.org_id = m.org_id and a.id = m.account_id
            join contact_identities i on i.org_id = m.org_id and i.network = a.connector and i.remote_id = m.author_id
          where m.org_id = ${orgId} and m.conversation_id = named.id and not m.is_ours
            and (select k.contact_id is null from conversations k where k.org_id = ${orgId} and k.id = named.id)
          order by m.at, m.id limit 1 for share of i) first on true
      where c.org_id = ${orgId} and c.id = named.id`.execute(tx)
}

/** Somebody spoke again after it was closed or put off: it is open, and says so. Spam stays where it is. Answers those that were closed. */
export async function reopen(tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return []
  const opened = await sql<{ id: string; state: string }>`
    with before as (select c.id, c.state from conversations c where c.org_id = ${orgId} and c.id = any(${ids}::uuid[]) and c.state <> 'open'
        and c.reason is distinct from 'spam' and exists (select from messages m where m.org_id = c.org_id and m.conversation_id = c.id and ${asks}
          and m.heard_at = ${now} and m.at > coalesce(c.closed_at, '-infinity'))
      for update),
    moved as (update conversations c set state = 'open', reason = null, snoozed_until = null, closed_at = null, closed_by = null,
        reopened = c.reopened + case before.state when 'closed' then 1 else 0 end
      from before where c.org_id = ${orgId} and c.id = before.id)
    select id, state from before`.execute(tx)
  const entries = opened.rows.map(({ id, state }) => ({
    ...{ org_id: orgId, conversation_id: id, id: newId(), kind: 'reopened', at: now, by: null },
    facts: JSON.stringify({ from: state }),
  }))
  if (entries.length > 0) await tx.insertInto('conversation_entries').values(entries).execute()
  return opened.rows.flatMap(({ id, state }) => (state === 'closed' ? [id] : []))
}
