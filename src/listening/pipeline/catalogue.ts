// What every post is held against, in memory: topics of all organisations in one index, and whom each reader serves.

import { sql } from 'kysely'
import type { Json } from '../../connectors/contract.ts'
import { asSystem, type Db, type Tx } from '../../db/tx.ts'
import type { Lessons } from '../labels/lessons.ts'
import type { Family } from '../labels/types.ts'
import type { RetentionRules } from '../retention/rules.ts'
import type { Adjustment } from '../text/corrections.ts'
import { makeTopicIndex, type TopicIndex } from '../topics/language/index/topic-index.ts'
import { readQuery } from '../topics/language/rules.ts'

export interface ServedSource {
  orgId: string
  sourceId: string
  keepsAll: boolean
}

export interface ServedReader {
  /** One source of each organisation. */
  byOrg: ReadonlyMap<string, ServedSource>
  /** By which queries may call it. */
  names: readonly string[]
}

export interface TopicKey {
  orgId: string
  number: number
}

export interface Catalogue {
  index: TopicIndex
  /** By the ids in the index. */
  topics: ReadonlyMap<string, TopicKey>
  readers: ReadonlyMap<string, ServedReader>
  /** Ids of each organisation's own accounts on a network, by `network organisation`. */
  ownAuthors: ReadonlyMap<string, ReadonlySet<string>>
  /** For how many days organisations keep what they hear, where they decided it. */
  kept?: RetentionRules
  /** What people taught, by organisation; where they turned it off, nothing. */
  lessons: ReadonlyMap<string, Lessons>
}

interface Held extends Catalogue {
  topics: Map<string, TopicKey & { query: string }>
  revision: number
}

export interface KeptCatalogue {
  readonly current: Catalogue
  /** Takes over what changed since the last call; cheap when nothing did. */
  refresh(): Promise<void>
}

export function keepCatalogue(db: Db): KeptCatalogue {
  const held: Held = {
    index: makeTopicIndex(),
    topics: new Map(),
    readers: new Map(),
    ownAuthors: new Map(),
    lessons: new Map(),
    revision: -1,
  }
  return {
    current: held,
    refresh: () =>
      asSystem(db, async (tx) => {
        // Read first: what changes while the rest is read is read again next time.
        const revision = await readRevision(tx)
        if (revision === held.revision) return
        takeTopics(held, await readTopics(tx))
        held.readers = await readReaders(tx)
        held.ownAuthors = await readOwnAuthors(tx)
        held.kept = await readRetentionRules(tx)
        held.lessons = await readUsedLessons(tx)
        held.revision = revision
      }),
  }
}

async function readRevision(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('listening_changes').select('revision').executeTakeFirst()
  return row?.revision ?? 0
}

const readTopics = (tx: Tx) =>
  tx
    .selectFrom('topics')
    .select(['org_id', 'id', 'number', 'query'])
    .where('paused_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute()

/** Only what changed is compiled again. */
function takeTopics({ index, topics }: Held, rows: Awaited<ReturnType<typeof readTopics>>): void {
  const live = new Set(rows.map(({ id }) => id))
  for (const id of topics.keys()) {
    if (live.has(id)) continue
    index.remove(id)
    topics.delete(id)
  }
  for (const { org_id, id, number, query } of rows) {
    if (topics.get(id)?.query === query) continue
    const reading = readQuery(query)
    // What an older version took and this one does not is left out rather than ending everybody's listening.
    if (!reading.ok) continue
    index.put(id, reading.query)
    topics.set(id, { orgId: org_id, number, query })
  }
}

async function readReaders(tx: Tx): Promise<Map<string, ServedReader>> {
  const rows = await tx
    .selectFrom('sources')
    .select(['org_id', 'id', 'name', 'connector', 'kind', 'settings', 'reader_id', 'account_id', 'keeps_all'])
    .where('reader_id', 'is not', null)
    .where('paused_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute()
  const readers = new Map<string, { byOrg: Map<string, ServedSource>; names: string[] }>()
  for (const row of rows) {
    const reader = readers.get(row.reader_id!) ?? {
      byOrg: new Map(),
      names: [row.connector, row.kind, ...wordsOfSettings(row.settings as Json)],
    }
    readers.set(row.reader_id!, reader)
    reader.byOrg.set(row.org_id, { orgId: row.org_id, sourceId: row.id, keepsAll: row.keeps_all })
    // What is read with an account serves one organisation, so its own name for it means nothing to others.
    if (row.account_id) reader.names.push(row.name)
  }
  return readers
}

const wordsOfSettings = (settings: Json): string[] =>
  settings !== null && typeof settings === 'object'
    ? Object.values(settings).filter((value): value is string => typeof value === 'string' && value !== '')
    : []

export async function readRetentionRules(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('retention_rules').select(['org_id', 'class', 'days']).execute()
  return new Map(rows.map((row) => [`${row.org_id} ${row.class}`, row.days]))
}

async function readOwnAuthors(tx: Tx): Promise<Map<string, Set<string>>> {
  const rows = await sql<{ org_id: string; connector: string; remote_id: string }>`
    select org_id, connector, remote_id from accounts where state <> 'disconnected'`.execute(tx)
  const own = new Map<string, Set<string>>()
  for (const { org_id, connector, remote_id } of rows.rows) {
    const key = `${connector} ${org_id}`
    own.set(key, (own.get(key) ?? new Set()).add(remote_id))
  }
  return own
}

export async function readUsedLessons(tx: Tx): Promise<Map<string, Lessons>> {
  const rows = await sql<{ org_id: string; family: Family; adjustment: Adjustment }>`
    select l.org_id, l.family, l.adjustment from label_lessons l left join label_settings s on s.org_id = l.org_id
      where l.used and s.lessons_off_at is null`.execute(tx)
  const byOrg = Map.groupBy(rows.rows, ({ org_id }) => org_id)
  return new Map(
    [...byOrg].map(([org, lessons]) => [
      org,
      new Map(lessons.map(({ family, adjustment }): [Family, Adjustment] => [family, adjustment])),
    ]),
  )
}
