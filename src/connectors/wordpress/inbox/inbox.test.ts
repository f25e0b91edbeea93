// The inbox of a real WordPress: comments in every state, answers of the account, decisions of a moderator.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../../test/servers/describe-server.ts'
import type { Json } from '../../contract.ts'
import type { ModerationAction, Said } from '../../converse.ts'
import { type InboxUnderTest, inboxSession, Reader } from '../../testing/inbox-reader.ts'
import { inboxSuite } from '../../testing/inbox-suite.ts'
import { mark } from '../../testing/world.ts'
import { type Blog, startBlog } from '../blog.testing.ts'
import { wordpress } from '../index.ts'

let blog: Blog
let post: number
let kim: number

const nameOf = (id: number): string => `${new URL(blog.front.url).host}/wp-json/#comment-${id}`
const numberOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)

async function comment(content: string, more: { [key: string]: Json } = {}): Promise<string> {
  const { id } = (await blog.ask('comments', { post, content, ...more })) as { id?: number }
  if (!id) throw new Error('the site refuses the comment')
  return nameOf(id)
}

/** As a browser sends what a person types. */
const typed = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const underTest = (): InboxUnderTest => ({
  connector: wordpress,
  connection: blog.connection,
  faults: blog.front,
  allowPrivate: [blog.front.host, new URL(blog.site.url).host],
  say: (text, { answers } = {}) =>
    comment(typed(text), { author: kim, ...(answers ? { parent: Number(answers.ref.id) } : {}) }),
  edit: async (name, text) => void (await blog.ask(`comments/${numberOf(name)}`, { content: typed(text) })),
  remove: async (name) => void (await blog.ask(`comments/${numberOf(name)}?force=true`, undefined, 'DELETE')),
  saysElsewhere: (text, said) => comment(text, { parent: Number(said.ref.id) }),
  copies: async (word) => ((await blog.ask(`comments?search=${word}&status=all`)) as unknown[]).length,
  isWrite: ({ method, path }) => method === 'POST' && path.startsWith('/wp-json/wp/v2/comments?'),
  stop: async () => undefined,
})

describeServer('wordpress', () => {
  beforeAll(async () => {
    blog = await startBlog()
    post = Number((await blog.send('commented', 'A post with comments', { title: 'Shoes & socks' })).id)
    const account = { username: 'kim', name: 'Kim', email: 'kim@example.org', password: mark(), roles: ['subscriber'] }
    kim = ((await blog.ask('users', account)) as { id: number }).id
  }, 120_000)
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  const timeout = 60_000
  // An application password has no end and nothing to refresh.
  inboxSuite('WordPress (comments)', async () => underTest(), { kind: 'comment', kinds: { 401: 'auth-revoked' } })

  const act = (action: ModerationAction, said: Said) =>
    wordpress.inbox!.moderate!.act(inboxSession(underTest()), action, said.ref)

  test('a comment is told under its post, and what waits is marked so', { timeout }, async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    const held = await reader.reads(await comment('Held for a look', { author: kim, status: 'hold' }))
    expect(held).toMatchObject({
      marks: ['held'],
      author: { name: 'Kim' },
      about: { id: String(post), title: 'Shoes & socks' },
    })
    await act('approve', held)
    await reader.until(() => reader.find(held.id)!.marks.length === 0, 'the approval was not told')
    await act('spam', held)
    await reader.until(() => reader.find(held.id)!.marks.includes('spam'), 'the decision was not told')
    await act('approve', held)
    await reader.until(() => reader.find(held.id)!.marks.length === 0, 'the change of mind was not told')
    await act('delete', held)
    await reader.until(() => reader.events.some(({ type }) => type === 'removed'), 'the removal was not told')
    expect(reader.told(held.id)).toBe(1)
  })

  test('an answer to an answer names what it answers, also where that is gone', { timeout }, async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    const first = await reader.reads(await comment(`${mark()} top`, { author: kim }))
    const second = await reader.reads(await comment(`${mark()} middle`, { parent: Number(first.ref.id) }))
    const third = await comment(`${mark()} below`, { author: kim, parent: Number(second.ref.id) })
    // Somebody who begins to read now has never seen the way up.
    const other = await new Reader({ network: underTest() }).reads(third)
    expect(other).toMatchObject({ thread: first.thread, root: { id: String(post) }, replyTo: second.id })
    await blog.ask(`comments/${second.ref.id}?force=true`, undefined, 'DELETE')
    const thread = await wordpress.inbox!.thread!(inboxSession(underTest()), other.ref)
    // The site hangs what was below it one level higher.
    expect(thread.map(({ id }) => id)).toEqual([first.id, third])
  })
})
