// The inbox of a real Ghost: comments of members, answers in the name of the staff, and what may be hidden or taken away.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../../test/servers/describe-server.ts'
import type { Json } from '../../contract.ts'
import { type InboxUnderTest, inboxSession, Reader, replyTo } from '../../testing/inbox-reader.ts'
import { inboxSuite } from '../../testing/inbox-suite.ts'
import { mark } from '../../testing/world.ts'
import { type Blog, startBlog } from '../blog.testing.ts'
import { ghost } from '../index.ts'

let blog: Blog
let post: string
let kim: string
let staff: string

const nameOf = (id: string): string => `${blog.front.host}/#comment-${id}`
const idOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)

async function comment(text: string, more: { [key: string]: Json } = {}): Promise<string> {
  const html = `<p>${text.toWellFormed().replaceAll('\0', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
  const written = await blog.ask('comments/', { comments: [{ post_id: post, member_id: kim, html, ...more }] })
  return nameOf((written as { comments: [{ id: string }] }).comments[0].id)
}

async function member(name: string, email: string): Promise<string> {
  const made = await blog.ask('members/', { members: [{ name, email }] })
  return (made as { members: [{ id: string }] }).members[0].id
}

const under = (said: { ref: { id: string; proof?: Json } }): { [key: string]: Json } => {
  const { top } = said.ref.proof as { top: string }
  return { parent_id: top, ...(top === said.ref.id ? {} : { in_reply_to_id: said.ref.id }) }
}

const setStatus = (name: string, status: string) =>
  blog.ask(`comments/${idOf(name)}/`, { comments: [{ id: idOf(name), status }] }, 'PUT')

const underTest = (): InboxUnderTest => ({
  connector: ghost,
  connection: blog.connection,
  faults: blog.front,
  allowPrivate: [blog.front.host],
  say: (text, { answers } = {}) => comment(text, answers ? under(answers) : {}),
  remove: async (name) => void (await setStatus(name, 'deleted')),
  saysElsewhere: (text, said) => comment(text, { ...under(said), member_id: staff }),
  async copies(word) {
    const { comments } = (await blog.ask('comments/?include_nested=true&limit=100')) as { comments: { html: string }[] }
    return comments.filter(({ html }) => html.includes(word)).length
  },
  isWrite: ({ method, path }) => method === 'POST' && path.includes('/comments/'),
  stop: async () => undefined,
})

describeServer('ghost', () => {
  beforeAll(async () => {
    blog = await startBlog()
    post = (await blog.send('commented', 'A post with comments', { title: 'Commented' })).id
    kim = await member('Kim', 'kim@example.org')
    const { users } = (await blog.ask('users/?limit=1&order=created_at%20asc')) as { users: [{ email: string }] }
    staff = await member('The editors', users[0].email)
  }, 120_000)
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  // A key has no end and nothing to refresh.
  inboxSuite('Ghost (comments)', async () => underTest(), { kind: 'comment', kinds: { 401: 'auth-revoked' } })

  test('a comment is told under its post, hidden and shown again', { timeout: 60_000 }, async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    const said = await reader.reads(await comment(`${mark()} I like it & you`))
    expect(said).toMatchObject({ author: { name: 'Kim' }, about: { id: post, title: 'Commented' }, marks: [] })
    const { moderate } = ghost.inbox!
    await moderate!.act(inboxSession(underTest()), 'hide', said.ref)
    await reader.until(() => reader.find(said.id)!.marks.includes('hidden'), 'hiding was not told')
    await moderate!.act(inboxSession(underTest()), 'unhide', said.ref)
    await reader.until(() => reader.find(said.id)!.marks.length === 0, 'showing was not told')
    await moderate!.act(inboxSession(underTest()), 'delete', said.ref)
    await reader.until(() => reader.events.some(({ type }) => type === 'removed'), 'the removal was not told')
  })

  test('an answer keeps its lines, and is signs and not HTML', { timeout: 60_000 }, async () => {
    const said = await new Reader({ network: underTest() }).reads(await comment(`${mark()} how?`))
    const session = inboxSession(underTest())
    const text = `Step <1> & 2\nnext line\n\n${mark()}`
    const prepared = await ghost.inbox!.answer!.prepare!(session, replyTo(said, text), 'k')
    const sent = await ghost.inbox!.answer!.submit(session, prepared, 'k')
    if (sent.state !== 'published') throw new Error(sent.state)
    const told = await new Reader({ network: underTest() }).reads(nameOf(sent.id))
    expect(told).toMatchObject({ text, isOurs: true, author: { name: 'The editors' } })
  })
})
