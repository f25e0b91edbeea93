// Lists of many conversations by intent, priority and tag: what they show, and that an index serves them.

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { inOrg, seenBy } from '../../db/tx.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { type ConversationQuery, pageOf } from './store.ts'

const many = 20_000
useInbox(async () => {})

beforeAll(async () => {
  const { owner: client } = world.database
  const filling = await client.connect()
  await filling.query("select set_config('longrun.scope', 'system', false)")
  await filling.query(
    `with person as (insert into contacts (org_id, id, name, created_at) values ($1, gen_random_uuid(), 'Ann', now()) returning id)
      insert into conversations (org_id, id, account_id, thread, branch, kind, is_private, contact_id, state, began_at, last_at, preview, intent, priority, tags)
      select $1, gen_random_uuid(), a.id, 'thread ' || i, '', 'reply', false, p.id, case when i % 10 = 0 then 'open' else 'closed' end,
          now() - i * interval '1 minute', now() - i * interval '1 minute', 'number ' || i,
          case when i % 1000 = 0 then 'press' when i % 3 = 0 then 'question' end, case when i % 500 = 0 then 'urgent' else 'normal' end,
          case when i % 2000 = 0 then array['recall', 'often'] when i % 2 = 0 then array['often'] else '{}' end
        from generate_series(0, $2::integer - 1) i, (select id from accounts where org_id = $1 limit 1) a, person p`,
    [world.ours, many],
  )
  await filling.query('analyze conversations')
  await filling.query('analyze conversation_tags')
  filling.release(true)
}, 120_000)

const list = async (query: string): Promise<number[]> => {
  const { body } = await owner.call('GET', `/orgs/{org}/conversations?limit=200&${query}`)
  return body.items.map(({ preview }: { preview: string }) => Number(preview.slice('number '.length)))
}
const numbers = (fits: (index: number) => boolean) =>
  Array.from({ length: many }, (_, index) => index)
    .filter(fits)
    .slice(0, 200)

describe('a list narrowed by', () => {
  test.each<[string, string, (index: number) => boolean]>([
    ['intent', 'intent=press', (index) => index % 1000 === 0],
    ['priority', 'priority=urgent&state=all', (index) => index % 500 === 0],
    ['the usual priority', 'priority=normal', (index) => index % 10 === 0 && index % 500 !== 0],
    ['a rare tag', 'tag=recall', (index) => index % 2000 === 0],
    ['a common tag', 'tag=often', (index) => index % 10 === 0],
    ['several', 'tag=often&intent=question&priority=normal', (index) => index % 30 === 0 && index % 500 !== 0],
    ['what no conversation has', 'tag=never', () => false],
  ])('%s', async (_, query, fits) => {
    expect(await list(query)).toEqual(numbers(fits))
  })
})

/** How the database goes about a page, for somebody behind the walls. */
async function planOf(change: Partial<ConversationQuery>): Promise<string> {
  const { memberId } = owner
  const query = { state: 'open', holder: 'anybody', memberId, order: 'newest', after: null, limit: 51 } as const
  const found = await inOrg(seenBy(world.services.db, { memberId }), world.ours, (tx) =>
    sql<object>`explain (format json) ${pageOf(world.ours, { ...query, ...change })}`.execute(tx),
  )
  return JSON.stringify(found.rows)
}

describe('an index serves', () => {
  test.each<[string, Partial<ConversationQuery>, string]>([
    ['a list by intent', { intent: 'press' }, 'conversations_by_intent'],
    ['a list by priority', { priority: 'urgent' }, 'conversations_by_priority'],
  ])('%s', async (_, change, index) => {
    const plan = await planOf(change)
    expect(plan).toContain(index)
    expect(plan).not.toContain('"Sort"')
    expect(plan).not.toContain('Seq Scan')
  })

  test('a list by a rare tag', async () => {
    const plan = await planOf({ tag: 'recall' })
    expect(plan).toContain('conversation_tags')
    expect(plan).not.toContain('Seq Scan')
  })
})

test('tags follow what is said of a conversation, and are offered once each, to those who see one that carries them', async () => {
  const tags = async () => (await owner.call('GET', '/orgs/{org}/conversations/tags')).body
  expect(await tags()).toEqual(['often', 'recall'])
  const [first] = (await owner.call('GET', '/orgs/{org}/conversations?tag=recall')).body.items
  const mark = (given: string[]) => owner.call('POST', `/orgs/{org}/conversations/${first.id}/marks`, { tags: given })
  await mark(['recall', 'a new one'])
  expect(await tags()).toEqual(['a new one', 'often', 'recall'])
  expect(await list('tag=a%20new%20one')).toEqual([0])
  expect((await owner.call('GET', '/orgs/{org}/conversations?tag=often')).body.items[0].id).not.toBe(first.id)
  const hr = (await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })).body
  await owner.call('PUT', `/orgs/{org}/departments/${hr.id}/wall`, { walled: true })
  await owner.call('POST', `/orgs/{org}/conversations/${first.id}/assign`, { departmentId: hr.id, note: 'Yours' })
  expect(await tags()).toEqual(['often', 'recall'])
  expect(await list('tag=a%20new%20one')).toEqual([])
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/conversations/tags')).body).toEqual([])
})
