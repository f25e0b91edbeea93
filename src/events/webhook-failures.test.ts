// Webhooks when the receiver fails, dies, or is somewhere Longrun must not go.

import { describe, expect, it } from 'vitest'
import { startReceiver } from '../../test/world/receiver.ts'
import { asSystem } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { sendDelivery } from './deliver.ts'
import { fanOutEvents } from './fan-out.ts'
import { recallDeliveries } from './jobs.ts'
import {
  addWebhook,
  day,
  deliveriesOf,
  happen,
  later,
  minute,
  now,
  owner,
  receiver,
  useWebhookWorld,
  work,
  world,
} from './webhooks.testing.ts'

useWebhookWorld()

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
      tx.updateTable('webhooks').set({ url: 'http://localhost:4999/' }).where('id', '=', id).execute(),
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
