// What is asked: each request of the web app, and the statement behind it as the reference.

import { showAccounts } from '../../src/accounts/views.ts'
import type { Tx } from '../../src/db/tx.ts'
import { calendarLines, listLines } from '../../src/publishing/lines.ts'
import { findPost } from '../../src/publishing/store.ts'
import { cellsBetween } from '../../src/publishing/times.ts'
import type { Question } from '../asking.ts'
import { month, words } from './filling.ts'

const spanOf = (span: { from: string; to: string }, zone: string) => {
  const [from, to] = [new Date(span.from), new Date(span.to)]
  return { from, to, cells: cellsBetween(from, to, zone, 'day') }
}

export interface Facts {
  orgId: string
  postId: string
  accountId: string
  /** Has one post in ten thousand. */
  quietAccountId: string
  /** Cursor of page 50, in the words of the API and of the store. */
  page50: { cursor: string; after: [string, string] }
}

const pageSize = 50
const day = { from: '2031-03-15T00:00:00.000Z', to: '2031-03-16T00:00:00.000Z' }

const limitMs = 50

export const questionsOf = (facts: Facts): Question[] => allOf(facts).map((question) => ({ ...question, limitMs }))

function allOf({ orgId, postId, accountId, quietAccountId, page50 }: Facts): Omit<Question, 'limitMs'>[] {
  const base = `/api/v1/orgs/${orgId}`
  const list = (query: string, filter: Partial<Parameters<typeof listLines>[2]> = {}) => ({
    path: `${base}/posts${query ? `?${query}` : ''}`,
    statements: (tx: Tx) => listLines(tx, orgId, { order: 'changed', after: null, limit: pageSize + 1, ...filter }),
  })
  const found = (name: string, q: string) => ({ name: `posts, text search, ${name}`, ...list(`q=${q}`, { q }) })
  return [
    {
      name: 'calendar, a month with 5,000 posts',
      path: `${base}/calendar?${new URLSearchParams({ ...month, zone: 'Europe/Berlin', cell: 'day', most: '5' })}`,
      statements: (tx) =>
        calendarLines(tx, orgId, {
          ...spanOf(month, 'Europe/Berlin'),
          most: 5,
        }),
    },
    {
      name: 'calendar, a day of it with its 160 posts',
      path: `${base}/calendar?${new URLSearchParams({ ...day, cell: 'day', most: '200' })}`,
      statements: (tx) =>
        calendarLines(tx, orgId, {
          ...spanOf(day, 'UTC'),
          most: 200,
        }),
    },
    { name: 'posts, first page', ...list('') },
    { name: 'posts, page 50', ...list(`cursor=${page50.cursor}`, { after: page50.after }) },
    { name: 'posts by time', ...list('order=due', { order: 'due' }) },
    { name: 'posts, published', ...list('state=published', { state: 'published' }) },
    { name: 'posts, held (few)', ...list('state=held', { state: 'held' }) },
    { name: 'posts of one account', ...list(`accountId=${accountId}`, { accountId }) },
    { name: 'posts of an account with few', ...list(`accountId=${quietAccountId}`, { accountId: quietAccountId }) },
    found('common word', words.common),
    found('rare word', words.rare),
    found('no such word', words.absent),
    { name: 'one post', path: `${base}/posts/${postId}`, statements: (tx) => findPost(tx, orgId, postId) },
    {
      name: 'accounts',
      path: `${base}/accounts`,
      // With the posts that wait for each of them, which the list says.
      statements: async (tx) =>
        showAccounts(
          tx,
          await tx
            .selectFrom('accounts')
            .selectAll()
            .where('org_id', '=', orgId)
            .orderBy('name')
            .orderBy('id')
            .execute(),
        ),
    },
  ]
}
