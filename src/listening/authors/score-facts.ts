// What the scores of people who speak rest on, read from mentions: at most so many of them, of so many people, with so many ties.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Tie } from './graph.ts'

/** Of the last ninety days, or as far back as so many mentions reach. */
const days = 90
export const mostMentions = 1_000_000
/** Those who said most; everybody else is far from being outspoken. */
const mostPeople = 2_000
const leastMentions = 3
/** Shortest ways between all pairs take the product of people and ties. */
const mostTies = 1_500
/** Responses of one mention that are worth looking at. */
const mostOwn = 200

export interface Window {
  since: Date
  mentions: number
  /** People who said something on a topic, and those of them who said it often enough, with how often. */
  people: number
  often: string[]
}

/** null: nothing was heard. `without`: a network in which people are known by nothing but a first name. */
export async function readWindow(
  tx: Tx,
  orgId: string,
  { now, without }: { now: Date; without: string },
): Promise<Window | null> {
  const earliest = new Date(now.getTime() - days * 86_400_000)
  const reach = await sql<{ since: Date | null; mentions: number }>`
    select min(at) as since, count(*)::integer as mentions from (select at from mentions
      where org_id = ${orgId} and at > ${earliest} and at <= ${now} order by at desc limit ${mostMentions}) newest`.execute(
    tx,
  )
  const { since, mentions } = reach.rows[0]!
  if (since === null) return null
  const spoke = await sql<{ people: number; often: string[] | null }>`
    with spoke as (select author_id, count(*)::integer as times from mentions
      where org_id = ${orgId} and at >= ${since} and at <= ${now} and author_id is not null and initiator <> 'brand' and topics <> '{}' and network <> ${without}
      group by author_id)
    select (select count(*)::integer from spoke) as people,
      (select array_agg(author_id) from (select author_id from spoke where times >= ${leastMentions} order by times desc, author_id limit ${mostPeople}) o) as often`.execute(
    tx,
  )
  const whole = mentions < mostMentions
  return {
    since: whole ? earliest : since,
    mentions,
    people: spoke.rows[0]!.people,
    often: spoke.rows[0]!.often ?? [],
  }
}

export interface Spoken {
  id: string
  network: string
  handle: string | null
  name: string | null
  url: string | null
  followers: number | null
  lastAt: Date
  mentions: number
  positive: number
  neutral: number
  negative: number
  /** To each of their newest mentions; empty where the network tells no responses. */
  responses: number[]
}

interface SpokenRow extends Omit<Spoken, 'responses' | 'lastAt'> {
  last_at: Date
}

export async function readFacts(tx: Tx, orgId: string, { since, often }: Window): Promise<Spoken[]> {
  if (often.length === 0) return []
  const found = await sql<SpokenRow>`
    select author_id as id, (array_agg(network order by at desc))[1] as network, (array_agg(author_handle order by at desc))[1] as handle,
        (array_agg(author_name order by at desc))[1] as name, (array_agg(author_url order by at desc))[1] as url,
        (array_agg(author_followers order by at desc))[1] as followers, max(at) as last_at, count(*)::integer as mentions,
        count(*) filter (where sentiment = 1)::integer as positive, count(*) filter (where sentiment = 0)::integer as neutral,
        count(*) filter (where sentiment = -1)::integer as negative
      from mentions where author_id = any(${often}::uuid[]) and org_id = ${orgId} and at >= ${since} and initiator <> 'brand' and topics <> '{}'
      group by author_id`.execute(tx)
  const responses = await readResponses(tx, orgId, since, often)
  return found.rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at, responses: responses.get(row.id) ?? [] }))
}

/** What was said and what it answers, quotes or repeats; `own` are mentions of those who speak often. */
const answered = (orgId: string, since: Date, often: readonly string[]) => sql`
  own as materialized (select network, remote_id, author_id from (select network, remote_id, author_id,
      row_number() over (partition by author_id order by at desc) as place from mentions
      where author_id = any(${often}::uuid[]) and org_id = ${orgId} and at >= ${since}) newest where place <= ${mostOwn}),
  refs as materialized (select distinct m.id, m.network, m.author_id, r.ref from mentions m,
      unnest(array[m.reply_to, m.quote_of, m.repost_of]) r (ref)
      where m.org_id = ${orgId} and m.at >= ${since} and r.ref is not null)`

/** Answers, quotes and reposts that were heard. Of a network in which none was heard nothing is known, which is not zero. */
async function readResponses(
  tx: Tx,
  orgId: string,
  since: Date,
  often: readonly string[],
): Promise<Map<string, number[]>> {
  const found = await sql<{ author_id: string; responses: number[] }>`
    with ${answered(orgId, since, often)},
    told as (select distinct network from refs),
    heard as (select o.author_id, count(r.id)::integer as responses from own o join told using (network)
      left join refs r on r.network = o.network and r.ref = o.remote_id and r.author_id is distinct from o.author_id
      group by o.author_id, o.network, o.remote_id)
    select author_id, array_agg(responses) as responses from heard group by author_id`.execute(tx)
  return new Map(found.rows.map(({ author_id, responses }) => [author_id, responses]))
}

/** Who answers whom, the closest first. */
export async function readTies(
  tx: Tx,
  orgId: string,
  { since, often }: Window,
  spoken: readonly Spoken[],
): Promise<Tie[]> {
  if (spoken.length === 0) return []
  const found = await sql<Tie>`
    with ${answered(orgId, since, often)}
    select r.author_id as "from", o.author_id as "to", count(*)::integer as times from refs r join own o on o.network = r.network and o.remote_id = r.ref
      where r.author_id is not null and r.author_id <> o.author_id group by 1, 2 order by 3 desc, 1, 2 limit ${mostTies}`.execute(
    tx,
  )
  return found.rows
}
