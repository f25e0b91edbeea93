// A world with a webhook receiver, for the tests of webhooks: time moves by hand, and work is done when told.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { type Received, type Receiver, startReceiver } from '../../test/world/receiver.ts'
import { inOrg } from '../db/tx.ts'
import { longrunItself } from '../people/types.ts'
import { recordAll } from './actions.ts'
import { sendDelivery } from './deliver.ts'
import { fanOutEvents } from './fan-out.ts'

export const minute = 60_000
export const day = 24 * 60 * minute

export let world: TestApp
export let owner: TestSession
export let receiver: Receiver
export let now = new Date('2026-03-02T09:00:00Z')

export const later = (ms: number): void => {
  now = new Date(now.getTime() + ms)
}

/** Call it at the top of a test file: every test begins without webhooks and with a receiver that takes everything. */
export function useWebhookWorld(): void {
  beforeAll(async () => {
    receiver = await startReceiver()
    world = await testApp({ clock: () => now, mail: true, config: { allowPrivate: [receiver.host] } })
    owner = await world.as('owner')
  })
  beforeEach(async () => {
    const { body } = await owner.call('GET', '/orgs/{org}/webhooks')
    for (const webhook of body) await owner.call('DELETE', `/orgs/{org}/webhooks/${webhook.id}`)
    receiver.received.length = 0
    receiver.answer = { status: 200, body: '' }
    later(minute)
  })
  afterAll(async () => {
    await world?.close()
    await receiver?.stop()
  })
}

export async function addWebhook(
  verbs: string[] = ['test.*'],
  url = receiver.url,
): Promise<{ id: string; secret: string }> {
  const { status, body } = await owner.call('POST', '/orgs/{org}/webhooks', { url, verbs })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

export function happen(count: number, verb = 'test.happened'): Promise<void> {
  const events = Array.from({ length: count }, (_each, number) => ({
    verb,
    subject: { kind: 'test', id: null },
    facts: { number },
  }))
  return inOrg(world.services.db, world.ours, (tx) => recordAll(tx, world.ours, longrunItself, now, events))
}

/** Everything that is due now, as the jobs would do it. */
export async function work(): Promise<void> {
  await fanOutEvents(world.services, world.ours)
  for (const { id } of await dueNow()) await sendDelivery(world.services, { orgId: world.ours, deliveryId: id })
}

const dueNow = () =>
  inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('webhook_deliveries').select('id').where('due_at', '<=', now).orderBy('event_seq').execute(),
  )

export const deliveriesOf = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/webhooks/${id}/deliveries`)).body.items

/** A receiver's check as the documentation tells people to write it; it shares no code with the sender. */
export function isGenuine({ headers, body }: Received, secret: string, at: Date): boolean {
  const parts = Object.fromEntries(headers['longrun-signature']!.split(',').map((part) => part.split('=')))
  const expected = createHmac('sha256', secret).update(`${parts.t}.${body}`).digest()
  const given = Buffer.from(parts.v1, 'hex')
  return (
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    Math.abs(at.getTime() / 1000 - Number(parts.t)) < 300
  )
}
