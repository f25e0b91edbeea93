// Takes mentions back that were brought by mistake: as if they had never been stored, their counts included.

import { sql } from 'kysely'
import { heard } from '../../connectors/heard.ts'
import type { HeardKind } from '../../connectors/listen.ts'
import type { Tx } from '../../db/tx.ts'
import { countedOf } from './counts.ts'
import type { StoredMention } from './new-mention.ts'
import { addCounts } from './store-counts.ts'
import { removeUnderTopics } from './store-write.ts'
import type { Initiator, Labels } from './types.ts'

export interface CountedRow {
  org_id: string
  at: Date
  id: string
  source_id: string
  network: string
  heard_at: Date
  kind: string
  topics: number[]
  initiator: string
  language: string
  sentiment: number | null
  emotion: string | null
  intent: string | null
}

export const countedColumns = sql.raw(
  'org_id, at, id, source_id, network, heard_at, kind, topics, initiator, language, sentiment, emotion, intent',
)

/** Of one organisation, by their ids. Answers how many went. */
export async function takeBackMentions(tx: Tx, orgId: string, ids: readonly string[]): Promise<number> {
  const gone =
    await sql<CountedRow>`delete from mentions where org_id = ${orgId} and id = any(${ids}::uuid[]) returning ${countedColumns}`.execute(
      tx,
    )
  await removeUnderTopics(tx, gone)
  await addCounts(
    tx,
    gone.rows.map((row) => countedOf(asCounted(row), -1)),
  )
  return gone.rows.length
}

/** A stored row in the form in which mentions are counted; what counts do not ask for is left empty. */
export function asCounted(row: CountedRow, topics: number[] = row.topics): StoredMention {
  const { org_id: orgId, at, id, network, language, emotion, intent } = row
  return {
    id,
    at,
    newTopics: topics,
    isNew: false,
    mention: {
      orgId,
      sourceId: row.source_id,
      network,
      heardAt: row.heard_at,
      heard: heard({ id, kind: row.kind as HeardKind, at, text: '' }),
      topics,
      labels: {
        ...{ language, emotion, intent, sentimentCertainty: null, offensive: null, crisis: null },
        sentiment: row.sentiment as Labels['sentiment'],
      },
      initiator: row.initiator as Initiator,
      expiresAt: row.heard_at,
      words: [],
    },
  }
}
