// Doubt that outlives a second answer, threads that end half way, and accounts that go away in between.

import { describe, expect, test } from 'vitest'
import { aDraft, aPracticeAccount } from '../../../test/world/practice.ts'
import { disconnectAccount } from '../../accounts/actions.ts'
import type { Connector } from '../../connectors/contract.ts'
import { ConnectorError } from '../../connectors/errors.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { closeBefore, rateLimited, status } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
import { schedulePost } from '../schedule-post.ts'
import { cancelPost, removePost } from '../stop-post.ts'
import { unparkPosts } from '../unpark.ts'
import { wayOfPost } from '../way.ts'
import { withdrawVariant } from '../withdraw-variant.ts'
import { createPost, savePost } from '../write-post.ts'
import {
  account,
  aScheduledPost,
  caller,
  database,
  faults,
  hurry,
  moveClock,
  network,
  posting,
  services,
  stateOf,
  there,
  untilState,
  useGround,
  work,
} from './ground.testing.ts'

useGround()

const segments = (...texts: string[]) => texts.map((text) => ({ text, media: [] }))

function changed(publish: Partial<NonNullable<Connector['publish']>>): Connector {
  const connector = createFakeConnector()
  return { ...connector, publish: { ...connector.publish!, ...publish } }
}

const partOf = (postId: string) =>
  asSystem(database.db, (tx) =>
    tx
      .selectFrom('parts')
      .innerJoin('variants', 'variants.id', 'parts.variant_id')
      .select(['parts.sent_at', 'parts.published_at'])
      .where('variants.post_id', '=', postId)
      .orderBy('position')
      .executeTakeFirst(),
  )

describe('a write without an answer', () => {
  test('stays in doubt when a second one is turned away: it is looked up, never shown as merely planned', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    const first = (await partOf(post.id))!.sent_at
    faults.inject(rateLimited(60), { match: posting })
    await hurry()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ kind: 'rate-limited' })
    expect((await stateOf(post.id)).state).toBe('looking-up')
    expect((await partOf(post.id))!.sent_at).toEqual(first)
    await expect(
      savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('other words') }),
    ).rejects.toThrow('too-late-to-edit')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('and a second one that is refused are a question to a person', async () => {
    faults.inject(closeBefore, { match: posting })
    const { post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    faults.inject(status(422, { body: JSON.stringify({ error: 'forbidden-word' }) }), { match: posting })
    await hurry()
    await untilState(post.id, 'unconfirmed')
    expect((await partOf(post.id))!.sent_at).not.toBeNull()
  })

  test('is not sent again over what somebody put in its place', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await aScheduledPost()
    work(changed({ find: async () => ({ state: 'unsure' }) }))
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'unconfirmed')
    expect(there(text)).toHaveLength(0)
  })

  test('is believed absent only after a minute where no key would prevent a second one', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await aScheduledPost()
    const { keyLifetime: _, keyLifetimeFor: __, ...keyless } = createFakeConnector().publish!
    work({ ...createFakeConnector(), publish: keyless })
    await untilState(post.id, 'looking-up')
    await hurry()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'not-seen-yet' })
    expect(there(text)).toHaveLength(0)
    // The second write is lost as well: its own minute begins.
    faults.inject(closeBefore, { match: posting })
    moveClock(61_000)
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'connection-lost' })
    await hurry()
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'not-seen-yet' })
    expect(there(text)).toHaveLength(0)
    moveClock(61_000)
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('parked with its account, it is looked up when the account is back', async () => {
    faults.inject(closeBefore, { match: posting })
    const { post } = await aScheduledPost()
    const worker = work(
      changed({
        find: async () => Promise.reject(new ConnectorError({ kind: 'auth-revoked', code: 'revoked' })),
      }),
    )
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'parked')
    await expect(cancelPost(services, caller, { id: post.id })).rejects.toThrow('nothing-to-cancel')
    await expect(schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })).rejects.toThrow(
      'nothing-to-schedule',
    )
    await worker.stop()
    await asSystem(database.db, (tx) =>
      tx.updateTable('accounts').set({ state: 'connected' }).where('id', '=', account).execute(),
    )
    expect(await unparkPosts(services)).toBe(1)
    expect(await stateOf(post.id)).toMatchObject({ state: 'looking-up' })
    work()
    await untilState(post.id, 'published')
  })
})

describe('a thread that ends half way', () => {
  async function half() {
    faults.inject(status(422, { body: JSON.stringify({ error: 'forbidden-word' }) }), {
      match: (request) => posting(request) && request.body.includes('second'),
      times: 1,
    })
    const mark = crypto.randomUUID()
    const { post } = await aScheduledPost({ segments: segments(`first ${mark}`, `second ${mark}`) })
    work()
    await untilState(post.id, 'rejected')
    return { post, first: `first ${mark}`, second: `second ${mark}` }
  }

  test('is not hidden by deleting it here', async () => {
    const { post } = await half()
    await expect(removePost(services, caller, { id: post.id })).rejects.toThrow('not-deletable')
  })

  test('ends with what is out when the rest is cancelled, and can then be deleted at the network', async () => {
    const { post, first, second } = await half()
    const view = await cancelPost(services, caller, { id: post.id })
    expect(view.variants[0]).toMatchObject({ state: 'published', out: 1, reason: { code: 'rest-not-sent' } })
    expect(view.variants[0]!.remoteUrl).toBeTruthy()
    expect([there(first).length, there(second).length]).toEqual([1, 0])
    const gone = await withdrawVariant(services, caller, { id: post.id, variant: view.variants[0]!.id })
    expect(gone.state).toBe('removed')
    expect(there(first)).toHaveLength(0)
  })

  test('can be deleted at the network at once, and its rest is not sent meanwhile', async () => {
    const { post, first } = await half()
    const { id } = await stateOf(post.id)
    faults.inject(closeBefore, { match: ({ method }) => method === 'DELETE' })
    await expect(withdrawVariant(services, caller, { id: post.id, variant: id })).rejects.toThrow(
      'network-did-not-delete',
    )
    expect(await stateOf(post.id)).toMatchObject({ state: 'published', reason: { code: 'rest-not-sent' } })
    await expect(schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })).rejects.toThrow(
      'nothing-to-schedule',
    )
    await withdrawVariant(services, caller, { id: post.id, variant: id })
    expect(there(first)).toHaveLength(0)
  })

  test('goes on with the rest when it is tried again', async () => {
    const { post, first, second } = await half()
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    await untilState(post.id, 'published')
    expect([there(first).length, there(second).length]).toEqual([1, 1])
    const sent = (await wayOfPost(services, caller, { id: post.id })).filter(({ code }) => code === 'attempt.sent')
    // The first part once, the second one twice: refused, then accepted.
    expect(sent.map(({ position }) => position)).toEqual([0, 1, 1])
  })
})

describe('an account that goes away', () => {
  test('while a post is being prepared takes it along: nothing goes out after the answer', async () => {
    const own = await aPracticeAccount(services, caller, network, faults.url)
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const text = `disconnected ${crypto.randomUUID()}`
    const post = await createPost(services, caller, {
      content: aDraft(text),
      variants: [{ accountId: own, content: null }],
    })
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    const worker = work(
      changed({
        prepare: async (_session, part) => {
          reached.resolve()
          await go.promise
          return part as never
        },
      }),
    )
    await reached.promise
    await disconnectAccount(services, caller, { id: own })
    go.resolve()
    await worker.stop()
    expect(there(text)).toHaveLength(0)
    moveClock(31_000)
    work()
    await untilState(post.id, 'parked')
    expect(there(text)).toHaveLength(0)
    await asSystem(database.db, (tx) =>
      tx.updateTable('accounts').set({ state: 'connected' }).where('id', '=', own).execute(),
    )
    await unparkPosts(services)
    const codes = (await wayOfPost(services, caller, { id: post.id })).map(({ code }) => code)
    const waited = codes.filter((code) => code === 'post.parked' || code === 'post.resumed')
    expect(waited.slice(0, 2)).toEqual(['post.parked', 'post.resumed'])
  })

  test('of a network that this installation does not know waits, and holds up nobody else', async () => {
    const own = await aPracticeAccount(services, caller, network, faults.url)
    await asSystem(database.db, (tx) =>
      tx.updateTable('accounts').set({ connector: 'of-another-version' }).where('id', '=', own).execute(),
    )
    const post = await createPost(services, caller, {
      content: aDraft('to nowhere'),
      variants: [{ accountId: account, content: null }],
    })
    await asSystem(database.db, (tx) =>
      tx.updateTable('variants').set({ account_id: own }).where('post_id', '=', post.id).execute(),
    )
    await asSystem(database.db, (tx) =>
      tx
        .updateTable('variants')
        .set({ state: 'scheduled', due_at: services.clock(), wake_at: services.clock() })
        .where('post_id', '=', post.id)
        .execute(),
    )
    const other = await aScheduledPost()
    work(createFakeConnector(), ['of-another-version'])
    await untilState(other.post.id, 'published')
    await untilState(post.id, 'parked')
    expect((await stateOf(post.id)).reason).toMatchObject({ code: 'network-not-known' })
    // It is not taken up and parked, and told, again and again.
    expect(await unparkPosts(services)).toBe(0)
    expect((await stateOf(post.id)).state).toBe('parked')
  })
})
