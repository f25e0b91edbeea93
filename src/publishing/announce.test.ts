// What people are told when a post needs them: the truth about what is out, once for each time it waits.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../test/world/app.ts'
import { aDraft, aPracticeAccount } from '../../test/world/practice.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { asSystem } from '../db/tx.ts'
import { notificationMail } from '../events/types.ts'
import type { Caller } from '../people/types.ts'
import { announceTroubledPosts } from './announce.ts'
import { unparkPosts } from './unpark.ts'
import { createPost } from './write-post.ts'

let app: TestApp
let caller: Caller
let network: FakeNetwork
let account: string

beforeAll(async () => {
  network = await startFakeNetwork()
  app = await testApp({ config: { allowPrivate: [network.host] }, mail: true })
  const owner = await app.as('owner')
  caller = { ...owner, role: 'owner', actor: { kind: 'member', id: owner.memberId }, scopes: null }
  account = await aPracticeAccount(app.services, caller, network)
})
afterAll(async () => {
  await app.close()
  await network.stop()
})

/** A post whose variant stands as delivery leaves it. */
async function aTroubledPost(state: 'rejected' | 'parked' | 'unconfirmed', out = 0): Promise<string> {
  const content = aDraft(`In trouble ${crypto.randomUUID()}`)
  const { id } = await createPost(app.services, caller, { content, variants: [{ accountId: account, content: null }] })
  await asSystem(app.services.db, async (tx) => {
    const variant = await tx
      .updateTable('variants')
      .set({ state, due_at: new Date(Date.now() + 3_600_000) })
      .where('post_id', '=', id)
      .returning(['org_id', 'id', 'revision'])
      .executeTakeFirstOrThrow()
    const { org_id, id: variant_id, revision } = variant
    for (let position = 0; position < out; position++)
      await tx
        .insertInto('parts')
        .values({ org_id, variant_id, revision, position, key: `k${position}`, published_at: new Date() })
        .execute()
  })
  return id
}

const letters = async (): Promise<string[]> => {
  const { rows } = await app.database.owner.query<{ text: string }>(
    `select data->>'text' as text from pgboss.job where name = $1 order by created_on`,
    [notificationMail.name],
  )
  return rows.map(({ text }) => text)
}

test.each([
  ['rejected', 0, 'did not accept the post. Nothing was published there.'],
  ['rejected', 1, 'did not accept the rest of the thread. Its first part is published there.'],
  ['rejected', 2, 'did not accept the rest of the thread. Its first 2 parts are published there.'],
  ['unconfirmed', 0, 'Nobody can tell whether the post went out'],
  ['parked', 0, 'The post waits until'],
] as const)('a post that is %s with %i parts out is told as that', async (state, out, said) => {
  const before = (await letters()).length
  await aTroubledPost(state, out)
  expect(await announceTroubledPosts(app.services)).toBe(1)
  expect((await letters()).slice(before)).toEqual([expect.stringContaining(said)])
  expect(await announceTroubledPosts(app.services)).toBe(0)
})

test('a post that waits for its account a second time is told a second time', async () => {
  const id = await aTroubledPost('parked')
  expect(await announceTroubledPosts(app.services)).toBe(1)
  await unparkPosts(app.services)
  const again = { state: 'parked' }
  await asSystem(app.services.db, (tx) => tx.updateTable('variants').set(again).where('post_id', '=', id).execute())
  expect(await announceTroubledPosts(app.services)).toBe(1)
})
