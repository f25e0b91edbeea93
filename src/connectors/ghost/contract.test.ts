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
