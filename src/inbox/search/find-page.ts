// A page of the conversations in which words occur: rare words are found by their index, common ones among the newest of the list.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { containing } from '../../db/like.ts'
import type { Tx } from '../../db/tx.ts'
import { type Reach, reachOf } from '../../listening/mentions/search-reach.ts'
import { readSearch, type Search } from '../../listening/mentions/words.ts'
import {
  behind,
  type ConversationQuery,
  conditionsOf,
  conversationRows,
  type ShownConversation,
  sortedBy,
} from '../conversations/store.ts'
import { dayOf } from './keep-words.ts'

/** What the index has less of is rare: all of it is looked at. */
const rare = 1_000
/** Where words are common, so many of the list are looked at one by one, which also tells how common they are. */
const walked = 1_000

/** A page of a list, of those alone in which the words of `typed` occur. */
export async function findPage(tx: Tx, orgId: string, query: Finding): Promise<ShownConversation[]> {
  const search = readSearch(orgId, query.typed)
  if (search.words.all.length + search.words.none.length === 0) return conversationRows(tx, orgId, query)
  const ids = await foundIds(tx, orgId, query, search)
  return ids.length === 0 ? [] : conversationRows(tx, orgId, { ...query, ids })
}

type Finding = ConversationQuery & { typed: string }

/** The same as ids alone, for whatever is done to all of a list. */
export async function findIds(tx: Tx, orgId: string, query: Finding): Promise<string[]> {
  const search = readSearch(orgId, query.typed)
  if (search.words.all.length + search.words.none.length > 0) return foundIds(tx, orgId, query, search)
  const conditions = sql.join([...conditionsOf(orgId, query), ...behind(query)], sql` and `)
  const found = await sql<{ id: string }>`
    select c.id from conversations c where ${conditions} order by ${sortedBy(query.order)} limit ${query.limit}`.execute(
    tx,
  )
  return found.rows.map(({ id }) => id)
}

async function foundIds(tx: Tx, orgId: string, query: ConversationQuery, search: Search): Promise<string[]> {
  const { limit, order } = query
  // What only excludes is in nearly all of them.
  const isSought = search.words.all.length > 0
  const few = isSought ? await askIndex(tx, orgId, query, { search, reach: null, most: rare }) : null
  if (few && few.hits < rare) return few.ids
  const walk = await walkList(tx, orgId, query, search)
  if (walk.seen < walked || walk.ids.length >= limit || !isSought) return walk.ids
  const reach = order === 'newest' ? reachOf(walk, { limit, most: walked }) : null
  if (reach) {
    const some = await askIndex(tx, orgId, query, { search, reach, most: null })
    if (some.ids.length >= limit) return some.ids
  }
  return (await askIndex(tx, orgId, query, { search, reach: null, most: null })).ids
}

interface Walk {
  seen: number
  hits: number
  newest: Date | null
  oldest: Date | null
  ids: string[]
}

/** What an index of lists serves: anything else is asked of each that is walked past, so that the walk has an end. */
const listed = ({ state, holder, memberId, departmentId, accountId, contactId, order, now }: ConversationQuery) => ({
  ...{ state, holder, memberId, departmentId, accountId, contactId, order, now: now ?? new Date(0) },
})

async function walkList(tx: Tx, orgId: string, query: ConversationQuery, search: Search): Promise<Walk> {
  const conditions = sql.join([...conditionsOf(orgId, listed(query)), ...behind(query)], sql` and `)
  const fits = sql.join(conditionsOf(orgId, query), sql` and `)
  const found = await sql<Omit<Walk, 'ids'> & { ids: string[] | null }>`
    with walked as materialized (select c.id, c.last_at, row_number() over (order by ${sortedBy(query.order)}) as place, (${fits}) as fits
        from conversations c where ${conditions} order by ${sortedBy(query.order)} limit ${walked}),
      judged as (select c.id, c.last_at, c.place, c.fits and ${isHit(orgId, search)} as hit from walked c)
    select count(*)::integer as seen, (count(*) filter (where hit))::integer as hits, max(last_at) as newest, min(last_at) as oldest,
      (array_agg(id order by place) filter (where hit))[1:${query.limit}] as ids from judged`.execute(tx)
  const row = found.rows[0]!
  return { ...row, ids: row.ids ?? [] }
}

/** Whether `c` has the words. Phrases are looked for where the words are. */
const isHit = (orgId: string, { words, phrases }: Search): RawBuilder<SqlBool> => sql<SqlBool>`
  case when exists (select from conversation_words w where w.org_id = ${orgId} and w.conversation_id = c.id
      and w.words @> ${words.all}::integer[] and not w.words && ${words.none}::integer[])
    then ${hasPhrases(orgId, phrases)} else false end`

/** Each phrase in one message or another, or in the subject. */
const hasPhrases = (orgId: string, phrases: readonly string[]): RawBuilder<SqlBool> =>
  phrases.length === 0
    ? sql<SqlBool>`true`
    : sql.join(
        phrases.map(
          (phrase) => sql<SqlBool>`exists (select from messages m where m.org_id = ${orgId} and m.conversation_id = c.id
            and concat_ws(' ', m.subject, m.body) ilike ${containing(phrase)})`,
        ),
        sql` and `,
      )

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
  { search: { words, phrases }, reach, most }: Asking,
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
      array(select c.id from found c where ${hasPhrases(orgId, phrases)} limit ${query.limit}) as ids`.execute(tx)
  return found.rows[0]!
}

function daysOf({ newest, since }: Reach): number[] {
  const [first, last] = [dayOf(since), dayOf(newest)]
  return Array.from({ length: Math.min(4_000, last - first + 1) }, (_, index) => first + index)
}
