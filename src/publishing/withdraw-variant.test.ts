// Deleting at the network: all of it, once, and honest about what is still there.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RequestMatch } from '../connectors/testing/fault-server.ts'
import { closeAfter, status } from '../connectors/testing/faults.ts'
import { type Ground, prepareGround } from './ground.testing.ts'
import { wayOfPost } from './way.ts'
import { withdrawVariant } from './withdraw-variant.ts'

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround()
})
afterEach(() => ground.rest())
afterAll(() => ground.close())

describe('deleting at the network', () => {
  const deleting: RequestMatch = ({ method }) => method === 'DELETE'
  const is = (remoteId: string) => ground.network.posts().some(({ id }) => id === remoteId)

  test('takes the whole thread away, last part first, and ends the counting', async () => {
    const segments = ['a', 'b', 'c'].map((text) => ({ text: `${text} ${crypto.randomUUID()}`, media: [] }))
    const post = await ground.published({ segments, firstComment: 'and a comment' })
    const ids = ground.network
      .posts()
      .slice(-4)
      .map(({ id }) => id)
    const view = await withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant })
    expect(view).toMatchObject({ state: 'removed', variants: [{ reason: { code: 'removed-by-person' } }] })
    expect(ids.some(is)).toBe(false)
    expect(ground.faults.requests.filter(deleting).map(({ path }) => path.split('/').at(-1))).toEqual(ids.toReversed())
    expect((await ground.variantOf(post.id)).numbers_due_at).toBeNull()
    expect((await wayOfPost(ground.services, ground.caller, { id: post.id })).at(-1)).toMatchObject({
      code: 'post.withdrawn',
      by: 'Owner',
    })
  })

  test('of what is already gone is fine, and a second time is told', async () => {
    const post = await ground.published()
    await ground.deleteAtNetwork(post.remoteId)
    expect((await withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant })).state).toBe(
      'removed',
    )
    await expect(
      withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant }),
    ).rejects.toMatchObject({
      code: 'not-published',
      status: 409,
    })
  })

  test('that breaks off in the middle stays published, and the next try finishes it', async () => {
    const segments = ['a', 'b'].map((text) => ({ text: `${text} ${crypto.randomUUID()}`, media: [] }))
    const post = await ground.published({ segments })
    ground.faults.inject(status(500), {
      match: ({ method, path }) => method === 'DELETE' && path.endsWith(post.remoteId),
    })
    const removal = () => withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant })
    await expect(removal()).rejects.toMatchObject({ code: 'network-did-not-delete', status: 503 })
    expect((await ground.variantOf(post.id)).state).toBe('published')
    expect(is(post.remoteId)).toBe(true)
    expect((await removal()).state).toBe('removed')
    expect(is(post.remoteId)).toBe(false)
  })

  test('whose answer is lost is simply done again', async () => {
    const post = await ground.published()
    ground.faults.inject(closeAfter, { match: deleting })
    const removal = () => withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant })
    await expect(removal()).rejects.toMatchObject({ code: 'network-did-not-delete' })
    expect((await removal()).state).toBe('removed')
  })

  test('by two people at once is told once', async () => {
    const post = await ground.published()
    const together = Promise.withResolvers<void>()
    let asked = 0
    const fetch: typeof ground.services.fetch = async (url, request) => {
      if (request?.method === 'DELETE' && ++asked === 2) together.resolve()
      if (request?.method === 'DELETE') await together.promise
      return ground.services.fetch(url, request)
    }
    const removal = () =>
      withdrawVariant({ ...ground.services, fetch }, ground.caller, { id: post.id, variant: post.variant })
    expect((await Promise.all([removal(), removal()])).map(({ state }) => state)).toEqual(['removed', 'removed'])
    const way = await wayOfPost(ground.services, ground.caller, { id: post.id })
    expect(way.filter(({ code }) => code === 'post.withdrawn')).toHaveLength(1)
  })

  test('renews an expired token on the way', async () => {
    const post = await ground.published()
    ground.network.expireTokens()
    expect((await withdrawVariant(ground.services, ground.caller, { id: post.id, variant: post.variant })).state).toBe(
      'removed',
    )
  })
})
