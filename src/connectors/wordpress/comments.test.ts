// Comments of a real WordPress: what readers write is heard, also when a moderator lets it through late.

import { expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import * as faults from '../testing/faults.ts'
import { listeningSuite, listenTo, type SourceUnderTest } from '../testing/listening-suite.ts'
import { accountOf } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { commentsKind } from './comments.ts'

let blog: Blog
let post: string

/** As a reader writes it, and a moderator sees it. */
async function say(
  text: string,
  more: { parent?: number; status?: string } = {},
): Promise<{ id: number; name: string }> {
  const { id } = (await blog.ask('comments', { post: Number(post), content: text.toWellFormed(), ...more })) as {
    id: number
  }
  const { host } = new URL(blog.front.url)
  return { id, name: `${host}/wp-json/#comment-${id}` }
}

const underTest = (): SourceUnderTest => ({
  values: {},
  account: accountOf(blog.connection.profile),
  credentials: blog.connection.credentials,
  allowPrivate: [blog.front.host, new URL(blog.site.url).host],
  say: async (text) => (await say(text)).name,
  refuse: (status, headers) => blog.front.inject(faults.status(status, { headers })),
  stop: async () => undefined,
})

describeServer('wordpress', () => {
  listeningSuite(
    'WordPress (comments)',
    commentsKind,
    async () => {
      blog = await startBlog()
      post = (await blog.send('commented', 'A post with comments', { title: 'Commented' })).id
      return underTest()
    },
    { kinds: { 401: 'auth-revoked' } },
  )

  test('a comment is told as it was written, with what it answers, and late ones are not missed', {
    timeout: 60_000,
  }, async () => {
    const listener = listenTo(commentsKind, underTest(), null)
    await expect.poll(() => listener.failure ?? listener.batches, { timeout: 20_000 }).not.toBe(0)
    const held = await say('Held for a look', { status: 'hold' })
    const first = await say('I <em>like</em> it &amp; you')
    expect(await listener.hears(first.name)).toMatchObject({ kind: 'comment', text: 'I like it & you', replyTo: null })
    const answer = await say('So do I', { parent: first.id })
    const heard = await listener.hears(answer.name)
    expect(heard).toMatchObject({ replyTo: first.name, author: { name: expect.any(String) } })
    expect(heard.url).toContain(`#comment-${answer.id}`)
    await blog.ask(`comments/${held.id}`, { status: 'approved' })
    await listener.hears(held.name)
    await listener.stop()
    await blog.stop()
  })
})
