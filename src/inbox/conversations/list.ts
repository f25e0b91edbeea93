// Verbs of lists of conversations: a page of one, how many each of the usual ones has, and by which tags they can be narrowed.

import { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor, writeCursor } from '../../lib/paging.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findPage } from '../search/find-page.ts'
import { type FoundWords, foundWords } from '../search/found-words.ts'
import { type ConversationQuery, type ConversationRow, conversationRows } from './store.ts'
import { countConversations, tagsInUse } from './store-counts.ts'
import { conversationShower } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const listConversations = (
  { db, clock }: Deps,
  { orgId, memberId }: Caller,
  { limit, cursor, q, ...filter }: Listing,
) =>
  readInOrg(db, orgId, async (tx) => {
    const after = readCursor(cursor, place)
    const query = { ...filter, memberId, after, now: clock(), limit: limit + 1 }
    const { rows, reached } = q
      ? await findPage(tx, orgId, { ...query, typed: q })
      : { rows: await conversationRows(tx, orgId, query), reached: null }
    const show = await conversationShower(tx, orgId, rows)
    const found = await foundIn(tx, orgId, rows, q)
    const at = (row: ConversationRow) =>
      ({ waiting: row.waiting_since!, due: row.due_at!, newest: row.last_at })[filter.order]
    const page = pageFrom(
      rows,
      limit,
      (row) => [at(row).toISOString(), row.id],
      (row) => ({ ...show(row), found: found(row.id) }),
    )
    // It was looked for so long: the next page goes on from there.
    return { ...page, nextCursor: page.nextCursor ?? (reached && writeCursor(reached)) }
  })

type Listing = Omit<ConversationQuery, 'after' | 'id' | 'ids' | 'memberId' | 'now'> & {
  cursor?: string | undefined
  q?: string | undefined
}

/** The words that were sought, where a message of it has them. */
async function foundIn(tx: Tx, orgId: string, rows: readonly ConversationRow[], typed: string | undefined) {
  const ids = rows.map(({ id }) => id)
  const found = typed ? await foundWords(tx, orgId, ids, typed) : new Map<string, FoundWords>()
  return (id: string) => {
    const words = found.get(id)
    return words ? { ...words, at: words.at.toISOString() } : null
  }
}

export const readCounts = ({ db, clock }: Deps, { orgId, memberId }: Caller) =>
  readInOrg(db, orgId, (tx) => countConversations(tx, orgId, { memberId, now: clock() }))

export const listTags = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<string[]> =>
  readInOrg(db, orgId, (tx) => tagsInUse(tx, orgId))
