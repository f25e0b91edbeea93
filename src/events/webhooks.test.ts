// Webhooks from the event to the receiver: signed, once, patiently, and never into the private network.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { type Received, type Receiver, startReceiver } from '../../test/world/receiver.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { longrunItself } from '../people/types.ts'
import type { Services } from '../services.ts'
import { recordAll } from './actions.ts'
import { sendDelivery } from './deliver.ts'
import { fanOutEvents } from './fan-out.ts'
import { eventsJobs, recallDeliveries, sweepEvents } from './jobs.ts'

let world: TestApp
let owner: TestSession
let receiver: Receiver
let now = new Date('2026-03-02T09:00:00Z')
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const minute = 60_000
const day = 24 * 60 * minute

beforeAll(async () => {
  receiver = await startReceiver()
  world = await testApp({ clock: () => now, mail: true, config: { allowPrivate: [receiver.host] } })
  owner = await world.as('owner')
})
afterAll(async () => {
  await world?.close()
  await receiver?.stop()
})

beforeEach(async () => {
  const { body } = await owner.call('GET', '/orgs/{org}/webhooks')
  for (const webhook of body) await owner.call('DELETE', `/orgs/{org}/webhooks/${webhook.id}`)
  receiver.received.length = 0
  receiver.answer = { status: 200, body: '' }
  later(minute)
})

async function addWebhook(verbs: string[] = ['test.*'], url = receiver.url) {
  const { status, body } = await owner.call('POST', '/orgs/{org}/webhooks', { url, verbs })
  expect(status, JSON.stringify(body)).toBe(201)
  return body as { id: string; secret: string }
}

const happen = (count: number, verb = 'test.happened') =>
  inOrg(world.services.db, world.ours, (tx) =>
    recordAll(
      tx,
      world.ours,
      longrunItself,
      now,
      Array.from({ length: count }, (_each, number) => ({
        verb,
        subject: { kind: 'test', id: null },
        facts: { number },
      })),
    ),
  )

/** Everything that is due now, as the jobs would do it. */
async function work(): Promise<void> {
  await fanOutEvents(world.services, world.ours)
  for (const { id } of await dueNow()) await sendDelivery(world.services, { orgId: world.ours, deliveryId: id })
}

const dueNow = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('webhook_deliveries').select('id').where('due_at', '<=', now).orderBy('event_seq').execute(),
  )

const deliveriesOf = async (id: string) => (await owner.call('GET', `/orgs/{org}/webhooks/${id}/deliveries`)).body.items

/** A receiver as the documentation tells people to write one; it shares no code with the sender. */
function isGenuine({ headers, body }: Received, secret: string, at: Date): boolean {
  const parts = Object.fromEntries(headers['longrun-signature']!.split(',').map((part) => part.split('=')))
  const expected = createHmac('sha256', secret).update(`${parts.t}.${body}`).digest()
  const given = Buffer.from(parts.v1, 'hex')
  return (
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    Math.abs(at.getTime() / 1000 - Number(parts.t)) < 300
  )
}

describe('a delivery', () => {
  it('tells what happened, signed and with its own id', async () => {
    const { id, secret } = await addWebhook()
    await happen(1)
    await work()
    const [got] = receiver.received
    expect(isGenuine(got!, secret, now)).toBe(true)
    expect(isGenuine({ ...got!, body: got!.body.replace('happened', 'harmed') }, secret, now)).toBe(false)
    expect(isGenuine(got!, 'whsec_other', now)).toBe(false)
    expect(JSON.parse(got!.body)).toMatchObject({
      verb: 'test.happened',
      organisation: world.ours,
      actor: { kind: 'system' },
      facts: { number: 0 },
    })
    const [delivery] = await deliveriesOf(id)
    expect(delivery).toMatchObject({
      id: got!.headers['longrun-delivery'],
      tries: 1,
      dueAt: null,
      deliveredAt: now.toISOString(),
      lastStatus: 200,
      lastError: null,
    })
  })

  it('comes for wanted verbs only, and not for what happened before', async () => {
    await happen(1, 'test.early')
    later(1_000)
    await addWebhook(['test.wanted'])
    await happen(1, 'test.unwanted')
    await happen(2, 'test.wanted')
    await work()
    expect(receiver.received.map(({ body }) => JSON.parse(body).verb)).toEqual(['test.wanted', 'test.wanted'])
  })

  it('is not seen by other organisations', async () => {
    await addWebhook([])
    const theirs = await world.as('owner', world.theirs)
    await theirs.call('POST', '/orgs/{org}/departments', { name: 'Secret' })
    await fanOutEvents(world.services)
    await work()
    expect(receiver.received.every(({ body }) => JSON.parse(body).organisation === world.ours)).toBe(true)
  })

  it('keeps the secret sealed', async () => {
    const { secret } = await addWebhook()
    const rows = await asSystem(world.services.db, (tx) => tx.selectFrom('webhooks').selectAll().execute())
    expect(rows.every(({ secret_sealed: sealed }) => !sealed.includes(secret))).toBe(true)
    expect(JSON.stringify((await owner.call('GET', '/orgs/{org}/webhooks')).body)).not.toContain(secret)
  })
})

describe('fanning out', () => {
  it('misses and doubles nothing with several workers and writers at once', async () => {
    const { id } = await addWebhook()
    const writing = Promise.all(Array.from({ length: 12 }, () => happen(40)))
    await Promise.all(Array.from({ length: 4 }, () => fanOutEvents(world.services, world.ours)))
    await writing
    await Promise.all(Array.from({ length: 4 }, () => fanOutEvents(world.services)))
    await fanOutEvents(world.services)
    const seqs = await inOrg(world.services.db, world.ours, (tx) =>
      tx
        .selectFrom('webhook_deliveries')
        .select('event_seq')
        .where('webhook_id', '=', id)
        .orderBy('event_seq')
        .execute(),
    )
    expect(seqs).toHaveLength(480)
    expect(new Set(seqs.map((row) => row.event_seq)).size).toBe(480)
  })

  it('begins again where it stopped when a worker dies in the middle', async () => {
    const { id } = await addWebhook()
    await happen(10)
    const dying: Services = {
      ...world.services,
      queue: {
        ...world.services.queue,
        send: (() => {
          let sent = 0
          return async (...arguments_: Parameters<Services['queue']['send']>) => {
            sent += 1
            if (sent > 4) throw new Error('the worker died')
            return world.services.queue.send(...arguments_)
          }
        })(),
      },
    }
    await expect(fanOutEvents(dying, world.ours)).rejects.toThrow('the worker died')
    expect(await deliveriesOf(id)).toEqual([])
    await fanOutEvents(world.services, world.ours)
    expect(await deliveriesOf(id)).toHaveLength(10)
  })

  it('runs by itself: a write is told within moments', async () => {
    const live = await testApp({ config: { allowPrivate: [receiver.host] } })
    try {
      await live.services.queue.work(live.services, eventsJobs as never)
      const person = await live.as('owner')
      await person.call('POST', '/orgs/{org}/webhooks', { url: receiver.url, verbs: ['department.added'] })
      await person.call('POST', '/orgs/{org}/departments', { name: 'Told' })
      await expect
        .poll(() => receiver.received.map(({ body }) => JSON.parse(body).facts.name), { timeout: 20_000 })
        .toEqual(['Told'])
    } finally {
      await live.close()
    }
  })
})

describe('a receiver that fails', () => {
  it('is tried again later and later, until it takes the delivery', async () => {
    const { id } = await addWebhook()
    receiver.answer = { status: 503, body: 'x'.repeat(2_000) }
    await happen(1)
    await work()
    const [failed] = await deliveriesOf(id)
    expect(failed).toMatchObject({
      tries: 1,
      deliveredAt: null,
      lastStatus: 503,
      dueAt: new Date(now.getTime() + minute).toISOString(),
    })
    expect(failed.lastError).toHaveLength(500)
    await work()
    expect(receiver.received).toHaveLength(1)
    later(minute)
    await work()
    expect((await deliveriesOf(id))[0]).toMatchObject({
      tries: 2,
      dueAt: new Date(now.getTime() + 5 * minute).toISOString(),
    })
    receiver.answer = { status: 204, body: '' }
    later(5 * minute)
    await work()
    expect((await deliveriesOf(id))[0]).toMatchObject({
      tries: 3,
      lastStatus: 204,
      dueAt: null,
      deliveredAt: now.toISOString(),
    })
    expect(new Set(receiver.received.map(({ headers }) => headers['longrun-delivery'])).size).toBe(1)
  })

  it('rests after three days, its admins are told, and goes on when a person resumes it', async () => {
    const admin = await world.as('admin')
    const { id } = await addWebhook()
    receiver.answer = { status: 500, body: 'broken' }
    await happen(2)
    for (let tries = 0; tries < 12; tries += 1) {
      await work()
      later(day)
    }
    const paused = (await owner.call('GET', '/orgs/{org}/webhooks')).body[0]
    expect(paused).toMatchObject({
      id,
      pausedByLongrun: true,
      lastDelivery: { ok: false, status: 500, error: 'broken' },
    })
    const { body: told } = await admin.call('GET', '/orgs/{org}/notifications')
    expect(told.items).toMatchObject([
      { kind: 'webhook.paused', subject: { id }, facts: { url: receiver.url, status: 500 } },
    ])
    const count = receiver.received.length
    await happen(1)
    await work()
    expect(receiver.received.length).toBe(count)

    receiver.answer = { status: 200, body: '' }
    const resumed = await owner.call('PATCH', `/orgs/{org}/webhooks/${id}`, { paused: false })
    expect(resumed.body).toMatchObject({ pausedAt: null, pausedByLongrun: false })
    later(1_000)
    await happen(1)
    await work()
    expect(receiver.received.length).toBeGreaterThan(count)
  })

  it('that is nowhere is said in a word', async () => {
    const gone = await startReceiver()
    await gone.stop()
    const { id } = await addWebhook()
    await asSystem(world.services.db, (tx) =>
      tx.updateTable('webhooks').set({ url: gone.url }).where('id', '=', id).execute(),
    )
    const { body } = await owner.call('POST', `/orgs/{org}/webhooks/${id}/test`)
    expect(body).toMatchObject({ lastStatus: null, lastError: 'address-refused', dueAt: null })
  })

  it('is remembered when the worker died with the delivery in hand', async () => {
    const { id } = await addWebhook()
    await happen(1)
    await fanOutEvents(world.services, world.ours)
    const [{ id: delivery }] = await deliveriesOf(id)
    const dying: Services = {
      ...world.services,
      fetch: async () => {
        throw new Error('the worker died')
      },
    }
    await expect(sendDelivery(dying, { orgId: world.ours, deliveryId: delivery })).rejects.toThrow('the worker died')
    await sendDelivery(world.services, { orgId: world.ours, deliveryId: delivery })
    expect(receiver.received).toEqual([])
    later(4 * minute)
    await recallDeliveries.run(world.services, {})
    expect(receiver.received).toHaveLength(1)
  })

  it('gets no delivery twice at the same moment', async () => {
    const { id } = await addWebhook()
    await happen(1)
    await fanOutEvents(world.services, world.ours)
    const [{ id: delivery }] = await deliveriesOf(id)
    await Promise.all(
      Array.from({ length: 5 }, () => sendDelivery(world.services, { orgId: world.ours, deliveryId: delivery })),
    )
    expect(receiver.received).toHaveLength(1)
  })
})

describe('by hand', () => {
  it('a test is sent at once and never again by itself', async () => {
    const { id, secret } = await addWebhook(['post.*'])
    receiver.answer = { status: 418, body: 'a teapot' }
    const { status, body } = await owner.call('POST', `/orgs/{org}/webhooks/${id}/test`)
    expect([status, body]).toMatchObject([
      200,
      { verb: 'webhook.tested', tries: 1, lastStatus: 418, lastError: 'a teapot', dueAt: null },
    ])
    expect(isGenuine(receiver.received[0]!, secret, now)).toBe(true)
    later(day)
    await work()
    expect(receiver.received).toHaveLength(1)
  })

  it('a delivery is sent again under its own id', async () => {
    const { id } = await addWebhook()
    await happen(1)
    await work()
    const [first] = await deliveriesOf(id)
    const { body } = await owner.call('POST', `/orgs/{org}/webhooks/${id}/deliveries/${first.id}/again`)
    expect(body).toMatchObject({ id: first.id, tries: 2, lastStatus: 200 })
    expect(receiver.received.map(({ headers }) => headers['longrun-delivery'])).toEqual([first.id, first.id])
    const other = await addWebhook()
    expect((await owner.call('POST', `/orgs/{org}/webhooks/${other.id}/deliveries/${first.id}/again`)).status).toBe(404)
  })

  it('pages the log of deliveries', async () => {
    const { id } = await addWebhook()
    await happen(5)
    await work()
    const first = (await owner.call('GET', `/orgs/{org}/webhooks/${id}/deliveries?limit=3`)).body
    const second = (await owner.call('GET', `/orgs/{org}/webhooks/${id}/deliveries?limit=3&cursor=${first.nextCursor}`))
      .body
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null])
    expect(new Set([...first.items, ...second.items].map((each: { id: string }) => each.id)).size).toBe(5)
  })

  it('the log ends after thirty days', async () => {
    const { id } = await addWebhook()
    await happen(1)
    await work()
    later(31 * day)
    await sweepEvents.run(world.services, {})
    expect(await deliveriesOf(id)).toEqual([])
  })
})

describe('private addresses', () => {
  it.each([
    'http://127.0.0.1:1/hook',
    'http://localhost:4545/hook',
    'http://10.1.2.3/hook',
    'http://[::1]/hook',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:192.168.0.1]/hook',
    'http://0.0.0.0/',
  ])('are refused by name of the field: %s', async (url) => {
    const { status, body } = await owner.call('POST', '/orgs/{org}/webhooks', { url })
    expect([status, body.data.code, body.data.field]).toEqual([422, 'private-address', 'url'])
    const { id } = await addWebhook()
    expect((await owner.call('PATCH', `/orgs/{org}/webhooks/${id}`, { url })).body.data.field).toBe('url')
  })

  it('are refused again when sending, whatever the row says', async () => {
    const { id } = await addWebhook()
    await asSystem(world.services.db, (tx) =>
      tx.updateTable('webhooks').set({ url: 'http://localhost:1/' }).where('id', '=', id).execute(),
    )
    expect((await owner.call('POST', `/orgs/{org}/webhooks/${id}/test`)).body.lastError).toBe('address-refused')
  })

  it.each(['ftp://example.org/', 'http://user:word@93.184.215.14/', 'nonsense'])(
    'and other addresses that cannot work: %s',
    async (url) => {
      const { status, body } = await owner.call('POST', '/orgs/{org}/webhooks', { url })
      expect([status, body.data.field]).toEqual([422, 'url'])
    },
  )
})
