// A person's word about a post that nobody could look up: taken once, and never turned into more than was said.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Draft } from '../connectors/contract.ts'
import { createFakeConnector } from '../connectors/fake/index.ts'
import type { RequestMatch } from '../connectors/testing/fault-server.ts'
import { closeAfter } from '../connectors/testing/faults.ts'
import { type Ground, prepareGround } from './ground.testing.ts'
import { resolveVariant } from './resolve-variant.ts'
import { schedulePost } from './schedule-post.ts'
import { withdrawVariant } from './withdraw-variant.ts'

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround()
})
afterEach(() => ground.rest())
afterAll(() => ground.close())

describe('a person decides about a post in doubt', () => {
  const posting: RequestMatch = ({ method, path }) => method === 'POST' && path === '/api/posts'
  const blind = () => createFakeConnector({ idempotent: false, searchable: false })

  /** Unconfirmed on a network that cannot be asked. */
  async function inDoubt(more: Partial<Draft> = {}) {
    ground.faults.inject(closeAfter, { match: posting })
    const id = await ground.aPost(more, blind())
    await expect
      .poll(
        async () => {
          ground.moved.ms += 2_000
          return (await ground.variantOf(id)).state
        },
        { timeout: 15_000, interval: 50 },
      )
      .toBe('unconfirmed')
    return { id, variant: (await ground.variantOf(id)).id }
  }

  test('linked by its address it is published, and is not deleted by a guess afterwards', async () => {
    const post = await inDoubt()
    const there = ground.network.posts().at(-1)!
    const url = `${ground.network.url}/@${there.author}/${there.id}`
    const view = await resolveVariant(ground.services, ground.caller, { ...post, decision: 'published', url })
    expect(view).toMatchObject({ state: 'published', variants: [{ remoteUrl: url, reason: null }] })
    await expect(withdrawVariant(ground.services, ground.caller, post)).rejects.toMatchObject({
      code: 'linked-by-hand',
      status: 409,
    })
    expect(ground.network.posts().some(({ id }) => id === there.id)).toBe(true)
    expect((await ground.variantOf(post.id)).state).toBe('published')
  })

  test('of a thread whose first part was linked the rest is not sent, and says so', async () => {
    const segments = ['a', 'b'].map((text) => ({ text: `${text} ${crypto.randomUUID()}`, media: [] }))
    const post = await inDoubt({ segments })
    const count = ground.network.posts().length
    const view = await resolveVariant(ground.services, ground.caller, {
      ...post,
      decision: 'published',
      url: 'https://example.org/1',
    })
    expect(view.variants[0]).toMatchObject({ state: 'published', reason: { code: 'rest-not-sent' } })
    expect(ground.network.posts()).toHaveLength(count)
  })

  test('a decision is made once, needs an address where it claims one, and only in doubt', async () => {
    const post = await inDoubt()
    await expect(
      resolveVariant(ground.services, ground.caller, { ...post, decision: 'published' }),
    ).rejects.toMatchObject({
      code: 'address-needed',
      field: 'url',
    })
    const decisions = await Promise.allSettled([
      resolveVariant(ground.services, ground.caller, { ...post, decision: 'forget' }),
      resolveVariant(ground.services, ground.caller, { ...post, decision: 'send' }),
    ])
    expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = decisions.find((each) => each.status === 'rejected')!
    expect(lost.reason).toMatchObject({ code: 'not-in-doubt', status: 409 })
  })

  test('forgotten, it is looked up before it ever goes out again', async () => {
    const post = await inDoubt()
    const { length } = ground.network.posts()
    await resolveVariant(ground.services, ground.caller, { ...post, decision: 'forget' })
    expect((await ground.variantOf(post.id)).state).toBe('cancelled')
    await schedulePost(ground.services, ground.caller, { id: post.id, when: { kind: 'now' } })
    await ground.untilState(post.id, 'unconfirmed')
    expect(ground.network.posts()).toHaveLength(length)
  })
})
