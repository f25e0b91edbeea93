// A page of the conversations in which words occur: rare words are found by their index, common ones among the newest of the list.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { containing } from '../../db/like.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import { type Reach, reachOf } from '../../listening/mentions/search-reach.ts'
import { readSearch, type Search } from '../../listening/mentions/words.ts'
import {
  behind,
  type ConversationQuery,
  conditionsOf,
  conversationRows,
  pageOf,
  placedAt,
  type ShownConversation,
  servedByIndex,
  sortedBy,
} from '../conversations/store.ts'
import { dayOf } from './keep-words.ts'

/** What the index has less of is rare: all of it is looked at. */
const rare = 1_000
/** Where words are common, so many of the list are looked at one by one, which also tells how common they are. */
const walked = 1_000

/** So many of a list are looked at for one page of what only excludes: whoever waits sees what there is so far. */
const lotsOfPage = 20

type Finding = ConversationQuery & { typed: string }
type Place = [at: string, id: string]

export interface FoundPage {
  rows: ShownConversation[]
  /** As far as the list was looked at, where there is more of it behind; null: all of it, or the page is full. */
  reached: Place | null
}

/** A page of a list, of those alone in which the words of `typed` occur. */
export async function findPage(tx: Tx, orgId: string, query: Finding): Promise<FoundPage> {
  const search = readSearch(orgId, query.typed)
  if (isEmpty(search)) return { rows: await conversationRows(tx, orgId, query), reached: null }
  const { ids, reached } = await foundIds(tx, orgId, query, { search, lots: lotsOfPage })
  // All that was asked of them is true: for whatever is sought, these are looked up by one statement.
  const { order, memberId, limit } = query
  const these = { ...{ ids, order, memberId, limit }, state: 'all', holder: 'anybody', after: null } as const
  return { rows: ids.length === 0 ? [] : await conversationRows(tx, orgId, these), reached }
}

/** The same as ids alone, for whatever is done to all of a list. */
export async function findIds(tx: Tx, orgId: string, query: Finding): Promise<string[]> {
  const search = readSearch(orgId, query.typed)
  if (!isEmpty(search)) return (await foundIds(tx, orgId, query, { search, lots: null })).ids
  const found = await sql<{
    id: string
  }>`select id from (${pageOf(orgId, query)}) c order by ${sortedBy(query.order)}`.execute(tx)
  return found.rows.map(({ id }) => id)
}

const isEmpty = ({ words, without }: Search): boolean => words.all.length + words.none.length + without.length === 0

interface Found {
  ids: string[]
  reached: Place | null
}

async function foundIds(
  tx: Tx,
  orgId: string,
  query: ConversationQuery,
  { search, lots }: { search: Search; lots: number | null },
): Promise<Found> {
  // What only excludes is in nearly all of them: no index finds it.
  if (search.words.all.length === 0) return walkOn(tx, orgId, query, { search, lots })
  return { ids: await soughtIds(tx, orgId, query, search), reached: null }
}

async function soughtIds(tx: Tx, orgId: string, query: ConversationQuery, search: Search): Promise<string[]> {
  const { limit, order } = query
  const few = await askIndex(tx, orgId, query, { search, reach: null, most: rare })
  if (few.hits < rare) return few.ids
  const walk = await walkList(tx, orgId, query, search)
  if (walk.seen < walked || walk.ids.length >= limit) return walk.ids
  const reach = order === 'newest' ? reachOf(walk, { limit, most: walked }) : null
  if (reach) {
    const some = await askIndex(tx, orgId, query, { search, reach, most: null })
    if (some.ids.length >= limit) return some.ids
  }
  return (await askIndex(tx, orgId, query, { search, reach: null, most: null })).ids
}

/** Lot by lot, until there are enough, the list ends, or so many lots were looked at. null: however many. */
async function walkOn(
  tx: Tx,
  orgId: string,
  query: ConversationQuery,
  { search, lots }: { search: Search; lots: number | null },
): Promise<Found> {
  const ids: string[] = []
  let { after } = query
  for (let lot = 0; lots === null || lot < lots; lot++) {
    const walk = await walkList(tx, orgId, { ...query, after, limit: query.limit - ids.length }, search)
    ids.push(...walk.ids)
    if (walk.seen < walked || ids.length >= query.limit) return { ids, reached: null }
    after = [walk.lastAt!.toISOString(), walk.lastId!]
  }
  return { ids, reached: after }
}

interface Walk {
  seen: number
  hits: number
  newest: Date | null
  oldest: Date | null
  /** The place in the list of the last that was looked at. */
  lastAt: Date | null
  lastId: string | null
  ids: string[]
}

async function walkList(tx: Tx, orgId: string, query: ConversationQuery, search: Search): Promise<Walk> {
  const { order, limit } = query
  const conditions = sql.join([...conditionsOf(orgId, servedByIndex(query)), ...behind(query)], sql` and `)
  const fits = sql.join(conditionsOf(orgId, query), sql` and `)
  const found = await sql<Omit<Walk, 'ids'> & { ids: string[] | null }>`
    with walked as materialized (select c.id, c.last_at, ${placedAt(order)} as at, row_number() over (order by ${sortedBy(order)}) as place, (${fits}) as fits
        from conversations c where ${conditions} order by ${sortedBy(order)} limit ${walked}),
      judged as (select c.id, c.last_at, c.at, c.place, c.fits and ${isHit(orgId, search)} as hit from walked c)
    select count(*)::integer as seen, (count(*) filter (where hit))::integer as hits, max(last_at) as newest, min(last_at) as oldest,
      (array_agg(at order by place desc))[1] as "lastAt", (array_agg(id order by place desc))[1] as "lastId",
      (array_agg(id order by place) filter (where hit))[1:${limit}] as ids from judged`.execute(tx)
  const row = found.rows[0]!
  return { ...row, ids: row.ids ?? [] }
}

/** Whether `c` has the words. Phrases are looked for where the words are. */
const isHit = (orgId: string, { words, ...search }: Search): RawBuilder<SqlBool> => sql<SqlBool>`
  case when exists (select from conversation_words w where w.org_id = ${orgId} and w.conversation_id = c.id
      and w.words @> ${words.all}::integer[] and not w.words && ${words.none}::integer[])
    then ${hasPhrases(orgId, search)} else false end`

/** Each phrase in one message or another, or in the subject; and none of those that must not occur. */
const hasPhrases = (orgId: string, { phrases, without }: Pick<Search, 'phrases' | 'without'>): RawBuilder<SqlBool> =>
  sql.join(
    [
      sql<SqlBool>`true`,
      ...phrases.map((phrase) => isSaid(orgId, phrase)),
      ...without.map((phrase) => sql<SqlBool>`not ${isSaid(orgId, phrase)}`),
    ],
    sql` and `,
  )

const isSaid = (orgId: string, phrase: string): RawBuilder<SqlBool> => sql<SqlBool>`
  exists (select from messages m where m.org_id = ${orgId} and m.conversation_id = c.id
    and concat_ws(' ', m.subject, m.body) ilike ${containing(phrase)})`

interface Asking {
  search: Search
  reach: Reach | null
  /** Of all that have the words, whoever may see them; null: all. */
  most: number | null
}

/** `hits`: how many have the words, before anything else is asked of them. */
async function askIndex(
  tx: Tx,
  orgId: string,
  query: ConversationQuery,
  { search: { words, ...search }, reach, most }: Asking,
): Promise<{ hits: number; ids: string[] }> {
  const conditions = sql.join([...conditionsOf(orgId, query), ...behind(query)], sql` and `)
  // Few are looked up one by one: the database would rather read all conversations than a thousand of them.
  const one = sql`(select * from conversations o where o.org_id = ${orgId} and o.id = hits.id ${most === null ? sql`` : sql`offset 0`})`
  const found = await sql<{ hits: number; ids: string[] }>`
    with hits as materialized (select conversation_id as id
        from found_conversations(${words.all}::integer[], ${words.none}::integer[], ${reach && daysOf(reach)}::integer[], ${most}::integer)),
      found as materialized (select c.id, c.last_at, c.waiting_since, c.due_at from hits cross join lateral ${one} c
        where ${conditions} ${reach ? sql`and c.last_at >= ${reach.since}` : sql``} order by ${sortedBy(query.order)})
    select (select count(*)::integer from hits) as hits,
      array(select c.id from found c where ${hasPhrases(orgId, search)} limit ${query.limit}) as ids ${isUsual(query, search) && most !== null ? keepPlan : sql``}`.execute(
    tx,
  )
  return found.rows[0]!
}

/** As most people search: words among all of a list. There are so many others that their plans would be made for a single use. */
const isUsual = (
  { holder, after, ...query }: ConversationQuery,
  { phrases, without }: Omit<Search, 'words'>,
): boolean => holder === 'anybody' && after === null && phrases.length + without.length === 0 && isUnfiltered(query)

const isUnfiltered = ({
  departmentId,
  accountId,
  contactId,
  sentiment,
  intent,
  priority,
  tag,
  due,
}: Partial<ConversationQuery>): boolean =>
  [departmentId, accountId, contactId, sentiment, intent, priority, tag, due].every((each) => each === undefined)

function daysOf({ newest, since }: Reach): number[] {
  const [first, last] = [dayOf(since), dayOf(newest)]
  return Array.from({ length: Math.min(4_000, last - first + 1) }, (_, index) => first + index)
}
