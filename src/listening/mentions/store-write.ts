// Writes mentions with their counts, many in one statement each. What is there already is found out, not written twice.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { countedOf } from './counts.ts'
import { findHeads } from './find-heads.ts'
import { type HeldRow, heldColumns, heldOf } from './held.ts'
import { mentionId } from './identity.ts'
import type { NewMention, StoredMention } from './new-mention.ts'
import { addCounts } from './store-counts.ts'

/** Months that this process has made ready; making one ready twice does nothing. */
const prepared = new Set<string>()

/** At most this long after it was said something may come a second time under another time of its author. */
const seenAgainDays = 31

/**
 * Stores what is new and adds topics to what is not, each once. Must run as the system, in the transaction that also keeps the
 * cursor of the reader. Answers in the order of `mentions`, each once.
 */
export async function storeMentions(tx: Tx, mentions: readonly NewMention[]): Promise<StoredMention[]> {
  if (mentions.length === 0) return []
  const wanted = onceEach(mentions)
  await prepareMonths(tx, wanted)
  const known = await findKnown(tx, wanted)
  const fresh = wanted.filter(({ key }) => !known.has(key))
  const heads = await findHeads(tx, fresh)
  for (const each of fresh) each.doubleOf = heads.get(each.key) ?? null
  const inserted = await insert(tx, fresh)
  const lost = fresh.filter(({ key }) => !inserted.has(key))
  // Another writer was faster by a moment.
  const late = lost.length > 0 ? await findKnown(tx, lost) : new Map<string, Known>()
  const stored = wanted.flatMap(({ key, id, mention, at, doubleOf }): StoredMention[] => {
    if (inserted.has(key)) return [{ mention, id, at, newTopics: mention.topics, isNew: true, doubleOf }]
    const old = known.get(key) ?? late.get(key)
    if (!old) return []
    const newTopics = mention.topics.filter((topic) => !old.topics.includes(topic))
    return [{ mention, id, at: old.at, newTopics, isNew: false }]
  })
  await addTopics(tx, stored)
  await insertUnderTopics(tx, stored)
  await addCounts(
    tx,
    stored.map((each) => countedOf(each)),
  )
  return stored
}

interface Wanted {
  key: string
  id: string
  at: Date
  mention: NewMention
  /** The first that said it; null: nobody did before. */
  doubleOf: string | null
}

const keyOf = (orgId: string, id: string): string => `${orgId} ${id}`

function onceEach(mentions: readonly NewMention[]): Wanted[] {
  const wanted = new Map<string, Wanted>()
  for (const mention of mentions) {
    const id = mentionId(mention.network, mention.heard.id)
    const key = keyOf(mention.orgId, id)
    const at = new Date(Math.min(mention.heard.at.getTime(), mention.heardAt.getTime()))
    if (!wanted.has(key)) wanted.set(key, { key, id, at, mention, doubleOf: null })
  }
  // In one order always: two writers of the same must not wait for each other in a circle.
  return [...wanted.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

async function prepareMonths(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
  const months = new Map(wanted.map(({ at }) => [at.toISOString().slice(0, 7), at]))
  for (const [month, at] of months) {
    if (prepared.has(month)) continue
    const found = await sql<{ there: boolean }>`
      select exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'topic_mentions'::regclass
        and c.relname = ${`topic_mentions_${month.replace('-', '_')}`}) as there`.execute(tx)
    // Remembered when it was there before this transaction, which may still fail.
    if (found.rows[0]!.there) prepared.add(month)
    else await sql`select prepare_month(${at})`.execute(tx)
  }
}

interface Known {
  at: Date
  topics: number[]
}

async function findKnown(tx: Tx, wanted: readonly Wanted[]): Promise<Map<string, Known>> {
  if (wanted.length === 0) return new Map()
  const times = wanted.map(({ at }) => at.getTime())
  const from = new Date(times.reduce((a, b) => Math.min(a, b)) - seenAgainDays * 86_400_000)
  const found = await sql<Known & { org_id: string; id: string }>`
    select m.org_id, m.id, m.at, m.topics
      from unnest(${wanted.map(({ mention }) => mention.orgId)}::uuid[], ${wanted.map(({ id }) => id)}::uuid[]) w (org_id, id)
      join mentions m on m.org_id = w.org_id and m.id = w.id and m.at >= ${from}`.execute(tx)
  return new Map(found.rows.map(({ org_id, id, at, topics }) => [keyOf(org_id, id), { at, topics }]))
}

async function insert(tx: Tx, fresh: readonly Wanted[]): Promise<Set<string>> {
  if (fresh.length === 0) return new Set()
  const stored = await sql<{ org_id: string; id: string }>`
    insert into mentions (${columnNames}) select ${columnValues} from unnest(${columnArrays(fresh)}) u (${columnNames})
    on conflict do nothing returning org_id, id`.execute(tx)
  return new Set(stored.rows.map(({ org_id, id }) => keyOf(org_id, id)))
}

type Value = string | number | Date | null

/** Column, its type in `unnest` (arrays travel as text), and its value. */
const columns: [name: string, type: string, value: (wanted: Wanted) => Value][] = [
  ['org_id', 'uuid', ({ mention }) => mention.orgId],
  ['at', 'timestamptz', ({ at }) => at],
  ['id', 'uuid', ({ id }) => id],
  ['heard_at', 'timestamptz', ({ mention }) => mention.heardAt],
  ['source_id', 'uuid', ({ mention }) => mention.sourceId],
  ['network', 'text', ({ mention }) => mention.network],
  ['remote_id', 'text', ({ mention }) => mention.heard.id],
  ['kind', 'text', ({ mention }) => mention.heard.kind],
  ['title', 'text', ({ mention }) => mention.heard.title],
  ['body', 'text', ({ mention }) => mention.heard.text],
  ['url', 'text', ({ mention }) => mention.heard.url],
  ['author_id', 'uuid', ({ mention: { network, heard } }) => heard.author && mentionId(network, heard.author.id)],
  ['author_handle', 'text', ({ mention }) => mention.heard.author?.handle ?? null],
  ['author_name', 'text', ({ mention }) => mention.heard.author?.name ?? null],
  ['author_url', 'text', ({ mention }) => mention.heard.author?.url ?? null],
  ['author_followers', 'integer', ({ mention }) => mention.heard.author?.followers ?? null],
  ['language', 'text', ({ mention }) => mention.labels.language],
  ['media', 'text[]', ({ mention }) => arrayText(mention.heard.media)],
  ['links', 'text[]', ({ mention }) => arrayText(mention.heard.links)],
  ['reply_to', 'text', ({ mention }) => mention.heard.replyTo],
  ['root', 'text', ({ mention }) => mention.heard.root],
  ['quote_of', 'text', ({ mention }) => mention.heard.quoteOf],
  ['repost_of', 'text', ({ mention }) => mention.heard.repostOf],
  ['place', 'text', ({ mention }) => mention.heard.place],
  ['initiator', 'text', ({ mention }) => mention.initiator],
  ['sentiment', 'smallint', ({ mention }) => mention.labels.sentiment],
  ['sentiment_certainty', 'smallint', ({ mention }) => mention.labels.sentimentCertainty],
  ['emotion', 'text', ({ mention }) => mention.labels.emotion],
  ['intent', 'text', ({ mention }) => mention.labels.intent],
  ['offensive', 'smallint', ({ mention }) => mention.labels.offensive],
  ['crisis', 'smallint', ({ mention }) => mention.labels.crisis],
  ['topics', 'integer[]', ({ mention }) => `{${mention.topics.join(',')}}`],
  ['words', 'integer[]', ({ mention }) => `{${mention.words.join(',')}}`],
  ['expires_at', 'timestamptz', ({ mention }) => mention.expiresAt],
  ['double_of', 'uuid', ({ doubleOf }) => doubleOf],
]

const isArray = (type: string): boolean => type.endsWith('[]')
const columnNames = sql.raw(columns.map(([name]) => name).join(', '))
const columnValues = sql.raw(
  columns.map(([name, type]) => (isArray(type) ? `u.${name}::${type}` : `u.${name}`)).join(', '),
)

const columnArrays = (fresh: readonly Wanted[]) =>
  sql.join(columns.map(([, type, value]) => sql`${fresh.map(value)}::${sql.raw(isArray(type) ? 'text' : type)}[]`))

/** An array as PostgreSQL writes it; inside of `unnest` arrays of different lengths cannot travel otherwise. */
const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

/** Topics that were not there before; what it stands under by now, and how it is understood, the row says, which is held. */
async function addTopics(tx: Tx, stored: readonly StoredMention[]): Promise<void> {
  for (const each of stored) {
    if (each.isNew || each.newTopics.length === 0) continue
    const { mention, id, at } = each
    const found = await sql<HeldRow>`
      select ${heldColumns} from mentions m where m.org_id = ${mention.orgId} and m.at = ${at} and m.id = ${id} for update`.execute(
      tx,
    )
    const row = found.rows[0]
    each.newTopics = row ? each.newTopics.filter((topic) => !row.topics.includes(topic)) : []
    if (!row || each.newTopics.length === 0) continue
    const { initiator, labels } = heldOf(row)
    each.mention = { ...mention, initiator, labels }
    await sql`
      update mentions set topics = array(select distinct unnest(topics || ${each.newTopics}::integer[]) order by 1)
        where org_id = ${mention.orgId} and at = ${at} and id = ${id}`.execute(tx)
  }
}

export async function insertUnderTopics(tx: Tx, stored: readonly StoredMention[]): Promise<void> {
  const rows = stored.flatMap((each) => each.newTopics.map((topic) => ({ ...each, topic })))
  if (rows.length === 0) return
  await sql`
    insert into topic_mentions (org_id, topic, at, mention_id, network, language, sentiment, emotion, intent, kind, initiator, double_of)
    select * from unnest(${rows.map(({ mention }) => mention.orgId)}::uuid[], ${rows.map(({ topic }) => topic)}::integer[],
      ${rows.map(({ at }) => at)}::timestamptz[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ mention }) => mention.network)}::text[],
      ${rows.map(({ mention }) => mention.labels.language)}::text[], ${rows.map(({ mention }) => mention.labels.sentiment)}::smallint[],
      ${rows.map(({ mention }) => mention.labels.emotion)}::text[], ${rows.map(({ mention }) => mention.labels.intent)}::text[],
      ${rows.map(({ mention }) => mention.heard.kind)}::text[], ${rows.map(({ mention }) => mention.initiator)}::text[],
      ${rows.map(({ doubleOf }) => doubleOf ?? null)}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** Their authors or networks took them back. The counts stay: that so much was said is still true. */
export async function removeMentions(tx: Tx, ids: readonly string[]): Promise<void> {
  await removeUnderTopics(
    tx,
    await sql<Gone>`delete from mentions where id = any(${ids}::uuid[]) returning org_id, at, id, topics`.execute(tx),
  )
}

/** All that was heard of these authors, in every organisation. */
export async function removeAuthors(tx: Tx, authorIds: readonly string[]): Promise<void> {
  await removeUnderTopics(
    tx,
    await sql<Gone>`delete from mentions where author_id = any(${authorIds}::uuid[]) returning org_id, at, id, topics`.execute(
      tx,
    ),
  )
}

export interface Gone {
  org_id: string
  at: Date
  id: string
  topics: number[]
}

/** What somebody noted of a mention goes with it. */
async function removeCaptures(tx: Tx, rows: readonly Gone[]): Promise<void> {
  if (rows.length === 0) return
  await sql`delete from captures c using unnest(${rows.map((row) => row.org_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[]) g (org_id, mention_id)
    where c.org_id = g.org_id and c.mention_id = g.mention_id`.execute(tx)
}

/** `keepCaptures`: it stays, and only its topics change. */
export async function removeUnderTopics(
  tx: Tx,
  { rows }: { rows: Gone[] },
  { keepCaptures = false }: { keepCaptures?: boolean } = {},
): Promise<void> {
  if (!keepCaptures) await removeCaptures(tx, rows)
  const each = rows.flatMap((row) => row.topics.map((topic) => ({ ...row, topic })))
  if (each.length === 0) return
  await sql`
    delete from topic_mentions t using unnest(${each.map((row) => row.org_id)}::uuid[], ${each.map((row) => row.topic)}::integer[],
        ${each.map((row) => row.at)}::timestamptz[], ${each.map((row) => row.id)}::uuid[]) g (org_id, topic, at, mention_id)
      where t.org_id = g.org_id and t.topic = g.topic and t.at = g.at and t.mention_id = g.mention_id`.execute(tx)
}
