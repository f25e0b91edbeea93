// A hub tells that a feed has something new: the reader is due at once, and only whoever knows the secret can do that.

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { callbackOf, mountSourceCallbacks } from './callbacks.ts'
import { insertSource, readerFor, wakeReader } from './store.ts'

let app: TestApp
let reader: string
const now = new Date('2026-11-20T12:00:00Z')
const topic = 'https://example.org/feed'
const publicUrl = 'https://longrun.example'

beforeAll(async () => {
  app = await testApp({
    clock: () => now,
    publicUrl,
    mount: (hono) =>
      mountSourceCallbacks(
        hono,
        new Proxy({} as TestApp['services'], { get: (_, name) => Reflect.get(app.services, name) }),
      ),
  })
})
afterAll(() => app?.close())

beforeEach(async () => {
  const manager = await app.as('manager')
  const later = new Date(now.getTime() + 900_000)
  await asSystem(app.services.db, async (tx) => {
    const settings = { address: `https://example.org/${newId()}` }
    reader = await readerFor(tx, { connector: 'feed', kind: 'feed', settings, only: null }, now)
    await insertSource(tx, app.ours, {
      ...{ name: newId(), keepsAll: false, costPerThousand: null, currency: null },
      ...{
        connector: 'feed',
        kind: 'feed',
        settings,
        accountId: null,
        readerId: reader,
        at: now,
        by: manager.memberId,
      },
    })
    await wakeReader(tx, reader, later)
    const cursor = { address: topic, read: null, subscription: { hub: 'https://hub.example', topic, askedAt: 1 } }
    await tx
      .updateTable('readers')
      .set({ cursor: JSON.stringify(cursor) })
      .where('id', '=', reader)
      .execute()
  })
})

const dueAt = async () =>
  (
    await asSystem(app.services.db, (tx) =>
      tx.selectFrom('readers').select('due_at').where('id', '=', reader).executeTakeFirstOrThrow(),
    )
  ).due_at

function call(body: string, secret: string) {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return app.request(`/hooks/sources/${reader}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/atom+xml', 'x-hub-signature': signature },
  })
}

test('a genuine call makes the reader due at once', async () => {
  const { url, secret } = callbackOf(app.services, reader)!
  expect(url).toBe(`${publicUrl}/hooks/sources/${reader}`)
  expect((await call('<feed/>', secret)).status).toBe(202)
  expect(await dueAt()).toEqual(now)
})

test('a guess changes nothing, and is answered alike', async () => {
  expect((await call('<feed/>', 'guessed')).status).toBe(202)
  expect(await dueAt()).not.toEqual(now)
})

test('a hub that asks whether it was meant is answered for our topic alone', async () => {
  const ask = (asked: string, id = reader) => {
    const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': asked, 'hub.challenge': 'abc' })
    return app.request(`/hooks/sources/${id}?${query}`)
  }
  const answer = await ask(topic)
  expect([answer.status, await answer.text()]).toEqual([200, 'abc'])
  expect((await ask('https://evil.example')).status).toBe(404)
  expect((await ask(topic, newId())).status).toBe(404)
})

test('an installation that nobody outside can reach asks nobody to tell', () => {
  for (const url of ['http://longrun.example', 'https://localhost:4545', 'http://127.0.0.1'])
    expect(callbackOf({ config: app.services.config, publicUrl: url }, reader)).toBeUndefined()
})
