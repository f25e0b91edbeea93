// Ghost in the contract suite, against the real program.

import { describeServer } from '../../../test/servers/describe-server.ts'
import { altsIn } from '../article.testing.ts'
import { connectorSuite } from '../testing/contract-suite.ts'
import { startBlog } from './blog.testing.ts'
import { ghost } from './index.ts'

async function setUp() {
  const blog = await startBlog()
  return {
    faults: blog.front,
    isWrite: ({ method, path }: { method: string; path: string }) => method === 'PUT' && path.includes('/posts/'),
    connect: async () => blog.connection,
    async published() {
      const posts = await blog.posts('filter=status:published')
      return posts.map(({ id, html }) => ({ id, text: html ?? '', alts: altsIn(html ?? '') }))
    },
    async saysElsewhere(text: string) {
      const { users } = (await blog.ask('users/?limit=1&order=created_at%20asc')) as { users: [{ email: string }] }
      const editors = { name: 'The editors', email: users[0].email }
      const made = (await blog.ask('members/', { members: [editors] })) as { members: [{ id: string }] }
      const post = await blog.send('asked', 'How?')
      const html = `<p>${text}</p>`
      const comments = [{ post_id: post.id, member_id: made.members[0].id, html }]
      return ((await blog.ask('comments/', { comments })) as { comments: [{ id: string }] }).comments[0].id
    },
    secrets: [blog.site.adminKey],
    stop: blog.stop,
  }
}

describeServer('ghost', () =>
  connectorSuite(ghost, setUp, {
    draft: (text) => ({ title: 'A title', segments: [{ text, media: [] }] }),
    // A key has no end and nothing to refresh: once refused, it is revoked.
    kinds: { 401: 'auth-revoked' },
  }),
)
