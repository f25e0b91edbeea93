// A large organisation by SQL: 200,000 posts of several years on 20 accounts, 5,000 of them in one month.

import type pg from 'pg'
import { newId } from '../../src/lib/ids.ts'

export interface Filling {
  orgId: string
  posts: number
  inMonth: number
  accounts: number
}

export const month = { from: '2031-03-01T00:00:00.000Z', to: '2031-04-01T00:00:00.000Z' }

/** In one of a thousand posts, and in one of two. No word begins with `absent`. */
export const words = { rare: 'zephyr', common: 'kilometres', absent: 'quagmire' }

const batchSize = 20_000

/** `client` speaks for the owner of the schema. */
export async function fill(client: pg.Client, { orgId, posts, inMonth, accounts }: Filling): Promise<void> {
  await client.query("select set_config('longrun.scope', 'system', false), setseed(0.42)")
  const member = (await client.query<{ id: string }>('select id from members where org_id = $1', [orgId])).rows[0]!.id
  await insertAccounts(client, orgId, member, accounts)
  for (let start = 1; start <= posts; start += batchSize)
    await insertPosts(client, { orgId, member, from: start, to: Math.min(posts, start + batchSize - 1), inMonth })
  await insertVariants(client, orgId)
  await keepForLists(client, orgId)
  // What a server that has run for a while has done by itself.
  await client.query('vacuum (analyze) posts')
  await client.query('vacuum (analyze) variants')
  await client.query('vacuum (analyze) post_words')
  await client.query('analyze')
}

/** What a practice network says of itself. */
export const practiceInstance = {
  name: 'Practice network',
  limits: {
    ...{ text: 300, thread: 25, comment: 300, images: 4, imageBytes: 1_000_000, alt: 1_000 },
    imageTypes: ['image/jpeg', 'image/png'],
  },
}

async function insertAccounts(client: pg.Client, orgId: string, member: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++)
    await client.query(
      `insert into accounts (org_id, id, connector, remote_id, handle, display_name, url, server, instance, name, time_zone, auth_method, state, created_by, checked_at)
       values ($1, $2, 'fake', $3, $3, $3, $4, 'http://127.0.0.1:9', $5, $3, 'Europe/Berlin', 'token', 'connected', $6, now() + interval '1 year')`,
      [
        orgId,
        newId(),
        `runner${index}`,
        `http://127.0.0.1:9/@runner${index}`,
        JSON.stringify(practiceInstance),
        member,
      ],
    )
}

const vocabulary =
  'easy long steady tempo hill track recovery interval marathon training week plan morning evening coach club shoes water trail city park race start finish medal charity volunteers route weather bridge river forest mountain spring autumn winter summer podcast interview recipe stretching sleep heart pace distance record result photo story question answer community members'.split(
    ' ',
  )

/** Lies outside the month unless it is one of its posts; drafts have no time. Most are long published. */
async function insertPosts(
  client: pg.Client,
  { orgId, member, from, to, inMonth }: { orgId: string; member: string; from: number; to: number; inMonth: number },
): Promise<void> {
  await client.query(
    `insert into posts (org_id, id, content, summary, created_at, created_by, updated_at, updated_by, due_wall, due_zone, due_at, state)
     select $1, gen_random_uuid(), jsonb_build_object('segments', jsonb_build_array(jsonb_build_object('text', text, 'media',
         case when n % 3 = 0 then jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'kind', 'image', 'type', 'image/jpeg', 'bytes', 180000,
           'width', 1600, 'height', 900, 'seconds', null, 'alt', 'Runners on a bridge at sunrise')) else '[]' end))),
       left(text, 140), changed, $2, changed, $2, due at time zone 'Europe/Berlin', case when due is not null then 'Europe/Berlin' end, due,
       case when due is null then 'draft' when n <= $5 then 'scheduled' when due > now() then 'scheduled'
         when n % 500 = 7 then 'rejected' when n % 200 = 11 then 'held' else 'published' end
     from (
       select n, timestamptz '2021-01-01' + (n * 83 % 1000003) * interval '150 seconds' as changed,
         case when n <= $5 then timestamptz '2031-03-01' + (n * 31.0 / ($5 + 1)) * interval '1 day'
           when n % 20 = 13 then null
           else timestamptz '2021-01-02' + (n * 83 % 1000003) * interval '150 seconds' end as due,
         (select string_agg(($6::text[])[1 + floor(random() * $7)::int], ' ') from generate_series(1, 14 + n % 5))
           || case when n % 1000 = 1 then ' ${words.rare}' else '' end || case when n % 2 = 0 then ' ${words.common}' else '' end || ' number ' || n as text
       from generate_series($3::int, $4::int) n) as made`,
    [orgId, member, from, to, inMonth, vocabulary, vocabulary.length],
  )
}

/** One for every post, a second one for every third; the last account has one post in ten thousand. */
async function insertVariants(client: pg.Client, orgId: string): Promise<void> {
  await client.query(
    `with numbered as (select id, row_number() over (order by id) - 1 as place, count(*) over () as total from accounts where org_id = $1)
     insert into variants (org_id, id, post_id, account_id, state, state_since, due_at, wake_at, published_at, remote_id, remote_url)
     select $1, gen_random_uuid(), p.id, a.id, p.state, p.updated_at, p.due_at, case when p.state = 'scheduled' then p.due_at end,
       case when p.state = 'published' then p.due_at + interval '2 seconds' end,
       case when p.state = 'published' then gen_random_uuid()::text end, case when p.state = 'published' then 'https://example.org/' || p.id end
     from (select *, row_number() over (order by id) as n from posts where org_id = $1) p
     cross join generate_series(0, 1) as which
     join numbered a on a.place = case when p.n % 10000 = 5 then a.total - 1 else (p.n + which * 7) % (a.total - 1) end
     where which = 0 or (p.n % 3 = 0 and p.n % 10000 <> 5)`,
    [orgId],
  )
}

/** What the verbs keep beside a post. */
async function keepForLists(client: pg.Client, orgId: string): Promise<void> {
  await client.query(
    `update posts p set picture_id = (content->'segments'->0->'media'->0->>'id')::uuid, account_ids = v.ids
     from (select post_id, array_agg(account_id order by id) as ids from variants where org_id = $1 group by post_id) v
     where p.org_id = $1 and p.id = v.post_id`,
    [orgId],
  )
  await client.query(
    `insert into post_words (org_id, word, post_id)
     select distinct org_id, word, id from posts, regexp_split_to_table(lower(summary), '[^a-z0-9]+') word where org_id = $1 and word <> ''`,
    [orgId],
  )
}
