// Numbers of published posts: read at their planned ages, by a clock that the test moves.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { status } from '../connectors/testing/faults.ts'
import { type Ground, prepareGround } from './ground.testing.ts'
import { numbersOfPost, readNumbers } from './numbers.ts'
import { snapshotAges } from './numbers-rules.ts'

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround()
})
afterEach(() => ground.rest())
afterAll(() => ground.close())

const at = (published: Date, minutes: number) => {
  ground.moved.ms = published.getTime() + minutes * 60_000 - Date.now()
}
const numbers = async (id: string) => (await numbersOfPost(ground.services, ground.caller, { id }))[0]!

test('numbers are read at each planned age; what the network does not count is null, and zero is zero', async () => {
  const post = await ground.published()
  at(post.at, 14)
  expect(await readNumbers(ground.services)).toBe(0)
  for (const age of snapshotAges) {
    at(post.at, age + 0.1)
    expect(await readNumbers(ground.services)).toBe(1)
    expect(await readNumbers(ground.services)).toBe(0)
  }
  const { snapshots, nextAt } = await numbers(post.id)
  expect(nextAt).toBeNull()
  expect(snapshots.map(({ ageMinutes }) => ageMinutes)).toEqual([...snapshotAges])
  for (const { quotes, views, replies } of snapshots) {
    expect([quotes, views]).toEqual([null, null])
    expect(replies).toBeTypeOf('number')
  }
  const likes = snapshots.map((snapshot) => snapshot.likes!)
  expect(likes).toEqual([...likes].sort((a, b) => a - b))
  expect(likes.at(-1)).toBeGreaterThan(likes[0]!)
})

test('numbers of ages that were missed are left out', async () => {
  const post = await ground.published()
  at(post.at, 20)
  await readNumbers(ground.services)
  // Longrun was off for a day.
  at(post.at, 1500)
  expect(await readNumbers(ground.services)).toBe(1)
  const { snapshots, nextAt } = await numbers(post.id)
  expect(snapshots.map(({ ageMinutes }) => ageMinutes)).toEqual([15, 1440])
  expect(new Date(nextAt!).getTime() - post.at.getTime()).toBe(2880 * 60_000)
})

test('numbers that could not be read are tried again within the same age', async () => {
  const post = await ground.published()
  at(post.at, 16)
  ground.faults.inject(status(500), { match: ({ path }) => path.startsWith('/api/numbers') })
  expect(await readNumbers(ground.services)).toBe(0)
  at(post.at, 27)
  expect(await readNumbers(ground.services)).toBe(1)
  expect((await numbers(post.id)).snapshots.map(({ ageMinutes }) => ageMinutes)).toEqual([15])
})

test('numbers of a post that somebody deleted at the network stay as they were', async () => {
  const post = await ground.published()
  at(post.at, 16)
  await readNumbers(ground.services)
  await ground.deleteAtNetwork(post.remoteId)
  at(post.at, 31)
  expect(await readNumbers(ground.services)).toBe(0)
  expect((await numbers(post.id)).snapshots.map(({ ageMinutes }) => ageMinutes)).toEqual([15])
})

test('numbers are read once when two workers look', async () => {
  const posts = [await ground.published(), await ground.published(), await ground.published()]
  at(posts[2]!.at, 16)
  const taken = await Promise.all([readNumbers(ground.services), readNumbers(ground.services)])
  expect(taken[0] + taken[1]).toBe(3)
})

test('numbers need no more than one question for 25 posts', async () => {
  const posts = []
  for (let count = 0; count < 26; count++) posts.push(await ground.aPost())
  for (const id of posts) await ground.untilState(id, 'published')
  ground.faults.reset()
  at((await ground.variantOf(posts.at(-1)!)).published_at!, 16)
  expect(await readNumbers(ground.services)).toBe(26)
  expect(ground.faults.requests.filter(({ path }) => path.startsWith('/api/numbers'))).toHaveLength(2)
})

test('numbers with an expired token are read with a new one, also by the second question', async () => {
  const posts = []
  for (let count = 0; count < 26; count++) posts.push(await ground.aPost())
  for (const id of posts) await ground.untilState(id, 'published')
  at((await ground.variantOf(posts.at(-1)!)).published_at!, 16)
  ground.network.expireTokens()
  ground.faults.reset()
  expect(await readNumbers(ground.services)).toBe(26)
  expect(ground.faults.requests.filter(({ path }) => path === '/api/session/refresh')).toHaveLength(1)
})
