// The past of a real WordPress site: old posts by several people, what is no post of anybody, and an account that may not see comments.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import type { Json } from '../contract.ts'
import type { HistoryItem } from '../history.ts'
import * as faults from '../testing/faults.ts'
import { mark } from '../testing/world.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { wordpress } from './index.ts'

let blog: Blog
let kim: number

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000)
const post = async (days: number, more: { [key: string]: Json } = {}): Promise<string> => {
  const date = daysAgo(days).toISOString().slice(0, 19)
  const made = await blog.ask('posts', { title: mark(), content: 'x', status: 'publish', date_gmt: date, ...more })
  return String((made as { id: number }).id)
}

async function told(): Promise<{ items: HistoryItem[]; without: boolean }> {
  const items: HistoryItem[] = []
  let without = false
  let cursor: Json = null
  do {
    const page = await wordpress.history!.page(blog.session(), { since: daysAgo(91), cursor, limit: 4 })
    items.push(...page.items)
    without ||= page.without === 'replies'
    cursor = page.next
  } while (cursor !== null)
  return { items: [...new Map(items.map((item) => [`${item.kind} ${item.id}`, item])).values()], without }
}

describeServer('wordpress', () => {
  beforeAll(async () => {
    blog = await startBlog()
    const author = { username: 'kim', name: 'Kim', email: 'kim@example.org', password: mark(), roles: ['author'] }
    kim = ((await blog.ask('users', author)) as { id: number }).id
  }, 120_000)
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  test('posts of the last weeks are told with their day and who wrote them', { timeout: 60_000 }, async () => {
    const old = [await post(120), await post(92)]
    const ours = [await post(80), await post(40), await post(2)]
    const theirs = [await post(60, { author: kim }), await post(1, { author: kim })]
    const none = [await post(3, { status: 'draft' }), await post(3, { status: 'private' })]
    const { items } = await told()
    const by = new Map(items.filter(({ kind }) => kind === 'post').map((item) => [item.id, item.by]))
    expect(ours.map((id) => by.get(id))).toEqual(ours.map(() => blog.connection.profile.remoteId))
    expect(theirs.map((id) => by.get(id))).toEqual(theirs.map(() => String(kim)))
    expect([...old, ...none].filter((id) => by.has(id))).toEqual([])
    const at = items.find(({ id }) => id === ours[1])!.at.getTime()
    expect(Math.abs(at - daysAgo(40).getTime())).toBeLessThan(60_000)
  })

  test('comments of the account alone are its replies', { timeout: 60_000 }, async () => {
    const under = await post(1)
    const comment = async (more: { [key: string]: Json }) =>
      String(((await blog.ask('comments', { post: under, content: mark(), ...more })) as { id: number }).id)
    const [mine, somebodyElses] = [await comment({}), await comment({ author: kim })]
    const replies = (await told()).items.filter(({ kind }) => kind === 'reply').map(({ id }) => id)
    expect([replies.includes(mine), replies.includes(somebodyElses)]).toEqual([true, false])
  })

  test('where the site does not show them, posts are told and replies are said to be unknown', async () => {
    await post(1)
    const refusal = { body: JSON.stringify({ code: 'rest_forbidden_param', message: '', data: { status: 403 } }) }
    const match = ({ path }: { path: string }) => path.includes('/wp/v2/comments')
    blog.front.inject(faults.status(403, refusal), { match, times: Number.POSITIVE_INFINITY })
    const { items, without } = await told()
    expect([items.some(({ kind }) => kind === 'post'), without]).toEqual([true, true])
  })
})
