// Comments of a real Ghost: what members write is heard, answers as well.

import { expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import * as faults from '../testing/faults.ts'
import { listeningSuite, listenTo, type SourceUnderTest } from '../testing/listening-suite.ts'
import { accountOf } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { commentsKind } from './comments.ts'

let blog: Blog
let post: string
let member: string

async function say(text: string, more: { parent_id?: string } = {}): Promise<{ id: string; name: string }> {
  const html = `<p>${text.toWellFormed().replaceAll('\0', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
  const written = await blog.ask('comments/', { comments: [{ post_id: post, member_id: member, html, ...more }] })
  const { id } = (written as { comments: [{ id: string }] }).comments[0]
  return { id, name: `${blog.front.host}/#comment-${id}` }
}

const underTest = (): SourceUnderTest => ({
  values: {},
  account: accountOf(blog.connection.profile),
  credentials: blog.connection.credentials,
  allowPrivate: [blog.front.host],
  say: async (text) => (await say(text)).name,
  refuse: (status, headers) => blog.front.inject(faults.status(status, { headers })),
  stop: async () => undefined,
})

describeServer('ghost', () => {
  listeningSuite(
    'Ghost (comments)',
    commentsKind,
    async () => {
      blog = await startBlog()
      post = (await blog.send('commented', 'A post with comments', { title: 'Commented' })).id
      const members = await blog.ask('members/', { members: [{ name: 'Kim', email: 'kim@example.org' }] })
      member = (members as { members: [{ id: string }] }).members[0].id
      return underTest()
    },
    { kinds: { 401: 'auth-revoked' } },
  )

  test('a comment is told as it was written, with what it answers', { timeout: 60_000 }, async () => {
    const listener = listenTo(commentsKind, underTest(), null)
    await expect.poll(() => listener.failure ?? listener.batches, { timeout: 20_000 }).not.toBe(0)
    const first = await say('I like it & you')
    expect(await listener.hears(first.name)).toMatchObject({
      kind: 'comment',
      text: 'I like it & you',
      author: { name: 'Kim' },
      replyTo: null,
    })
    const answer = await say('So do I', { parent_id: first.id })
    expect(await listener.hears(answer.name)).toMatchObject({ replyTo: first.name })
    await listener.stop()
    await blog.stop()
  })
})
