// Places where we have no account are none: nothing is posted to them, and nobody signs in for them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { type FakeNetwork, startFakeNetwork } from '../connectors/fake/server.ts'
import { inOrg } from '../db/tx.ts'
import { placeOf } from './places.ts'

let app: TestApp
let owner: TestSession
let network: FakeNetwork
let place: string

beforeAll(async () => {
  app = await testApp({ config: { allowPrivate: ['127.0.0.1'] } })
  network = await startFakeNetwork()
  owner = await app.as('owner')
  place = await inOrg(app.services.db, app.ours, async (tx) => {
    const { id } = await placeOf(tx, app.ours, 'fake', { by: owner.memberId, at: new Date() })
    return id
  })
})
afterAll(async () => {
  await app?.close()
  await network.stop()
})

const content = { segments: [{ text: 'x', media: [] }] }
const refused = (field: string) => ({ status: 422, body: { data: { code: 'account-not-found', field } } })

test('no post goes there, neither at first nor later', async () => {
  const variants = [{ accountId: place }]
  const post = (given: object) => owner.call('POST', '/orgs/{org}/posts', { content, ...given })
  expect(await post({ variants })).toMatchObject(refused('variants.0.accountId'))
  const { id, revision } = (await post({ variants: [] })).body
  const saved = await owner.call('PATCH', `/orgs/{org}/posts/${id}`, { revision, variants })
  expect(saved).toMatchObject(refused('variants.0.accountId'))
  const { body } = await owner.call('POST', '/orgs/{org}/posts/check', { content, variants })
  expect(body).toMatchObject([{ accountId: place, issues: [{ code: 'account-not-found', field: 'accountId' }] }])
})

test('nobody connects it', async () => {
  const { handle, token } = network.createAccount()
  const values = { url: network.url, handle, token }
  const given = { connector: 'fake', method: 'token', accountId: place, values }
  expect(await owner.call('POST', '/orgs/{org}/accounts', given)).toMatchObject(refused('accountId'))
})
