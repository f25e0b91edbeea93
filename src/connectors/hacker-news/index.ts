// Hacker News: read by everybody, written to by people alone.

import type { Connector } from '../contract.ts'
import { heardOnly } from '../heard-only.ts'
import { newItemsKind } from './new-items.ts'
import { searchKind } from './search.ts'

export const hackerNews = createHackerNews()

/** Other addresses than the public ones, for tests. */
export function createHackerNews({
  api = 'https://hacker-news.firebaseio.com/v0',
  search = 'https://hn.algolia.com/api/v1',
}: {
  api?: string
  search?: string
} = {}): Connector {
  return {
    ...heardOnly,
    id: 'hacker-news',
    name: 'Hacker News',
    docs: 'https://github.com/HackerNews/API',
    reviewed: '2026-11',
    hears: [searchKind(search), newItemsKind(api)],
  }
}
