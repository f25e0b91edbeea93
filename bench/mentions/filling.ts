// A year of listening by SQL: millions of mentions under forty topics, with their words, and the counts as they are kept.

import type pg from 'pg'
import { newId } from '../../src/lib/ids.ts'
import { readSearch } from '../../src/listening/mentions/words.ts'

export interface Filling {
  orgId: string
  mentions: number
}

export const topicCount = 40
/** In one of twenty mentions, in one of ten thousand, in none. */
export const words = { common: 'kilometres', rare: 'zephyr', absent: 'quagmire' }

const days = 365
const lot = 250_000

/** `client` speaks for the owner of the schema. Answers the ids of the topics, the one with most mentions first. */
export async function fill(client: pg.Client, { orgId, mentions }: Filling): Promise<string[]> {
  await client.query("select set_config('longrun.scope', 'system', false), setseed(0.42)")
  const member = (await client.query<{ id: string }>('select id from members where org_id = $1', [orgId])).rows[0]!.id
  const topics = await insertTopics(client, orgId, member)
  for (let month = 0; month <= 12; month++)
    await client.query('select prepare_month(now() - make_interval(months => $1))', [month])
  // What a bulk load would do: indexes that a lot of rows would have to keep up are built afterwards, as they were.
  const indexes = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes where schemaname = 'public' and tablename = 'mentions' and indexname like 'mentions_by%'`,
  )
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`)
  for (let start = 0; start < mentions; start += lot)
    await insertMentions(client, orgId, { from: start, to: Math.min(mentions, start + lot), all: mentions })
  await client.query("set maintenance_work_mem = '1GB'")
  for (const { made } of indexes.rows) await client.query(made.replace(' ON ONLY ', ' ON '))
  await insertUnderTopics(client, orgId)
  await insertCounts(client, orgId)
  for (const table of ['mentions', 'topic_mentions', 'topic_minutes', 'topic_hours', 'topic_days'])
    await client.query(`vacuum (analyze) ${table}`)
  return topics
}

async function insertTopics(client: pg.Client, orgId: string, member: string): Promise<string[]> {
  const ids: string[] = []
  for (let number = 1; number <= topicCount; number++) {
    const id = newId()
    ids.push(id)
    await client.query(
      `insert into topics (org_id, id, number, name, kind, version, query, created_at, created_by)
         values ($1, $2, $3, $4, 'brand', 1, 'kettle', now(), $5)`,
      [orgId, id, number, `Topic ${number}`, member],
    )
  }
  return ids
}

/** Topics follow Zipf's law, so that the first has a quarter of all; so do words. */
async function insertMentions(
  client: pg.Client,
  orgId: string,
  { from, to, all }: { from: number; to: number; all: number },
): Promise<void> {
  const common = readSearch(orgId, words.common).words.all[0]!
  const rare = readSearch(orgId, words.rare).words.all[0]!
  const word = '(exp(random() * 11) * 7919)::integer'
  const many = Array.from({ length: 16 }, () => word).join(', ')
  await client.query(
    `insert into mentions (org_id, at, id, heard_at, source_id, network, remote_id, kind, body, url, author_id, author_handle, author_followers,
        language, initiator, sentiment, sentiment_certainty, emotion, intent, offensive, crisis, topics, words, expires_at)
      select $1, at, gen_random_uuid(), at, '00000000-0000-4000-8000-000000000000', (array['bluesky', 'mastodon', 'feed'])[1 + floor(random() * random() * 2.99)::integer],
        'remote ' || i, (array['post', 'reply', 'quote', 'article'])[1 + floor(random() * random() * 3.99)::integer],
        'Nobody told me that the lid of number ' || i || ' would not close, and now the kitchen is full of steam and I am late.', 'https://example.org/' || i,
        overlay(overlay(md5((i % 400000)::text) placing '8' from 13) placing '8' from 17)::uuid, 'somebody' || (i % 400000), (exp(random() * 12))::integer,
        (array['en', 'en', 'en', 'de', 'es', 'fr', 'ja', 'und'])[1 + floor(random() * 7.99)::integer], 'customer', floor(random() * 2.999)::integer - 1, 50 + (random() * 50)::integer,
        (array['joy', 'anger', 'sadness', null])[1 + floor(random() * 3.99)::integer], (array['question', 'complaint', 'praise', null])[1 + floor(random() * 3.99)::integer], 2, 1,
        array[least(${topicCount}, floor(exp(random() * ln(${topicCount + 1})))::integer)],
        array[${many}] || case when i % 20 = 0 then array[${common}] else '{}' end || case when i % 10000 = 0 then array[${rare}] else '{}' end,
        now() + interval '2 years'
      from (select i, now() - make_interval(secs => (1 - i / $4::double precision) * ${days * 86_400}) as at from generate_series($2::integer, $3::integer - 1) i) g`,
    [orgId, from, to, all],
  )
}

async function insertUnderTopics(client: pg.Client, orgId: string): Promise<void> {
  await client.query(
    `insert into topic_mentions (org_id, topic, at, mention_id, network, language, sentiment, emotion, intent, kind, initiator)
      select org_id, topics[1], at, id, network, language, sentiment, emotion, intent, kind, initiator from mentions where org_id = $1 order by topics[1], at`,
    [orgId],
  )
}

async function insertCounts(client: pg.Client, orgId: string): Promise<void> {
  for (const [unit, since] of [
    ['minute', '2 days'],
    ['hour', '400 days'],
  ])
    await client.query(
      `insert into topic_${unit}s (org_id, topic, network, at, total, negative, positive, judged)
        select org_id, topic, network, date_trunc('${unit}', at, 'UTC'), count(*), count(*) filter (where sentiment < 0), count(*) filter (where sentiment > 0), count(sentiment)
          from topic_mentions where org_id = $1 and at > now() - interval '${since}' group by 1, 2, 3, 4`,
      [orgId],
    )
  await client.query('select recount_days(id, time_zone) from organisations where id = $1', [orgId])
}
