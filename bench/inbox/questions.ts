// What is asked of the inbox: each request of its page, and the statements behind it as the reference.

import type { Tx } from '../../src/db/tx.ts'
import {
  type ConversationQuery,
  conversationRows,
  entryRows,
  messageRows,
} from '../../src/inbox/conversations/store.ts'
import { countConversations } from '../../src/inbox/conversations/store-counts.ts'
import { readStanding } from '../../src/inbox/measures/load.ts'
import { findPage } from '../../src/inbox/search/find-page.ts'
import { foundWords } from '../../src/inbox/search/found-words.ts'
import { answersOfConversations } from '../../src/publishing/answers/read-answers.ts'
import type { Question } from '../asking.ts'
import { type Filled, words } from './filling.ts'

const listMs = 60
export const openMs = 40
const searchMs = 200
const loadMs = 1_000
const loadDays = 28

interface Asking {
  orgId: string
  memberId: string
  filled: Filled
}

export function questionsOf({ orgId, memberId, filled }: Asking): Question[] {
  const { accounts, departments, longest, contact } = filled
  const base = `/api/v1/orgs/${orgId}/conversations`
  const all = { state: 'open', holder: 'anybody', order: 'newest', after: null, limit: 51, memberId } as const
  const list = (name: string, query: string, filter: Partial<ConversationQuery>): Question => ({
    name: `list: ${name}`,
    path: `${base}?limit=50${query}`,
    statements: (tx: Tx) => conversationRows(tx, orgId, { ...all, ...filter }),
    limitMs: listMs,
  })
  const open = (name: string, path: string, statements: Question['statements']): Question => ({
    name: `open: ${name}`,
    path: `${base}/${longest}${path}`,
    statements,
    limitMs: openMs,
  })
  return [
    list('open, newest first', '', {}),
    list('who waits longest', '&order=waiting', { order: 'waiting' }),
    list('due first', '&order=due', { order: 'due' }),
    list('mine', '&holder=me', { holder: 'me' }),
    list('nobody’s', '&holder=nobody', { holder: 'nobody' }),
    list('of a department', `&departmentId=${departments[2]}`, { departmentId: departments[2] }),
    list('negative ones of an account', `&accountId=${accounts[0]}&sentiment=negative`, {
      accountId: accounts[0],
      sentiment: 'negative',
    }),
    list('questions', '&intent=question', { intent: 'question' }),
    list('urgent ones', '&priority=urgent', { priority: 'urgent' }),
    list('with a tag', '&tag=tag%201', { tag: 'tag 1' }),
    list('closed ones', '&state=closed', { state: 'closed' }),
    list('of a person', `&state=all&contactId=${contact}`, { state: 'all', contactId: contact }),
    {
      name: 'counts',
      path: `${base}/counts`,
      statements: (tx) => countConversations(tx, orgId, { memberId, now: new Date() }),
      limitMs: listMs,
    },
    ...searchesOf({ orgId, memberId }),
    loadOf({ orgId }),
    open('the conversation', '', (tx) => conversationRows(tx, orgId, { ...all, state: 'all', id: longest, limit: 1 })),
    open('messages', '/messages?limit=50', (tx) =>
      messageRows(tx, orgId, { conversationId: longest, after: null, limit: 51 }),
    ),
    open('history', '/history?limit=50', (tx) =>
      entryRows(tx, orgId, { conversationId: longest, after: null, limit: 51 }),
    ),
    open('answers', '/answers', (tx) => answersOfConversations(tx, orgId, [longest])),
  ]
}

/** What stood open at the end of each day, as the page of measures asks for it first. */
function loadOf({ orgId }: Pick<Asking, 'orgId'>): Question {
  const until = new Date()
  const from = new Date(until.getTime() - (loadDays - 1) * 86_400_000)
  const [first, last] = [from, until].map((at) => at.toISOString().slice(0, 10))
  const begin = Date.parse(`${first}T00:00:00Z`)
  const instants = Array.from({ length: loadDays }, (_, at) => Math.min(begin + (at + 1) * 86_400_000, until.getTime()))
  return {
    name: `load: ${loadDays} days`,
    path: `/api/v1/orgs/${orgId}/inbox-load?from=${first}&to=${last}&step=day`,
    statements: (tx) => readStanding(tx, { orgId, filter: {}, from: new Date(begin), until, instants }),
    limitMs: loadMs,
  }
}

/** Words of messages and of people: common and rare ones, together, as a phrase, and none. */
function searchesOf({ orgId, memberId }: Pick<Asking, 'orgId' | 'memberId'>): Question[] {
  const all = { holder: 'anybody', order: 'newest', after: null, limit: 51, memberId } as const
  const find = (name: string, typed: string, state: 'all' | 'closed' = 'all'): Question => ({
    name: `search: ${name}`,
    path: `/api/v1/orgs/${orgId}/conversations?limit=50&state=${state}&q=${encodeURIComponent(typed)}`,
    statements: async (tx) => {
      const { rows } = await findPage(tx, orgId, { ...all, state, typed })
      const ids = rows.map(({ id }) => id)
      return foundWords(tx, orgId, ids, typed)
    },
    limitMs: searchMs,
  })
  return [
    find('a common word', words.common),
    find('a rare word', words.rare),
    find('two words of one conversation', `${words.common} ${words.rare}`),
    find('no such word', words.absent),
    find('a person', 'runner4711'),
    find('all without a word', `-${words.common}`),
    find('a phrase', '"full of steam" kilometres'),
    find('a number, closed ones', '4711', 'closed'),
  ]
}
