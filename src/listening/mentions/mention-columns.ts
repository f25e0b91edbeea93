// How what is stored of a mention becomes rows: thousands in one statement, each column one array of bytes.

import { type RawBuilder, sql } from 'kysely'
import { instants, integers, smallints, texts, uuids } from '../../db/arrays.ts'
import { mentionId } from './identity.ts'
import type { NewMention, StoredMention } from './new-mention.ts'

/** What is about to be stored. */
export interface Wanted {
  key: string
  id: string
  at: Date
  mention: NewMention
  /** The first that said it; null: nobody did before. */
  doubleOf: string | null
}

interface Column {
  name: string
  /** What the server makes of it; null: it comes as it is. */
  type: string | null
  of(rows: readonly Wanted[]): RawBuilder<unknown>
}

const columnsOf =
  <Value>(made: (values: Value[]) => RawBuilder<unknown>, type: string | null = null) =>
  (...named: [name: string, value: (wanted: Wanted) => Value][]): Column[] =>
    named.map(([name, value]) => ({ name, type, of: (rows) => made(rows.map(value)) }))

const columns: Column[] = [
  ...columnsOf(uuids)(
    ['org_id', ({ mention }) => mention.orgId],
    ['id', ({ id }) => id],
    ['source_id', ({ mention }) => mention.sourceId],
    ['author_id', ({ mention: { network, heard } }) => heard.author && mentionId(network, heard.author.id)],
    ['double_of', ({ doubleOf }) => doubleOf],
  ),
  ...columnsOf(instants)(
    ['at', ({ at }) => at],
    ['heard_at', ({ mention }) => mention.heardAt],
    ['expires_at', ({ mention }) => mention.expiresAt],
  ),
  ...columnsOf(texts)(
    ['network', ({ mention }) => mention.network],
    ['remote_id', ({ mention }) => mention.heard.id],
    ['kind', ({ mention }) => mention.heard.kind],
    ['title', ({ mention }) => mention.heard.title],
    ['body', ({ mention }) => mention.heard.text],
    ['url', ({ mention }) => mention.heard.url],
    ['author_handle', ({ mention }) => mention.heard.author?.handle ?? null],
    ['author_name', ({ mention }) => mention.heard.author?.name ?? null],
    ['author_url', ({ mention }) => mention.heard.author?.url ?? null],
    ['language', ({ mention }) => mention.labels.language],
    ['reply_to', ({ mention }) => mention.heard.replyTo],
    ['root', ({ mention }) => mention.heard.root],
    ['quote_of', ({ mention }) => mention.heard.quoteOf],
    ['repost_of', ({ mention }) => mention.heard.repostOf],
    ['place', ({ mention }) => mention.heard.place],
    ['initiator', ({ mention }) => mention.initiator],
    ['emotion', ({ mention }) => mention.labels.emotion],
    ['intent', ({ mention }) => mention.labels.intent],
  ),
  ...columnsOf(integers)(['author_followers', ({ mention }) => mention.heard.author?.followers ?? null]),
  ...columnsOf(smallints)(
    ['sentiment', ({ mention }) => mention.labels.sentiment],
    ['sentiment_certainty', ({ mention }) => mention.labels.sentimentCertainty],
    ['offensive', ({ mention }) => mention.labels.offensive],
    ['crisis', ({ mention }) => mention.labels.crisis],
  ),
  // Arrays of different lengths cannot stand in one array; they travel as PostgreSQL writes them.
  ...columnsOf(texts, 'text[]')(
    ['media', ({ mention }) => quotedArray(mention.heard.media)],
    ['links', ({ mention }) => quotedArray(mention.heard.links)],
  ),
  ...columnsOf(texts, 'integer[]')(
    ['topics', ({ mention }) => `{${mention.topics.join(',')}}`],
    ['words', ({ mention }) => `{${mention.words.join(',')}}`],
  ),
]

const quotedArray = (values: readonly string[]): string =>
  values.length === 0 ? '{}' : `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

const names = sql.raw(columns.map(({ name }) => name).join(', '))
const values = sql.raw(columns.map(({ name, type }) => `u.${name}${type ? `::${type}` : ''}`).join(', '))

/** Fails where one of them is there. */
export const insertMentions = (fresh: readonly Wanted[]): RawBuilder<unknown> => sql`
  insert into mentions (${names}) select ${values} from (select ${sql.join(columns.map(({ name, of }) => sql`unnest(${of(fresh)}) as ${sql.ref(name)}`))}) u`

/** Answers those that were not there. */
export const insertMissing = (fresh: readonly Wanted[]): RawBuilder<{ org_id: string; id: string }> =>
  sql`${insertMentions(fresh)} on conflict do nothing returning org_id, id`

/** Under each of their new topics; nothing where there is none. */
export function insertUnderTopics(stored: readonly StoredMention[]): RawBuilder<unknown>[] {
  const rows = stored.flatMap((each) => each.newTopics.map((topic) => ({ ...each, topic })))
  if (rows.length === 0) return []
  const labels = rows.map(({ mention }) => mention.labels)
  const statement = sql`
    insert into topic_mentions (org_id, topic, at, mention_id, network, language, sentiment, emotion, intent, kind, initiator, double_of)
    select unnest(${uuids(rows.map(({ mention }) => mention.orgId))}), unnest(${integers(rows.map(({ topic }) => topic))}),
      unnest(${instants(rows.map(({ at }) => at))}), unnest(${uuids(rows.map(({ id }) => id))}), unnest(${texts(rows.map(({ mention }) => mention.network))}),
      unnest(${texts(labels.map(({ language }) => language))}), unnest(${smallints(labels.map(({ sentiment }) => sentiment))}),
      unnest(${texts(labels.map(({ emotion }) => emotion))}), unnest(${texts(labels.map(({ intent }) => intent))}),
      unnest(${texts(rows.map(({ mention }) => mention.heard.kind))}), unnest(${texts(rows.map(({ mention }) => mention.initiator))}),
      unnest(${uuids(rows.map(({ doubleOf }) => doubleOf ?? null))})
    on conflict do nothing`
  return [statement]
}
