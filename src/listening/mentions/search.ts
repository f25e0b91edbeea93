// Verbs that look mentions up: pages of them, how they divide, one.

import { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { topicIdsByNumber, topicNumber } from '../topics/store.ts'
import type { MentionFilter } from './contract.ts'
import { type Wanted, withinReach } from './search-reach.ts'
import {
  type CountedRow,
  type FacetName,
  type FacetRow,
  facetCounts,
  facetNames,
  findMention,
  isSearch,
  mentionPage,
  type StoredFilter,
} from './store-read.ts'
import { type MentionShown, viewOfMention } from './views.ts'
import { readSearch } from './words.ts'

type Deps = Pick<Services, 'db'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** At most so many of the newest are counted: more would cost seconds, and shares among them say the same. Where words decide each is fetched. */
export const mostCounted = (filter: StoredFilter): number => (isSearch(filter) ? 1_000 : 10_000)

/** A page of what a filter finds, newest first. */
export const pageOfMentions = (tx: Tx, orgId: string, filter: StoredFilter, wanted: Wanted): Promise<CountedRow[]> =>
  withinReach(
    tx,
    { orgId, filter, ...wanted },
    (some) => mentionPage(tx, orgId, some, wanted),
    (rows) => rows.length,
  )

/** How the newest `most` of what a filter finds divide. */
export const facetsOfMentions = (tx: Tx, orgId: string, filter: StoredFilter, most: number): Promise<FacetRow[]> =>
  withinReach(tx, { orgId, filter, after: null, limit: most }, (some) => facetCounts(tx, orgId, some, most), countedOf)

/** Every facet sums up to all that were counted. */
const countedOf = (rows: readonly FacetRow[]): number =>
  rows.reduce((all, { facet, count }) => (facet === 'network' ? all + count : all), 0)

export const listMentions = (
  { db }: Deps,
  { orgId }: Caller,
  { limit, cursor, ...filter }: MentionFilter & { limit: number; cursor?: string },
) =>
  readInOrg(db, orgId, async (tx) => {
    const key = readCursor(cursor, place)
    const after = key && { at: new Date(key[0]), id: key[1] }
    const topicIds = await topicIdsByNumber(tx, orgId)
    const sought = await stored(tx, orgId, filter, topicIds)
    const rows = await pageOfMentions(tx, orgId, sought, { after, limit: limit + 1 })
    return pageFrom(
      rows,
      limit,
      ({ at, id }) => [at.toISOString(), id],
      (row) => viewOfMention(row, topicIds, row.doubles),
    )
  })

type Facets = Record<FacetName, { value: string | null; count: number }[]>

export const countFacetsOf = ({ db }: Deps, { orgId }: Caller, filter: MentionFilter) =>
  readInOrg(db, orgId, async (tx) => {
    const sought = await stored(tx, orgId, filter)
    const most = mostCounted(sought)
    const rows = await facetsOfMentions(tx, orgId, sought, most)
    const facets = Object.fromEntries(facetNames.map((name) => [name, [] as Facets[FacetName]])) as Facets
    for (const { facet, value, count } of rows) facets[facet].push({ value, count })
    const counted = countedOf(rows)
    return { ...facets, counted, complete: counted < most }
  })

export const readMention = ({ db }: Deps, { orgId }: Caller, { id }: { id: string }): Promise<MentionShown> =>
  readInOrg(db, orgId, async (tx) => {
    const row = await findMention(tx, orgId, id)
    if (!row) throw notFound('mention')
    return viewOfMention(row, await topicIdsByNumber(tx, orgId), row.doubles)
  })

const sentimentValue = { negative: -1, neutral: 0, positive: 1, none: null } as const

/** @throws Refusal `not-found` where the topic is not one of the organisation. */
async function stored(
  tx: Tx,
  orgId: string,
  filter: MentionFilter,
  topicIds: ReadonlyMap<number, string> = new Map(),
): Promise<StoredFilter> {
  const { topic, sentiment, emotion, intent, from, to, q, fold, ...same } = filter
  return {
    ...same,
    ...(topic !== undefined && {
      // Removed ones stand in the table alone.
      topic: [...topicIds].find(([, id]) => id === topic)?.[0] ?? (await topicNumber(tx, orgId, topic)),
    }),
    ...(sentiment !== undefined && { sentiment: sentimentValue[sentiment] }),
    ...(emotion !== undefined && { emotion: orNone(emotion) }),
    ...(intent !== undefined && { intent: orNone(intent) }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
    ...(q !== undefined && readSearch(orgId, q)),
    ...(fold === 'yes' && { fold: true }),
  }
}

const orNone = (value: string): string | null => (value === 'none' ? null : value)
