// Webhooks from the event to the receiver: signed, once, and nothing missed.

import { describe, expect, it } from 'vitest'
import { testApp } from '../../test/world/app.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { fanOutEvents } from './fan-out.ts'
import { eventsJobs, sweepEvents } from './jobs.ts'
import {
  addWebhook,
  day,
  deliveriesOf,
  happen,
  isGenuine,
  later,
  now,
  owner,
  receiver,
  useWebhookWorld,
  work,
  world,
} from './webhooks.testing.ts'

useWebhookWorld()

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
