// The past of a real Ghost site: old posts with their author, posts of the same second on several pages, and comments of nobody we know.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import type { Json } from '../contract.ts'
import type { HistoryItem } from '../history.ts'
import { mark } from '../testing/world.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { ghost } from './index.ts'

let blog: Blog

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000)
const post = async (days: number, more: { [key: string]: Json } = {}): Promise<string> => {
  const facts = { title: mark(), status: 'published', published_at: daysAgo(days).toISOString(), ...more }
  const made = await blog.ask('posts/', { posts: [facts] })
  return (made as { posts: [{ id: string }] }).posts[0].id
}

async function told(): Promise<{ items: HistoryItem[]; without: boolean }> {
  const items: HistoryItem[] = []
  let without = false
  let cursor: Json = null
  do {
    const page = await ghost.history!.page(blog.session(), { since: daysAgo(91), cursor, limit: 4 })
    items.push(...page.items)
    without ||= page.without === 'replies'
    cursor = page.next
  } while (cursor !== null)
  return { items, without }
}

describeServer('ghost', () => {
  beforeAll(async () => {
    blog = await startBlog()
  }, 120_000)
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  test('posts of the last weeks are told with their day and author, each once', { timeout: 60_000 }, async () => {
    const old = await post(92)
    const some = [await post(80), await post(40), await post(2)]
    const draft = await post(3, { status: 'draft' })
    const moment = daysAgo(10).toISOString()
    const same: string[] = []
    for (let at = 0; at < 7; at++) same.push(await post(10, { published_at: moment }))
    const { items, without } = await told()
    const ids = items.map(({ id }) => id)
    expect([...some, ...same].map((id) => ids.filter((one) => one === id).length)).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ])
    expect([ids.includes(old), ids.includes(draft)]).toEqual([false, false])
    expect(items.filter(({ id }) => some.includes(id)).every(({ by }) => /^[0-9a-f]{24}$/.test(by ?? ''))).toBe(true)
    const at = items.find(({ id }) => id === some[1])!.at.getTime()
    expect(Math.abs(at - daysAgo(40).getTime())).toBeLessThan(60_000)
    // Nobody of the staff is a member, so nobody knows what was answered.
    expect(without).toBe(true)
  })

  test('comments of the member who answers are replies, those of others are not', { timeout: 60_000 }, async () => {
    const { users } = (await blog.ask('users/?limit=1&order=created_at%20asc')) as { users: [{ email: string }] }
    const member = async (name: string, email: string) =>
      ((await blog.ask('members/', { members: [{ name, email }] })) as { members: [{ id: string }] }).members[0].id
    const [staff, kim] = [await member('The editors', users[0].email), await member('Kim', 'kim@example.org')]
    const under = await post(1)
    const comment = async (by: string, more: { [key: string]: Json } = {}) => {
      const comments = [{ post_id: under, member_id: by, html: `<p>${mark()}</p>`, ...more }]
      return ((await blog.ask('comments/', { comments })) as { comments: [{ id: string }] }).comments[0].id
    }
    const question = await comment(kim)
    const ours = [await comment(staff), await comment(staff, { parent_id: question })]
    const { items, without } = await told()
    const replies = items.filter(({ kind }) => kind === 'reply').map(({ id }) => id)
    expect([replies.toSorted(), without]).toEqual([ours.toSorted(), false])
  })
})
