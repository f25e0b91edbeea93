// Delivery against a real database and a real HTTP network that breaks on demand: never twice, never silently nothing.

import { describe, expect, test } from 'vitest'
import type { Connector } from '../../connectors/contract.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { closeAfter, closeBefore, status } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
import { resolveVariant } from '../resolve-variant.ts'
import { wayOfPost } from '../way.ts'
import {
  aScheduledPost,
  caller,
  database,
  faults,
  freshWords,
  hurry,
  lookingUp,
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
import { startWorker } from './worker.ts'

useGround()

describe('a due post', () => {
  test('goes out once and shows where it lives', async () => {
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    expect(await stateOf(post.id)).toMatchObject({ remote_id: there(text)[0]!.id, wake_at: null, reason: null })
    const codes = (await wayOfPost(services, caller, { id: post.id })).map((step) => step.code)
    expect(codes).toEqual(['post.created', 'post.scheduled', 'attempt.send', 'attempt.sent', 'part.accepted'])
  })

  test('with a thread and a first comment goes out in order, each part once', async () => {
    const segments = ['one', 'two', 'three'].map((word) => ({ text: freshWords(`${word} of thread`), media: [] }))
    const { post } = await aScheduledPost({ segments, firstComment: freshWords('comment') })
    faults.inject(closeAfter, { match: (request) => posting(request) && request.body.includes('two of thread') })
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    const [one, two, three] = segments.map((segment) => there(segment.text))
    expect([one, two, three].map((each) => each!.length)).toEqual([1, 1, 1])
    expect(two![0]!.replyTo).toBe(one![0]!.id)
    expect(three![0]!.replyTo).toBe(two![0]!.id)
  })

  test('that the network takes its time with is asked after until it is out', async () => {
    network.setProcessing(1)
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'processing', 'published')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('is taken by one of two workers only', async () => {
    const posts = await Promise.all(Array.from({ length: 30 }, () => aScheduledPost()))
    work()
    work()
    for (const { post } of posts) await untilState(post.id, 'published')
    for (const { text } of posts) expect(there(text)).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  test('is looked up and found: nothing is sent again', async () => {
    faults.inject(closeAfter, { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    expect(faults.requests.filter(posting)).toHaveLength(1)
  })

  test('of a write that never arrived is looked up, then sent once', async () => {
    faults.inject(closeBefore, { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    await untilState(post.id, 'looking-up')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('is kept open while the look-up fails, then a person is asked', async () => {
    faults.inject(closeAfter, { match: posting })
    faults.inject(status(500), { match: lookingUp, times: 50 })
    const { text, post } = await aScheduledPost()
    work()
    await expect
      .poll(
        async () => {
          await hurry()
          return (await stateOf(post.id)).state
        },
        { timeout: 15_000, interval: 50 },
      )
      .toBe('unconfirmed')
    expect(there(text)).toHaveLength(1)
    expect((await stateOf(post.id)).wake_at).toBeNull()
  })

  test('on a network without look-up or key waits for a person, and each of the three answers works', async () => {
    const blind = createFakeConnector({ idempotent: false, searchable: false })
    faults.inject(closeAfter, { match: posting, times: 2 })
    faults.inject(closeBefore, { match: posting, times: 1 })
    const posts = [await aScheduledPost(), await aScheduledPost(), await aScheduledPost()] as const
    work(blind)
    for (const { post } of posts)
      await expect
        .poll(
          async () => {
            await hurry()
            return (await stateOf(post.id)).state
          },
          { timeout: 15_000 },
        )
        .toBe('unconfirmed')
    const [isThere, notThere, forgotten] = [
      posts.find(({ text }) => there(text).length === 1)!,
      posts.find(({ text }) => there(text).length === 0)!,
      posts.findLast(({ text }) => there(text).length === 1)!,
    ]
    const answer = async (post: { id: string }, decision: 'published' | 'send' | 'forget', url?: string) =>
      resolveVariant(services, caller, { id: post.id, variant: (await stateOf(post.id)).id, decision, url })
    await expect(answer(isThere.post, 'published')).rejects.toThrow('address-needed')
    await answer(isThere.post, 'published', 'https://example.org/1')
    await answer(notThere.post, 'send')
    await answer(forgotten.post, 'forget')
    await untilState(notThere.post.id, 'published')
    expect(await stateOf(isThere.post.id)).toMatchObject({ state: 'published', remote_url: 'https://example.org/1' })
    expect((await stateOf(forgotten.post.id)).state).toBe('cancelled')
    for (const { text } of posts) expect(there(text)).toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  /** Leaves a variant exactly as a killed worker does: claimed, perhaps armed, its lease running out. */
  async function killedAfter(postId: string, sent: boolean) {
    const dying: Connector = createFakeConnector()
    const stuck = new Promise<never>(() => {})
    const frozen: Connector = {
      ...dying,
      publish: { ...dying.publish!, ...(sent ? { submit: () => stuck } : { prepare: () => stuck }) },
    }
    const worker = startWorker(
      { services, connectorOf: () => frozen, media: () => stuck },
      { pollMs: 20, stopWithinMs: 0 },
    )
    await untilState(postId, 'sending')
    if (sent)
      await expect
        .poll(
          async () =>
            (await asSystem(database.db, (tx) => tx.selectFrom('parts').select('sent_at').execute())).at(-1)?.sent_at ??
            null,
        )
        .not.toBeNull()
    void worker.stop()
    moveClock(31_000)
  }

  test('before the write leaves a post that is simply sent', async () => {
    const { text, post } = await aScheduledPost()
    await killedAfter(post.id, false)
    work()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('after the write was permitted leaves a post that is looked up first', async () => {
    const { text, post } = await aScheduledPost()
    await killedAfter(post.id, true)
    work()
    await untilState(post.id, 'looking-up', 'published')
    await hurry()
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
    const codes = (await wayOfPost(services, caller, { id: post.id })).map((step) => step.code)
    expect(codes).toContain('outcome.unknown')
    expect(codes).toContain('attempt.look-up')
  })
})
