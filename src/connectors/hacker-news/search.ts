// Hacker News by its search: what is new for some words, newest first.

import { z } from 'zod'
import type { Json } from '../contract.ts'
import { newGathering } from '../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { searchedFor, searchFields } from '../search-words.ts'
import { hitOf, hitSchema } from './items.ts'

const cursorSchema = z.object({ newest: z.number() })
const page = z.object({ hits: z.array(z.unknown()), nbPages: z.number() })

/** The index may learn of an item late; what was heard already is the same then. Seconds. */
const overlap = 900
const mostPages = 5

export function searchKind(search: string): SourceKind {
  return {
    key: 'search',
    label: 'Search',
    help: 'Stories and comments with these words, asked every five minutes.',
    way: 'poll',
    shared: true,
    needsAccount: false,
    ...searchFields,
    everySeconds: 300,
    poll: (session, cursor) => poll(session, search, cursor),
  }
}

async function poll(session: ListenSession, search: string, cursor: Json): Promise<StreamBatch> {
  const query = searchedFor(session)
  const parsed = cursorSchema.safeParse(cursor)
  const since = parsed.success ? parsed.data.newest - overlap : null
  const gathering = newGathering()
  const now = session.now()
  let newest = parsed.success ? parsed.data.newest : Math.floor(now.getTime() / 1000)
  for (let number = 0; number < (since === null ? 1 : mostPages); number++) {
    const { hits, nbPages } = await readPage(session, search, { query, since, number })
    for (const hit of hits) {
      const read = hitSchema.safeParse(hit)
      if (!read.success) gathering.unreadable++
      else {
        gathering.events.push({ type: 'heard', heard: hitOf(read.data, now, gathering) })
        newest = Math.max(newest, Math.min(read.data.created_at_i, now.getTime() / 1000))
      }
    }
    if (number + 1 >= nbPages) break
    if (since !== null && number + 1 === mostPages) {
      gathering.gaps.push({ from: new Date(since * 1000), to: now, reason: 'page-limit' })
    }
  }
  gathering.events.reverse()
  return { ...gathering, cursor: { newest } }
}

interface Asked {
  query: string
  since: number | null
  number: number
}

async function readPage(session: ListenSession, search: string, { query, since, number }: Asked) {
  const params = new URLSearchParams({ query, tags: '(story,comment)', hitsPerPage: '100', page: String(number) })
  if (since !== null) params.set('numericFilters', `created_at_i>${since}`)
  return (await session.http({ url: `${search}/search_by_date?${params}`, schema: page })).body
}
