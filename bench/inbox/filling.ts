// Three years of conversations by SQL: a million of them with eight messages each, a tenth of them open, over twenty accounts and twelve departments.

import type pg from 'pg'
import { openAt } from '../../src/db/open.ts'
import { keepSpans } from '../../src/inbox/measures/keep-spans.ts'
import { dayOf } from '../../src/inbox/search/keep-words.ts'
import { newId } from '../../src/lib/ids.ts'
import { searchWords } from '../../src/listening/mentions/words.ts'
import { practiceInstance } from '../api/filling.ts'

export interface Filling {
  orgId: string
  /** Of the person who asks. */
  memberId: string
  conversations: number
}

export interface Filled {
  accounts: string[]
  departments: string[]
  /** One of those that are open, with fifteen messages. */
  longest: string
  contact: string
}

/** In one of a hundred messages, in one of a hundred thousand, in none. */
export const words = { common: 'kilometres', rare: 'zephyr', absent: 'quagmire' }

const lot = 50_000
/** Of ten. */
const openOfTen = 1
const people = 40

/** `client` speaks for the owner of the schema. */
export async function fill(client: pg.Client, filling: Filling): Promise<Filled> {
  const { orgId, conversations } = filling
  await client.query("select set_config('longrun.scope', 'system', false), setseed(0.42)")
  const accounts = await insertAccounts(client, filling)
  const departments = await insertDepartments(client, orgId)
  await insertColleagues(client, orgId)
  await insertContacts(client, orgId, Math.ceil(conversations / 3))
  // What a bulk load would do: indexes that a lot of rows would have to keep up are built afterwards, as they were.
  const rebuild = await dropIndexes(client, [
    'conversations',
    'messages',
    'conversation_entries',
    'conversation_span_marks',
  ])
  for (let start = 0; start < conversations; start += lot)
    await insertLot(client, filling, { from: start, to: Math.min(conversations, start + lot), accounts, departments })
  await client.query("set maintenance_work_mem = '1GB'")
  for (const made of rebuild) await client.query(made)
  await insertWords(client, filling)
  for (const table of [
    'contacts',
    'contact_identities',
    'conversations',
    'messages',
    'conversation_words',
    'conversation_tags',
    'conversation_seen',
    'conversation_entries',
  ])
    await client.query(`vacuum (analyze) ${table}`)
  await tellSpans(client)
  const { id, contact_id } = (
    await client.query<{ id: string; contact_id: string }>(
      "select id, contact_id from conversations where org_id = $1 and state = 'open' order by message_count desc, id limit 1",
      [orgId],
    )
  ).rows[0]!
  return { accounts, departments, longest: id, contact: contact_id }
}

async function insertAccounts(client: pg.Client, { orgId, memberId }: Filling): Promise<string[]> {
  const ids = Array.from({ length: 20 }, newId)
  for (const [at, id] of ids.entries())
    await client.query(
      `insert into accounts (org_id, id, connector, remote_id, handle, display_name, url, server, instance, name, time_zone, auth_method, state,
          created_by, created_at, checked_at)
        values ($1, $2, 'fake', $3, $3, $3, 'https://practice.example', 'https://practice.example', $5, $3, 'Europe/Berlin', 'token', 'connected', $4, now() - interval '4 years', now())`,
      [orgId, id, `account-${at}`, memberId, JSON.stringify(practiceInstance)],
    )
  // They are read by nobody: this network is not there.
  await client.query(
    `insert into inbox_readings (org_id, account_id, due_at) select org_id, id, now() + interval '10 years' from accounts where org_id = $1
      on conflict (org_id, account_id) do update set due_at = excluded.due_at`,
    [orgId],
  )
  return ids
}

async function insertDepartments(client: pg.Client, orgId: string): Promise<string[]> {
  const ids = Array.from({ length: 12 }, newId)
  for (const [at, id] of ids.entries())
    await client.query('insert into departments (org_id, id, name) values ($1, $2, $3)', [
      orgId,
      id,
      `Department ${at}`,
    ])
  return ids
}

/** Whoever asks is one of forty who have conversations. */
async function insertColleagues(client: pg.Client, orgId: string): Promise<void> {
  await client.query(
    `with made as (insert into users (id, name, email) select gen_random_uuid(), 'Colleague ' || i, 'colleague' || i || '@example.org'
        from generate_series(2, ${people}) i returning id)
      insert into members (org_id, id, user_id, role) select $1, gen_random_uuid(), id, 'contributor' from made`,
    [orgId],
  )
}

async function insertContacts(client: pg.Client, orgId: string, count: number): Promise<void> {
  await client.query(
    `insert into contacts (org_id, id, name, created_at)
      select $1, overlay(overlay(md5('contact ' || i) placing '8' from 13) placing '8' from 17)::uuid, 'Runner ' || i, now() from generate_series(0, $2::integer) i`,
    [orgId, count],
  )
  await client.query(
    `insert into contact_identities (org_id, network, remote_id, contact_id, handle, name, seen_at)
      select org_id, 'fake', name, id, lower(replace(name, ' ', '')), name, now() from contacts where org_id = $1`,
    [orgId],
  )
}

/** By the product's own code; one mark is enough for each. */
async function tellSpans(client: pg.Client): Promise<void> {
  await client.query('truncate conversation_span_marks')
  await client.query(
    'insert into conversation_span_marks (org_id, conversation_id) select org_id, id from conversations',
  )
  const { host, user, database, port } = client as pg.Client & { database: string }
  const opened = await openAt({ host, user: user!, database, port })
  try {
    for (;;) {
      await keepSpans({ db: opened.db })
      const { rows } = await client.query<{ left: boolean }>(
        'select exists (select from conversation_span_marks) as left',
      )
      if (!rows[0]!.left) break
    }
    await client.query('vacuum (analyze) conversation_spans, conversation_span_marks')
  } finally {
    await opened.close()
  }
}

async function dropIndexes(client: pg.Client, tables: string[]): Promise<string[]> {
  const found = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes where schemaname = 'public' and tablename = any($1)
      and indexdef not like 'CREATE UNIQUE%'`,
    [tables],
  )
  for (const { name } of found.rows) await client.query(`drop index ${name}`)
  return found.rows.map(({ made }) => made)
}

/** As the product keeps them, told from what was said; its index is built afterwards. */
async function insertWords(client: pg.Client, { orgId, conversations }: Filling): Promise<void> {
  await client.query('drop index conversation_words_by_words')
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await client.query<{ id: string; i: number; said: number; last_at: Date }>(
      `select id, substr(thread, 8)::integer as i, message_count as said, last_at from conversations
        where org_id = $1 and id > $2 order by id limit $3`,
      [orgId, last, lot],
    )
    if (rows.rows.length === 0) break
    last = rows.rows.at(-1)!.id
    const told = rows.rows.map(({ id, i, said, last_at }) => ({
      ...{ id, days: [dayOf(last_at)], words: searchWords(orgId, wordsSaid(i, said, conversations)) },
    }))
    await client.query(
      `insert into conversation_words (org_id, conversation_id, words, days)
        select $1, id, words, days from jsonb_to_recordset($2::jsonb) t (id uuid, words integer[], days integer[])`,
      [orgId, JSON.stringify(told)],
    )
  }
  await client.query(
    'create index conversation_words_by_words on conversation_words using gin (words, days) with (gin_pending_list_limit = 4096)',
  )
}

/** All that `insertLot` has said in a conversation, with the person. */
function wordsSaid(i: number, said: number, conversations: number): string {
  const runner = (i * 31) % Math.trunc(conversations / 3)
  const numbers = Array.from({ length: said }, (_, at) => at + 1)
  const finds = numbers.some((n) => (i + n) % 100 === 0) ? ` It took ${words.common} to find out.` : ''
  const blows = i % 12_500 === 0 ? ` A ${words.rare} blew.` : ''
  return `Runner ${runner} runner${runner} @runner${runner} Message ${numbers.join(' ')}: nobody told me that the lid of number ${i}
    would not close after ${(i * 13) % 9_973} turns, and now the kitchen is full of steam.${finds}${blows}`
}

interface Lot {
  from: number
  to: number
  accounts: string[]
  departments: string[]
}

async function insertLot(client: pg.Client, { orgId, memberId, conversations }: Filling, lotOf: Lot): Promise<void> {
  const { from, to, accounts, departments } = lotOf
  await client.query(
    'create temporary table if not exists lot (i integer, id uuid, began_at timestamptz, said integer)',
  )
  await client.query('truncate lot')
  await client.query(
    `insert into lot select i, gen_random_uuid(), now() - make_interval(secs => (1 - i / $3::double precision) * 94608000 + 3600),
        1 + (i * 7919::bigint % 15)::integer from generate_series($1::integer, $2::integer - 1) i`,
    [from, to, conversations],
  )
  await client.query(
    `insert into conversations (org_id, id, account_id, thread, branch, kind, is_private, contact_id, department_id, owner_id, state, reason, closed_at,
        snoozed_until, began_at, last_at, waiting_since, due_at, due_soon_at, due_metric, message_count, preview, last_is_ours, language, sentiment, intent,
        priority, tags, heard_at)
      select $1, l.id, ($2::uuid[])[1 + l.i % 20], 'thread ' || l.i, '', (array['reply', 'message', 'mention', 'mail'])[1 + l.i % 4], l.i % 4 in (1, 3),
          overlay(overlay(md5('contact ' || (l.i * 31::bigint % ($4 / 3))) placing '8' from 13) placing '8' from 17)::uuid,
          case when l.i % 7 = 0 then null else ($3::uuid[])[1 + l.i % 12] end,
          case when l.i % 3 = 0 then null else m.ids[1 + (l.i / 30) % ${people}] end,
          s.state, case s.state when 'closed' then 'answered' end, case s.state when 'closed' then l.began_at + interval '1 day' end,
          case s.state when 'snoozed' then now() + interval '3 days' end,
          l.began_at, l.began_at + make_interval(mins => l.said - 1),
          w.since, w.since + interval '2 hours', w.since + interval '90 minutes', case when w.since is not null then 'next-reply' end, l.said,
          'The lid of number ' || l.i || ' does not close, and now the kitchen is full of steam.', l.said % 2 = 0,
          (array['en', 'de', 'es', 'fr'])[1 + l.i % 4], (l.i % 3) - 1, (array['question', 'complaint', 'praise', null])[1 + l.i % 4],
          coalesce((array['urgent', 'high'])[1 + l.i % 40], 'normal'), case when l.i % 30 = 0 then array['tag ' || l.i % 7] else '{}' end, l.began_at
        from lot l
          cross join (select array_agg(id order by id) as ids from members where org_id = $1) m
          cross join lateral (select case when l.i % 10 < ${openOfTen} then 'open' when l.i % 50 = 11 then 'snoozed' else 'closed' end as state) s
          cross join lateral (select case when s.state <> 'closed' and l.said % 2 = 1 then l.began_at + make_interval(mins => l.said - 1) end as since) w`,
    [orgId, accounts, departments, conversations],
  )
  // Whoever asks has read nine of ten.
  await client.query(
    `insert into conversation_seen (org_id, member_id, conversation_id, heard_at)
      select c.org_id, $2, c.id, c.heard_at from lot l join conversations c on c.org_id = $1 and c.id = l.id where l.i % 100 > 9`,
    [orgId, memberId],
  )
  await client.query(
    `insert into messages (org_id, id, conversation_id, account_id, remote_id, ref, at, heard_at, kind, is_ours, author_id, body, reply_to, hash, language,
        sentiment)
      select $1, gen_random_uuid(), l.id, ($2::uuid[])[1 + l.i % 20], 'said ' || l.i || ' ' || n, jsonb_build_object('id', 'said ' || l.i || ' ' || n, 'url', ''),
          l.began_at + make_interval(mins => n - 1), now(), (array['reply', 'message', 'mention', 'mail'])[1 + l.i % 4], n % 2 = 0,
          'Runner ' || (l.i * 31::bigint % ($3 / 3)),
          'Message ' || n || ': nobody told me that the lid of number ' || l.i || ' would not close after ' || (l.i * 13::bigint % 9973) || ' turns, and now the kitchen is full of steam.'
            || case when (l.i + n) % 100 = 0 then ' It took ${words.common} to find out.' else '' end
            || case when n = 1 and l.i % 12500 = 0 then ' A ${words.rare} blew.' else '' end,
          case when n > 1 then 'said ' || l.i || ' ' || (n - 1) end, md5(l.i || ' ' || n), 'en', 0
        from lot l cross join lateral generate_series(1, l.said) n`,
    [orgId, accounts, conversations],
  )
  await insertEntries(client, { orgId, memberId })
}

/** What was done with those of the lot: somebody got it, somebody closed it. */
async function insertEntries(
  client: pg.Client,
  { orgId, memberId }: Pick<Filling, 'orgId' | 'memberId'>,
): Promise<void> {
  await client.query(
    `insert into conversation_entries (org_id, conversation_id, id, kind, at, by, note, facts)
      select c.org_id, c.id, gen_random_uuid(), e.kind, e.at, $2, '', e.facts from lot l join conversations c on c.org_id = $1 and c.id = l.id
        cross join lateral (values ('owner', c.began_at + interval '30 seconds', jsonb_build_object('from', null, 'to', c.owner_id)),
          ('state', c.closed_at, jsonb_build_object('from', 'open', 'to', 'closed', 'reason', 'answered'))) e (kind, at, facts)
        where case e.kind when 'owner' then c.owner_id is not null else c.closed_at is not null end`,
    [orgId, memberId],
  )
}
