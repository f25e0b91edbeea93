// What happens to a conversation while something heard is taken over into it, and what was there before under another id.

import { expect, test } from 'vitest'
import { inOrg } from '../../db/tx.ts'
import { handOnByRules } from '../../listening/handing-on/by-topic/actions.ts'
import { currentTime, keep, network, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { clocks, makePromise, tuesday } from '../promises/promises-world.testing.ts'
import { hold, untilWaiting } from '../races.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'
import { takeOverWaiting } from './actions.ts'
import { hear } from './heard.testing.ts'

useInbox(async () => {
  for (const each of ['ann', 'ben', 'cy']) network.createAccount(each)
})

/** To the account itself. */
const told = (id: string, author: string, change: object = {}) =>
  keep([
    saying(
      saidOf(id, {
        ...{ kind: 'mention', thread: id, replyTo: null, about: null, at: currentTime(), ...change },
        author: { id: `${network.url}/@${author}`, handle: `@${author}`, name: author, url: null, followers: null },
      }),
    ),
  ])

const conversationOf = (url: string): Promise<string> =>
  inOrg(world.services.db, world.ours, async (tx) => {
    const { conversation_id } = await tx
      .selectFrom('messages')
      .select('conversation_id')
      .where('remote_id', '=', url)
      .executeTakeFirstOrThrow()
    return conversation_id
  })

const historyOf = async (id: string): Promise<{ kind: string }[]> =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/history`)).body.items
const take = (id: string, more: object = {}) =>
  owner.call('POST', `/orgs/{org}/mentions/${id}/take-over`, { reason: 'She waits', ...more })

/** The account is told, somebody takes it over, and before that is through the conversation becomes part of another one. */
async function takenWhileMerged(author: string, more: object) {
  const heard = await hear(author, 'Said to you and heard')
  await told(heard.url, author)
  await told(`${heard.url}-before`, author, { at: new Date(currentTime().getTime() - minute) })
  const [from, into] = [await conversationOf(heard.url), await conversationOf(`${heard.url}-before`)]
  const handed = await owner.call('POST', `/orgs/{org}/mentions/${heard.id}/hand-ons`, {
    ...{ kind: 'inbox', reason: 'She waits', ...more },
  })
  expect(handed.status).toBe(201)
  const release = await hold('select 1 from hand_ons where mention_id = $1 for update', [heard.id])
  const taking = take(heard.id, more)
  await untilWaiting(1)
  expect((await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })).status).toBe(201)
  return { from, into, release, taking }
}

test('put together with another one meanwhile: it is noted where the message is now', async () => {
  const { from, into, release, taking } = await takenWhileMerged('ann', {})
  await release()
  expect((await taking).body).toMatchObject({ state: 'taken-over', conversationId: into })
  expect((await historyOf(into)).map(({ kind }) => kind)).toContain('taken-over')
  expect((await historyOf(from)).map(({ kind }) => kind)).not.toContain('taken-over')
})

test('given to somebody meanwhile: they keep it', async () => {
  const { memberId: hers } = await world.as('owner')
  const { into, release, taking } = await takenWhileMerged('ben', { assigneeId: owner.memberId })
  const given = await owner.call('POST', `/orgs/{org}/conversations/${into}/assign`, { ownerId: hers })
  expect(given.status).toBe(200)
  await release()
  expect((await taking).body).toMatchObject({ state: 'taken-over', conversationId: into })
  expect((await owner.call('GET', `/orgs/{org}/conversations/${into}`)).body.owner).toMatchObject({ id: hers })
  expect((await historyOf(into)).filter(({ kind }) => kind === 'owner')).toHaveLength(1)
})

test('the promise of a conversation follows to whoever it is given to', async () => {
  setNow(tuesday)
  await makePromise({ name: 'Everybody' })
  const { id, url } = await hear('cy', 'Said to you, heard, and owed')
  await told(url, 'cy')
  const conversationId = await conversationOf(url)
  expect(await clocks(conversationId)).toMatchObject([{ endedAt: null }])
  expect((await take(id, { assigneeId: owner.memberId })).body.state).toBe('taken-over')
  const owners = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('promise_clocks').select('owner_id').where('conversation_id', '=', conversationId).execute(),
  )
  expect(owners).toEqual([{ owner_id: owner.memberId }])
})

test('what the account was told, heard under the id of another server, is named by a rule without news', async () => {
  setNow(tuesday)
  const made = await owner.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle' })
  const rule = await owner.call('PUT', `/orgs/{org}/topics/${made.body.id}/hand-on`, { rule: {} })
  expect(rule.status).toBe(200)
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', made.body.id).executeTakeFirstOrThrow(),
  )
  setNow(new Date(tuesday.getTime() + 2 * minute))
  const under = (url: string) => url.replace(network.url, 'https://elsewhere.example')
  const { id, url } = await hear('ann', 'A kettle, said to you', { topics: [number], under })
  await told(url, 'ann')
  const conversationId = await conversationOf(url)
  await handOnByRules(world.services)
  await takeOverWaiting(world.services)
  const taken = (await owner.call('GET', `/orgs/{org}/taken-over?mentions=${id}`)).body
  expect(taken).toMatchObject([{ mentionId: id, conversationId }])
  expect((await historyOf(conversationId)).map(({ kind }) => kind)).not.toContain('taken-over')
})
