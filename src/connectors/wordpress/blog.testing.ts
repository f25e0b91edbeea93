// A real WordPress behind a fault server, and what really lies in it, read past the connector.

import { z } from 'zod'
import { startWordpress } from '../../../test/servers/wordpress.ts'
import { articleOf, connectBy, deliver, sessionFor, through } from '../article.testing.ts'
import type { Draft, Json } from '../contract.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import type { SampleFile } from '../testing/session.ts'
import { wordpress } from './index.ts'

const postSchema = z.object({
  id: z.number(),
  status: z.string(),
  slug: z.string(),
  link: z.string(),
  title: z.object({ rendered: z.string(), raw: z.string() }),
  content: z.object({ rendered: z.string(), raw: z.string() }),
  excerpt: z.object({ raw: z.string() }),
  featured_media: z.number(),
  comment_status: z.string(),
  format: z.string(),
  categories: z.array(z.number()),
})

export type Blog = Awaited<ReturnType<typeof startBlog>>

export async function startBlog() {
  const site = await startWordpress()
  const front = await startFaultServer(site.url)
  const values = { site: site.url, username: site.username, password: site.applicationPassword }
  const host = new URL(site.url).host
  const direct = await connectBy(wordpress, sessionFor([host]), values)
  const connection = through(direct, { root: `${front.url}/wp-json/` })

  async function ask(path: string, body?: Json, method = body === undefined ? 'GET' : 'POST'): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(`${site.username}:${site.applicationPassword}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return (await fetch(`${site.url}/wp-json/wp/v2/${path}`, { method, headers, ...sent })).json()
  }

  const session = (files: SampleFile[] = []) => sessionFor([front.host, host], connection, files)

  return {
    ...{ site, front, direct, connection, ask, session },
    readPost: async (id: string | number) => postSchema.parse(await ask(`posts/${id}?context=edit`)),
    /** In any status, the trash included. */
    async postsTitled(title: string) {
      const posts = z.array(postSchema).parse(await ask('posts?context=edit&per_page=100&status=any,trash'))
      return posts.filter((post) => post.title.raw === title)
    },
    async tagNames() {
      return z
        .array(z.object({ name: z.string() }))
        .parse(await ask('tags?per_page=100'))
        .map(({ name }) => name)
    },
    mediaCount: async () => z.array(z.unknown()).parse(await ask('media?per_page=100')).length,
    /** Delivers an article as Longrun does; `files` are attached, `cover` is its feature image. */
    async send(key: string, text: string, changes: Partial<Draft> & { files?: SampleFile[]; cover?: SampleFile } = {}) {
      const { files = [], cover, ...draft } = changes
      const part = articleOf(text, { ...draft, ...(cover ? { featured: cover.media } : {}) }, files)
      const all = session(cover ? [...files, cover] : files)
      const done = await deliver({ connector: wordpress, session: all, part, key })
      if (done.state !== 'published') throw new Error(done.state)
      return done
    },
    async stop() {
      await front.stop()
      await site.stop()
    },
  }
}
