// Mass withdrawal: what is chosen, what is deleted, what is left to a person; rests, deaths in the middle, a stop, and another try.

import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RequestMatch } from '../../connectors/testing/fault-server.ts'
import { closeAfter, rateLimited, status } from '../../connectors/testing/faults.ts'
import { asSystem, type Tx } from '../../db/tx.ts'
import { createMailer } from '../../lib/mail.ts'
import { type Ground, prepareGround } from '../ground.testing.ts'
import { withdrawVariant } from '../withdraw-variant.ts'
import { beginWithdrawal, previewWithdrawal, retryWithdrawal, stopWithdrawal } from './begin-withdrawal.ts'
import { takeNext } from './store.ts'
import type { Selection } from './types.ts'
import { listItems, readWithdrawal } from './views.ts'
import { resumeWithdrawals, type WithdrawServices, workOnAccount } from './work.ts'

let ground: Ground
let services: WithdrawServices
/** What was put into the queue; the test carries it out. */
const queued: { name: string; payload: unknown; startAfter?: Date }[] = []
beforeAll(async () => {
  ground = await prepareGround()
  services = {
    ...ground.services,
    publicUrl: 'http://localhost',
    mailer: createMailer({ smtpUrl: null, mailFrom: '' }),
    queue: {
      send: async (_db, { name }, payload, options) => void queued.push({ name, payload, ...options }),
      work: async () => {},
      stop: async () => {},
    },
  }
})
afterEach(async () => {
  await ground.rest()
  queued.length = 0
  await asSystem(ground.database.db, (tx) => sql`update accounts set rest_until = null`.execute(tx))
})
afterAll(() => ground.close())

const deleting: RequestMatch = ({ method }) => method === 'DELETE'
const is = (remoteId: string) => ground.network.posts().some(({ id }) => id === remoteId)
const work = () => workOnAccount(services, { orgId: ground.caller.orgId, accountId: ground.account }, 0)
const countsOf = async (id: string) => (await readWithdrawal(services, ground.caller, { id })).counts
const none = { waiting: 0, done: 0, gone: 0, refused: 0, byHand: 0, stopped: 0 }

async function published(count: number, word: string) {
  const posts = []
  for (let each = 0; each < count; each++)
    posts.push(await ground.published({ segments: [{ text: `${word} ${each} ${crypto.randomUUID()}`, media: [] }] }))
  return posts
}

const begin = (selection: Selection, count: number) =>
  beginWithdrawal(services, ground.caller, { selection, count, reason: 'A recall' })

describe('a mass withdrawal', () => {
  test('takes away what its words choose, and nothing else', async () => {
    const posts = await published(3, 'Recalled boots')
    const other = await ground.published()
    const preview = await previewWithdrawal(services, ground.caller, { selection: { words: 'RECALLED boots' } })
    expect(preview).toMatchObject({
      total: 3,
      accounts: [{ accountId: ground.account, connector: 'fake', count: 3, byHand: 0 }],
    })
    const begun = await begin({ words: 'recalled boots' }, 3)
    expect(begun).toMatchObject({ total: 3, counts: { ...none, waiting: 3 }, doneAt: null })
    expect(queued).toMatchObject([{ name: 'publishing.withdraw', payload: { accountId: ground.account } }])
    await work()
    const done = await readWithdrawal(services, ground.caller, { id: begun.id })
    expect(done).toMatchObject({ counts: { ...none, done: 3 }, nextAt: null })
    expect(done.doneAt).not.toBeNull()
    expect(posts.some(({ remoteId }) => is(remoteId))).toBe(false)
    expect(is(other.remoteId)).toBe(true)
    expect((await ground.variantOf(posts[0]!.id)).state).toBe('removed')
  })

  test.each([
    [
      'by account and time',
      async (at: Date): Promise<Selection> => ({ accountId: ground.account, from: at.toISOString() }),
      1,
    ],
    ['of a campaign that has none', async (): Promise<Selection> => ({ campaignId: crypto.randomUUID() }), 0],
    [
      'always-on until long ago',
      async (): Promise<Selection> => ({ campaignId: 'none', to: '2020-01-01T00:00:00Z' }),
      0,
    ],
  ])('chooses %s', async (_what, selectionOf, total) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const at = new Date()
    await ground.published()
    expect((await previewWithdrawal(services, ground.caller, { selection: await selectionOf(at) })).total).toBe(total)
  })

  test('is refused when it would take away another number than was said, or everything', async () => {
    const [post] = await published(1, 'Counted')
    await expect(begin({ postIds: [post!.id] }, 2)).rejects.toMatchObject({
      code: 'count-differs',
      params: { count: 1 },
    })
    await expect(begin({}, 1)).rejects.toMatchObject({ code: 'field-needed' })
    expect(is(post!.remoteId)).toBe(true)
  })

  test('knows what is away already, however it went', async () => {
    const posts = await published(2, 'Away')
    await withdrawVariant(ground.services, ground.caller, { id: posts[0]!.id, variant: posts[0]!.variant })
    const begun = await begin({ postIds: posts.map(({ id }) => id) }, 1)
    await withdrawVariant(ground.services, ground.caller, { id: posts[1]!.id, variant: posts[1]!.variant })
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, gone: 1 })
  })

  test('takes away what is out of a thread that broke off, too', async () => {
    const segments = ['Broken', 'off'].map((text) => ({ text: `${text} ${crypto.randomUUID()}`, media: [] }))
    const at = new Date().toISOString()
    const refuse = status(422, { body: JSON.stringify({ error: 'refused' }) })
    ground.faults.inject(refuse, { match: ({ method, body }) => method === 'POST' && body.includes(segments[1]!.text) })
    const id = await ground.aPost({ segments })
    await ground.untilState(id, 'rejected')
    const out = ground.network.posts().find(({ text }) => text === segments[0]!.text)!
    const begun = await begin({ words: segments[0]!.text, from: at }, 1)
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, done: 1 })
    expect(is(out.id)).toBe(false)
  })

  test('leaves to a person what nobody else can do, with the way there', async () => {
    const [post] = await published(1, 'Linked')
    await asSystem(ground.database.db, (tx) =>
      sql`update parts set remote_id = null where variant_id = ${post!.variant}`.execute(tx),
    )
    const begun = await begin({ postIds: [post!.id] }, 1)
    const { items } = await listItems(services, ground.caller, { id: begun.id, limit: 10 })
    expect(items).toMatchObject([{ state: 'by-hand', reason: { code: 'linked-by-hand' } }])
    expect(items[0]!.remoteUrl).toContain('http')
  })
})

describe('a network', () => {
  test('that asks for a rest gets it: nothing of the account is tried before', async () => {
    const posts = await published(3, 'Rested')
    const begun = await begin({ postIds: posts.map(({ id }) => id) }, 3)
    ground.faults.inject(rateLimited(120), { match: deleting })
    await work()
    expect(ground.faults.requests.filter(deleting)).toHaveLength(1)
    const { items } = await listItems(services, ground.caller, { id: begun.id, limit: 10 })
    const soonest = Math.min(...items.map(({ wakeAt }) => Date.parse(wakeAt!)))
    expect(soonest).toBeGreaterThan(services.clock().getTime() + 100_000)
    expect(queued.at(-1)!.startAfter!.getTime()).toBeGreaterThanOrEqual(soonest - 1)
    await work()
    expect(ground.faults.requests.filter(deleting)).toHaveLength(1)
    ground.moved.ms += 121_000
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, done: 3 })
  })

  test('that refuses is told with its reason, and asked again when a person says so', async () => {
    const posts = await published(2, 'Refused')
    const begun = await begin({ postIds: posts.map(({ id }) => id) }, 2)
    ground.faults.inject(status(403, { body: JSON.stringify({ error: 'not-yours' }) }), { match: deleting })
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, refused: 1, done: 1 })
    const { items } = await listItems(services, ground.caller, { id: begun.id, state: 'refused', limit: 10 })
    expect(items[0]!.reason).toMatchObject({ kind: 'forbidden' })
    expect((await readWithdrawal(services, ground.caller, { id: begun.id })).doneAt).not.toBeNull()
    await retryWithdrawal(services, ground.caller, { id: begun.id })
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, done: 2 })
  })

  test('whose answer is lost is asked again, and then says that it is away', async () => {
    const [post] = await published(1, 'Lost answer')
    const begun = await begin({ postIds: [post!.id] }, 1)
    ground.faults.inject(closeAfter, { match: deleting })
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, waiting: 1 })
    expect(is(post!.remoteId)).toBe(false)
    ground.moved.ms += 60_000
    await work()
    expect(await countsOf(begun.id)).toEqual({ ...none, done: 1 })
  })
})

test('a process that dies in the middle leaves the rest to the next one, and what it had in hand is done again', async () => {
  const posts = await published(3, 'Killed')
  const begun = await begin({ postIds: posts.map(({ id }) => id) }, 3)
  // Deleted at the network, and nobody lived to write it down.
  await ground.deleteAtNetwork(posts[0]!.remoteId)
  await asSystem(ground.database.db, (tx) =>
    sql`update withdrawal_items set lease_until = ${new Date(services.clock().getTime() + 60_000)} where withdrawal_id = ${begun.id} and variant_id = ${posts[0]!.variant}`.execute(
      tx,
    ),
  )
  queued.length = 0
  expect(await work()).toBe(0)
  expect(await resumeWithdrawals(services)).toBe(1)
  ground.moved.ms += 61_000
  await work()
  expect(await countsOf(begun.id)).toEqual({ ...none, done: 3 })
})

test('two workers never delete on one account at the same time', async () => {
  const posts = await published(6, 'Twice')
  const begun = await begin({ postIds: posts.map(({ id }) => id) }, 6)
  let [now, most] = [0, 0]
  const counting: WithdrawServices = {
    ...services,
    fetch: async (url, request) => {
      if (request?.method !== 'DELETE') return services.fetch(url, request)
      most = Math.max(most, ++now)
      try {
        return await services.fetch(url, request)
      } finally {
        now--
      }
    },
  }
  const one = () => workOnAccount(counting, { orgId: ground.caller.orgId, accountId: ground.account }, 0)
  for (let round = 0; round < 6; round++) await Promise.all([one(), one(), one()])
  expect(await countsOf(begun.id)).toEqual({ ...none, done: 6 })
  expect(most).toBe(1)
  expect(ground.faults.requests.filter(deleting)).toHaveLength(6)
})

test('of two workers that look for work at the same moment one finds it', async () => {
  const [post] = await published(1, 'At once')
  const begun = await begin({ postIds: [post!.id] }, 1)
  const take = (tx: Tx) => takeNext(tx, ground.caller.orgId, ground.account, services.clock())
  const [taken, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = asSystem(ground.database.db, async (tx) => {
    const item = await take(tx)
    taken.resolve()
    await opened.promise
    return item
  })
  await taken.promise
  const second = asSystem(ground.database.db, take)
  const waiting = () =>
    ground.database.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  await expect.poll(async () => (await waiting()).rowCount, { timeout: 10_000, interval: 20 }).toBe(1)
  opened.resolve()
  expect((await first)?.post_id).toBe(post!.id)
  expect(await second).toBeNull()
  await stopWithdrawal(services, ground.caller, { id: begun.id })
})

test('a stop leaves what is not deleted yet where it is, and it can be taken up again', async () => {
  const posts = await published(2, 'Stopped')
  const begun = await begin({ postIds: posts.map(({ id }) => id) }, 2)
  const stopped = await stopWithdrawal(services, ground.caller, { id: begun.id })
  expect(stopped).toMatchObject({ counts: { ...none, stopped: 2 }, stoppedBy: { id: ground.caller.memberId } })
  await work()
  expect(posts.every(({ remoteId }) => is(remoteId))).toBe(true)
  await expect(stopWithdrawal(services, ground.caller, { id: begun.id })).rejects.toMatchObject({
    code: 'nothing-waits',
  })
  await retryWithdrawal(services, ground.caller, { id: begun.id, variantIds: [posts[0]!.variant] })
  await work()
  expect(await countsOf(begun.id)).toEqual({ ...none, done: 1, stopped: 1 })
})
