// Reads mentions: pages, counts of facets, single ones, and those of one announcement.

import { type RawBuilder, type Selectable, sql } from 'kysely'
import { containing } from '../../db/like.ts'
import type { Mentions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { doubleNear, firstNear } from './double-span.ts'
import { mentionAt } from './mention-at.ts'

export type MentionRow = Omit<Selectable<Mentions>, 'words'>

/** A filter with everything looked up: topics by number, search as hashes of words. */
export interface StoredFilter {
  topic?: number
  network?: string
  language?: string
  /** null: not judged. */
  sentiment?: number | null
  emotion?: string | null
  intent?: string | null
  kind?: string
  initiator?: string
  source?: string
  author?: string
  /** Without what only counts visits. */
  link?: string
  place?: string
  from?: Date
  to?: Date
  /** Hashes of words that must all occur, and of those of which none may. */
  words?: { all: number[]; none: number[] }
  /** Must occur as they stand, whatever their case. */
  phrases?: string[]
  /** Not asked for, but enough is found since then: older ones are not looked for. Only where words are sought. */
  reach?: Date
  /** Only those that say the same as this one. */
  like?: string
  /** Of what says the same only the first that fits. */
  fold?: boolean
}

export interface After {
  at: Date
  id: string
}

const columns = sql.raw(
  `m.org_id, m.at, m.id, m.heard_at, m.source_id, m.network, m.remote_id, m.kind, m.title, m.body, m.url, m.author_id, m.author_handle,
    m.author_name, m.author_url, m.author_followers, m.language, m.media, m.links, m.reply_to, m.root, m.quote_of, m.repost_of, m.place,
    m.initiator, m.sentiment, m.sentiment_certainty, m.emotion, m.intent, m.offensive, m.crisis, m.labelled_at, m.topics, m.expires_at, m.double_of`,
)

/** More are not counted. */
export const mostDoubles = 1_000

export type CountedRow = MentionRow & { doubles: number }

/** How many more say the same as `m`, up to a thousand. */
const doubles = (
  orgId: string,
) => sql`case when m.double_of is null then (select count(*)::integer from (select from mentions d
  where d.org_id = ${orgId} and d.double_of = m.id and ${doubleNear(sql`d.at`, sql`m.at`)} limit ${mostDoubles}) x) else 0 end as doubles`

/** Newest first, after a place in that order. */
export async function mentionPage(
  tx: Tx,
  orgId: string,
  filter: StoredFilter,
  { after, limit }: { after: After | null; limit: number },
): Promise<CountedRow[]> {
  const found = await sql<CountedRow>`
    select ${columns}, ${doubles(orgId)} from (select x.at, x.id from ${hits(orgId, filter, after)} x order by x.at desc, x.id desc limit ${limit}) f
      cross join ${mentionAt(orgId, sql`f.at`, sql`f.id`)} m order by f.at desc, f.id desc`.execute(tx)
  return found.rows
}

export const facetNames = ['network', 'language', 'sentiment', 'emotion', 'intent', 'kind', 'initiator'] as const
export type FacetName = (typeof facetNames)[number]

export interface FacetRow {
  facet: FacetName
  value: string | null
  count: number
}

/** How the newest `most` of a filter divide. Each facet sums up to what was counted. */
export async function facetCounts(tx: Tx, orgId: string, filter: StoredFilter, most: number): Promise<FacetRow[]> {
  const found = await sql<FacetRow>`
    with newest as materialized (select x.network, x.language, x.sentiment::text as sentiment, x.emotion, x.intent, x.kind, x.initiator
      from ${hits(orgId, filter, null)} x order by x.at desc limit ${most})
    ${sql.join(
      facetNames.map(
        (name) =>
          sql`select ${sql.lit(name)} as facet, ${sql.ref(name)} as value, count(*)::integer as count from newest group by 2`,
      ),
      sql` union all `,
    )} order by 1, 3 desc, 2`.execute(tx)
  return found.rows
}

/**
 * The rows of a filter, as a relation with the columns that order, page and divide. A topic alone is answered from its own table,
 * whose index has all of that.
 */
function hits(orgId: string, filter: StoredFilter, after: After | null): RawBuilder<unknown> {
  const { topic, words, phrases, source, author, link, place, like } = filter
  const asksMore = link !== undefined || place !== undefined
  const needsMention =
    words !== undefined ||
    (phrases?.length ?? 0) > 0 ||
    source !== undefined ||
    author !== undefined ||
    like !== undefined
  // Nothing lists what a topic says of a link or a place: its mentions are gone through, newest first.
  if (topic !== undefined && !needsMention && asksMore)
    return sql`(select t.at, t.mention_id as id, t.network, t.language, t.sentiment, t.emotion, t.intent, t.kind, t.initiator
      from topic_mentions t cross join ${mentionAt(orgId, sql`t.at`, sql`t.mention_id`)} m
      where t.org_id = ${orgId} and t.topic = ${topic} ${before('t', 'mention_id', after)} ${shared('t', filter)} ${pointing('m', filter)} ${folded('t', orgId, filter)})`
  if (topic !== undefined && !needsMention)
    return sql`(select t.at, t.mention_id as id, t.network, t.language, t.sentiment, t.emotion, t.intent, t.kind, t.initiator
      from topic_mentions t where t.org_id = ${orgId} and t.topic = ${topic} ${before('t', 'mention_id', after)} ${shared('t', filter)}
        ${folded('t', orgId, filter)})`
  // In order, so that no more of what was found is looked up than is wanted.
  const [rows, from] = isSearch(filter)
    ? [
        sql`(select * from ${foundMentions(filter, after)} order by at desc, id desc) f cross join ${mentionAt(orgId, sql`f.at`, sql`f.id`)} m`,
        'f',
      ]
    : [sql`mentions m`, 'm']
  return sql`(select ${sql.ref(`${from}.at`)}, ${sql.ref(`${from}.id`)}, m.network, m.language, m.sentiment, m.emotion, m.intent, m.kind, m.initiator
    from ${rows} where m.org_id = ${orgId} ${before('m', 'id', after)} ${shared('m', filter)} ${ofMention('m', filter)}
      ${folded('m', orgId, filter)})`
}

/** What holds the words of a search, by their index: of the organisation for which the transaction speaks. */
function foundMentions(filter: StoredFilter, after: After | null): RawBuilder<unknown> {
  const { words, topic = null, from = null, to = null, reach = null } = filter
  const wanted = facetNames.flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]]))
  return sql`found_mentions(${words!.all}, ${topic}, ${wanted.length > 0 ? JSON.stringify(Object.fromEntries(wanted)) : null},
    ${reach ?? from}, ${to}, ${after?.at ?? null})`
}

/** Whether words decide: such a filter is answered within a reach (`search-reach.ts`). What one author said is few. */
export const isSearch = ({ words, author }: StoredFilter): boolean =>
  author === undefined && (words?.all.length ?? 0) > 0

const before = (table: 't' | 'm', id: string, after: After | null): RawBuilder<unknown> =>
  after ? sql`and (${sql.ref(`${table}.at`)}, ${sql.ref(`${table}.${id}`)}) < (${after.at}, ${after.id})` : sql``

/** Whether a row `m` of mentions is a hit, but for the bounds in time. */
export const hitTest = (filter: StoredFilter): RawBuilder<unknown> => {
  const { from: _from, to: _to, ...rest } = filter
  return sql`true ${shared('m', rest)} ${ofMention('m', rest)}`
}

/** The bounds in time of rows `m` of mentions. */
export const walkBounds = ({ from, to }: StoredFilter, after: After | null): RawBuilder<unknown> =>
  sql`${before('m', 'id', after)} ${shared('m', { ...(from && { from }), ...(to && { to }) })}`

/** Conditions on columns that both tables have. */
function shared(table: 't' | 'm' | 'h', filter: StoredFilter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = []
  const column = (name: string) => sql.ref(`${table}.${name}`)
  for (const name of facetNames) {
    const value = filter[name]
    if (value === undefined) continue
    conditions.push(value === null ? sql`and ${column(name)} is null` : sql`and ${column(name)} = ${value}`)
  }
  if (filter.from) conditions.push(sql`and ${column('at')} >= ${filter.from}`)
  if (filter.to) conditions.push(sql`and ${column('at')} < ${filter.to}`)
  return sql.join(conditions, sql` `)
}

/** As `bareLink` of topics/language/noise/rules.ts reads links. */
function pointing(table: 'm' | 'h', { link, place }: StoredFilter): RawBuilder<unknown> {
  const bare = sql`regexp_replace(regexp_replace(regexp_replace(l, '#.*$', ''), '[?&](?:utm_\\w+|fbclid|gclid|ref)=[^&]*', '', 'g'), '/$', '')`
  const links = sql.ref(`${table}.links`)
  const there = link === undefined ? sql`` : sql`and exists (select from unnest(${links}) l where ${bare} = ${link})`
  return place === undefined ? there : sql`${there} and ${sql.ref(`${table}.place`)} = ${place}`
}

function ofMention(table: 'm' | 'h', filter: StoredFilter): RawBuilder<unknown> {
  const { topic, words, phrases = [], source, author, like } = filter
  const conditions: RawBuilder<unknown>[] = [pointing(table, filter)]
  const column = (name: string) => sql.ref(`${table}.${name}`)
  if (topic !== undefined) conditions.push(sql`and ${column('topics')} @> array[${topic}]::integer[]`)
  if (source) conditions.push(sql`and ${column('source_id')} = ${source}`)
  if (author) conditions.push(sql`and ${column('author_id')} = ${author}`)
  if (like) conditions.push(sql`and ${column('double_of')} = ${like}`)
  if (words && words.all.length > 0) conditions.push(sql`and ${column('words')} @> ${words.all}::integer[]`)
  if (words && words.none.length > 0) conditions.push(sql`and not ${column('words')} && ${words.none}::integer[]`)
  for (const phrase of phrases)
    conditions.push(sql`and concat_ws(' ', ${column('title')}, ${column('body')}) ilike ${containing(phrase)}`)
  return sql.join(conditions, sql` `)
}

/**
 * What says the same is left out where the first that said it is shown. Under a topic it always is; where something else narrows too, the
 * first is looked up, so that what only a repost says is still found.
 */
function folded(table: 't' | 'm', orgId: string, { fold, ...filter }: StoredFilter): RawBuilder<unknown> {
  if (!fold) return sql``
  const isFirst = sql`${sql.ref(`${table}.double_of`)} is null`
  if (Object.entries(filter).every(([name, value]) => name === 'topic' || value === undefined))
    return sql`and ${isFirst}`
  return sql`and (${isFirst} or not exists (select from mentions h
    where h.org_id = ${orgId} and h.id = ${sql.ref(`${table}.double_of`)} and ${firstNear(sql`h.at`, sql.ref(`${table}.at`))} ${shared('h', filter)} ${ofMention('h', filter)}))`
}

export async function findMention(tx: Tx, orgId: string, id: string): Promise<CountedRow | undefined> {
  const found =
    await sql<CountedRow>`select ${columns}, ${doubles(orgId)} from mentions m where m.id = ${id} and m.org_id = ${orgId} order by m.at limit 1`.execute(
      tx,
    )
  return found.rows[0]
}

/** Of several ids those that are there, in one statement. */
export async function findMentions(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, MentionRow>> {
  if (ids.length === 0) return new Map()
  const found = await sql<MentionRow>`
    select distinct on (m.id) ${columns} from mentions m where m.id = any(${ids}::uuid[]) and m.org_id = ${orgId} order by m.id, m.at`.execute(
    tx,
  )
  return new Map(found.rows.map((row) => [row.id, row]))
}

/** What one announcement told of, newest first. */
export async function announcedMentions(
  tx: Tx,
  orgId: string,
  { heardAt, from, to }: { heardAt: Date; from: Date; to: Date },
  limit: number,
): Promise<MentionRow[]> {
  const found = await sql<MentionRow>`
    select ${columns} from mentions m where m.org_id = ${orgId} and m.at >= ${from} and m.at <= ${to} and m.heard_at = ${heardAt}
      order by m.at desc, m.id desc limit ${limit}`.execute(tx)
  return found.rows
}
