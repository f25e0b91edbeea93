// A real Ghost behind a fault server, and what really lies in it, read past the connector.

import { z } from 'zod'
import { startGhost } from '../../../test/servers/ghost.ts'
import { articleOf, connectBy, deliver, sessionFor } from '../article.testing.ts'
import type { Draft, Json } from '../contract.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import type { SampleFile } from '../testing/session.ts'
import { ghost } from './index.ts'
import { parseAdminKey, signToken } from './token.ts'

const postsSchema = z.object({
  posts: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      slug: z.string(),
      title: z.string(),
      html: z.string().nullable(),
      url: z.string(),
      custom_excerpt: z.string().nullable(),
      feature_image: z.string().nullable(),
      feature_image_alt: z.string().nullable(),
      featured: z.boolean(),
      visibility: z.string(),
      updated_at: z.string(),
      tags: z.array(z.object({ name: z.string() })),
    }),
  ),
})

export type Blog = Awaited<ReturnType<typeof startBlog>>

export async function startBlog() {
  const site = await startGhost()
  const front = await startFaultServer(site.url)
  const connection = await connectBy(ghost, sessionFor([front.host]), { site: front.url, key: site.adminKey })

  async function ask(path: string, body?: Json, method = body === undefined ? 'GET' : 'POST'): Promise<unknown> {
    const authorization = `Ghost ${signToken(parseAdminKey(site.adminKey), new Date())}`
    const headers = { authorization, 'content-type': 'application/json', 'accept-version': 'v5.0' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${site.url}/ghost/api/admin/${path}`, { method, headers, ...sent })
    return answer.status === 204 ? null : answer.json()
  }

  const posts = async (query: string) => postsSchema.parse(await ask(`posts/?formats=html&limit=100&${query}`)).posts
  const session = (files: SampleFile[] = []) => sessionFor([front.host], connection, files)

  return {
    ...{ site, front, connection, ask, posts, session },
    async readPost(id: string) {
      return postsSchema.parse(await ask(`posts/${id}/?formats=html`)).posts[0]!
    },
    /** In any status. */
    postsTitled: async (title: string) => (await posts('')).filter((post) => post.title === title),
    async tagNames() {
      const tags = z.object({ tags: z.array(z.object({ name: z.string() })) }).parse(await ask('tags/?limit=100'))
      return tags.tags.map(({ name }) => name)
    },
    /** Delivers an article as Longrun does; `files` are attached, `cover` is its feature image. */
    async send(key: string, text: string, changes: Partial<Draft> & { files?: SampleFile[]; cover?: SampleFile } = {}) {
      const { files = [], cover, ...draft } = changes
      const part = articleOf(text, { ...draft, ...(cover ? { featured: cover.media } : {}) }, files)
      const all = session(cover ? [...files, cover] : files)
      const done = await deliver({ connector: ghost, session: all, part, key })
      if (done.state !== 'published') throw new Error(done.state)
      return done
    },
    async stop() {
      await front.stop()
      await site.stop()
    },
  }
}
