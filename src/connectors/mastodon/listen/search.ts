// Mastodon by search, where a server offers it: asked again and again for what is new.

import { z } from 'zod'
import type { Json } from '../../contract.ts'
import { newGathering } from '../../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../../listen.ts'
import { searchedFor, searchFields } from '../../search-words.ts'
import { api, callerOf } from '../wire.ts'
import { gatherStatus } from './statuses.ts'
import { laterId, placeSchema } from './timelines.ts'

export const searchKind: SourceKind = {
  key: 'search',
  label: 'Search',
  help: 'What the server finds for these words, asked every two minutes. Servers find only what their people may.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  ...searchFields,
  everySeconds: 120,
  poll,
}

const found = z.object({ statuses: z.array(z.unknown()) })
const pageLength = 40
const mostPages = 5

/** Newest first, until what is known already. At the first time only the newest page is read: the past is not what was asked for. */
async function poll(session: ListenSession, cursor: Json): Promise<StreamBatch> {
  const query = searchedFor(session)
  const parsed = placeSchema.safeParse(cursor)
  const place = parsed.success ? parsed.data : null
  const gathering = newGathering()
  const next = { lastId: place?.lastId ?? '0', at: session.now().getTime() }
  for (let page = 0; page < (place ? mostPages : 1); page++) {
    const statuses = await readPage(session, query, page * pageLength)
    const ids = statuses.map((status) => {
      const { success, data } = z.object({ id: z.string() }).safeParse(status)
      const isNew = success && (place === null || laterId(data.id, place.lastId) !== place.lastId)
      if (!success || isNew) gatherStatus(status, { server: callerOf(session).server, now: session.now() }, gathering)
      if (success) next.lastId = laterId(next.lastId, data.id)
      return isNew
    })
    // The order is the server's own: a page without anything new ends the search.
    if (!ids.includes(true) || statuses.length < pageLength) break
    if (place && page === mostPages - 1) {
      gathering.gaps.push({ from: new Date(place.at), to: session.now(), reason: 'page-limit' })
    }
  }
  gathering.events.reverse()
  return { ...gathering, cursor: next }
}

async function readPage(session: ListenSession, query: string, offset: number): Promise<unknown[]> {
  const { body } = await api(session, callerOf(session), {
    path: '/api/v2/search',
    query: { q: query, type: 'statuses', limit: String(pageLength), ...(offset > 0 ? { offset: String(offset) } : {}) },
    scope: 'read:search',
    schema: found,
  })
  return body.statuses
}
