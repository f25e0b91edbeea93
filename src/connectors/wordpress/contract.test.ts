// WordPress in the contract suite, against the real program.

import { describeServer } from '../../../test/servers/describe-server.ts'
import { startWordpress } from '../../../test/servers/wordpress.ts'
import { altsIn, connectBy, sessionFor, through } from '../article.testing.ts'
import { connectorSuite } from '../testing/contract-suite.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { wordpress } from './index.ts'

async function setUp() {
  const site = await startWordpress()
  const faults = await startFaultServer(site.url)
  return {
    faults,
    isWrite: ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && /\/wp\/v2\/posts\/\d+\?/.test(path),
    // WordPress names its own address as soon as it is asked, so it is asked directly and then through the faults.
    async connect() {
      const values = { site: site.url, username: site.username, password: site.applicationPassword }
      const connection = await connectBy(wordpress, sessionFor([new URL(site.url).host]), values)
      return through(connection, { root: `${faults.url}/wp-json/` })
    },
    async published() {
      const answer = await fetch(`${site.url}/wp-json/wp/v2/posts?per_page=100&_fields=id,content`)
      const posts = (await answer.json()) as { id: number; content: { rendered: string } }[]
      return posts.map(({ id, content: { rendered } }) => ({ id: String(id), text: rendered, alts: altsIn(rendered) }))
    },
    async saysElsewhere(text: string) {
      const authorization = `Basic ${Buffer.from(`${site.username}:${site.applicationPassword}`).toString('base64')}`
      const ask = async (path: string, body: object): Promise<number> => {
        const headers = { authorization, 'content-type': 'application/json' }
        const sent = { method: 'POST', headers, body: JSON.stringify(body) }
        const answer = await fetch(`${site.url}/wp-json/wp/v2/${path}`, sent)
        return ((await answer.json()) as { id: number }).id
      }
      const post = await ask('posts', { title: 'Asked', content: 'How?', status: 'publish' })
      return String(await ask('comments', { post, content: text }))
    },
    secrets: [site.applicationPassword],
    async stop() {
      await faults.stop()
      await site.stop()
    },
  }
}

describeServer('wordpress', () =>
  connectorSuite(wordpress, setUp, {
    draft: (text) => ({ title: 'A title', segments: [{ text, media: [] }] }),
    // An application password has no end and nothing to refresh: once refused, it is revoked.
    kinds: { 401: 'auth-revoked' },
  }),
)
