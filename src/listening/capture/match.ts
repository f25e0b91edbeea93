// Matches and understands what people bring, by the same code as what readers bring.

import { setImmediate as breathe } from 'node:timers/promises'
import { newGathering } from '../../connectors/heard.ts'
import type { Heard } from '../../connectors/listen.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import type { NewMention } from '../mentions/new-mention.ts'
import { type Catalogue, readRetentionRules, readUsedLessons } from '../pipeline/catalogue.ts'
import { labeller, languagesOf } from '../pipeline/labels.ts'
import { understand } from '../pipeline/understand.ts'
import { makeTopicIndex } from '../topics/language/index/topic-index.ts'
import { readQuery } from '../topics/language/rules.ts'
import { byHandNetwork, type Channel } from './types.ts'

type Deps = Pick<Services, 'db'>

/** The topics of one organisation, ready to be matched. */
export interface OwnTopics {
  catalogue: Pick<Catalogue, 'index' | 'topics' | 'kept' | 'lessons'>
  idOf: ReadonlyMap<number, string>
}

/** The last few organisations, each as its topics were at a revision: whoever types asks again and again. */
const kept = new Map<string, { revision: number; topics: OwnTopics }>()
const mostKept = 20

export const ownTopics = ({ db }: Deps, orgId: string): Promise<OwnTopics> =>
  inOrg(db, orgId, async (tx) => {
    const revision = await revisionOf(tx)
    const known = kept.get(orgId)
    if (known?.revision === revision) return known.topics
    const topics = await readOwnTopics(tx, orgId)
    kept.delete(orgId)
    kept.set(orgId, { revision, topics })
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    return topics
  })

async function revisionOf(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('listening_changes').select('revision').executeTakeFirst()
  return Number(row?.revision ?? 0)
}

async function readOwnTopics(tx: Tx, orgId: string): Promise<OwnTopics> {
  const rows = await tx
    .selectFrom('topics')
    .select(['id', 'number', 'query'])
    .where('org_id', '=', orgId)
    .where('paused_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute()
  const index = makeTopicIndex()
  const topics = new Map<string, { orgId: string; number: number }>()
  for (const { id, number, query } of rows) {
    const reading = readQuery(query)
    if (!reading.ok) continue
    index.put(id, reading.query)
    topics.set(id, { orgId, number })
  }
  return {
    catalogue: { index, topics, kept: await readRetentionRules(tx), lessons: await readUsedLessons(tx) },
    idOf: new Map(rows.map(({ id, number }) => [number, id])),
  }
}

/** By which queries may call a channel. */
const namesOf = (channel: Channel): string[] => [byHandNetwork, channel]

/** So many at once, then others get their turn. */
const lot = 200

/** Nobody states a language in a shop: it is told from the words, and shown to whoever brings it. */
export async function withLanguages(heard: readonly Heard[]): Promise<Heard[]> {
  const label = await labeller()
  const told: Heard[] = []
  for (const [index, each] of heard.entries()) {
    told.push({ ...each, languages: languagesOf(label, each) })
    if (index % lot === lot - 1) await breathe()
  }
  return told
}

export const topicsOf = ({ catalogue }: OwnTopics, heard: Heard, channel: Channel): string[] => [
  ...catalogue.index.match({ ...heard, sources: namesOf(channel) }),
]

export interface Brought {
  orgId: string
  sourceId: string
  channel: Channel
  heardAt: Date
}

/** Everything is kept: somebody thought it worth bringing. */
export async function understandBrought(
  topics: OwnTopics,
  heard: readonly Heard[],
  { orgId, sourceId, channel, heardAt }: Brought,
): Promise<NewMention[]> {
  const served = { byOrg: new Map([[orgId, { orgId, sourceId, keepsAll: true }]]), names: namesOf(channel) }
  const catalogue: Catalogue = {
    ...topics.catalogue,
    readers: new Map([[sourceId, served]]),
    // We have no account at a meetup: who speaks there is never taken for us.
    ownAuthors: new Map(),
  }
  const mentions: NewMention[] = []
  for (let from = 0; from < heard.length; from += lot) {
    const events = heard.slice(from, from + lot).map((each) => ({ type: 'heard' as const, heard: each }))
    const understood = await understand(
      catalogue,
      { ...newGathering(), events, cursor: null },
      { network: byHandNetwork, readerId: sourceId, heardAt, ownPosts: async () => new Map() },
    )
    mentions.push(...understood.mentions)
    await breathe()
  }
  return mentions
}
