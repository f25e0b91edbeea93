// Lists that are read one after the other.

import { expect, test } from 'vitest'
import type { Json } from './contract.ts'
import { type HistoryPage, pageOfLists } from './history.ts'

const pages = (name: string, count: number) => async (at: Json) => {
  const number = typeof at === 'number' ? at : 1
  const item = { id: `${name} ${number}`, kind: 'post', at: new Date(0), url: null, by: null } as const
  return { items: [item], next: number < count ? number + 1 : null, unreadable: 0 } satisfies HistoryPage
}

test('each list is read to its end, then the next; a place of another time begins anew', async () => {
  const lists = [pages('posts', 2), pages('comments', 2)]
  const told: string[] = []
  let cursor: Json = null
  do {
    const page: HistoryPage = await pageOfLists(lists, cursor)
    told.push(...page.items.map(({ id }) => id))
    cursor = JSON.parse(JSON.stringify(page.next))
  } while (cursor !== null)
  expect(told).toEqual(['posts 1', 'posts 2', 'comments 1', 'comments 2'])
  expect((await pageOfLists(lists, { list: 7, at: 3 })).items).toMatchObject([{ id: 'posts 1' }])
})
