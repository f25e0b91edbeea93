// What readers say under the posts of a connected site, as far as the site shows it.

import { z } from 'zod'
import { author, heard, heardLine, heardText, heardUrl, saidAt } from '../heard.ts'
import { plainText } from '../html-text.ts'
import type { ListenSession, SourceKind } from '../listen.ts'
import { readNewestFirst } from '../newest-first.ts'
import { call, siteOf } from './api.ts'

export const commentsKind: SourceKind = {
  key: 'comments',
  label: 'Comments',
  help: 'What readers say under your posts, as far as the site shows it, asked every five minutes.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [],
  everySeconds: 300,
  normalise: () => ({ settings: {} }),
  poll: (session, cursor) => {
    const list = { page: pageOf(session), pageLength, mostPages: 5, read: readComment(session) }
    return readNewestFirst(list, cursor, session.now())
  },
}

const pageLength = 100

const comment = z.object({
  id: z.number().int().positive(),
  post: z.number(),
  parent: z.number().catch(0),
  author_name: z.string().catch(''),
  author_url: z.string().catch(''),
  date_gmt: z.string(),
  content: z.object({ rendered: z.string() }),
  link: z.string().catch(''),
})

const pageOf = (session: ListenSession) => async (page: number) => {
  const query = { orderby: 'id', order: 'desc', per_page: pageLength, page, _fields: Object.keys(comment.shape).join() }
  return (await call(session, { path: 'wp/v2/comments', query, schema: z.array(z.unknown()) })).body
}

const readComment =
  (session: ListenSession) =>
  (value: unknown, into: { cut: number }): { id: string; heard: ReturnType<typeof heard> } | null => {
    const parsed = comment.safeParse(value)
    if (!parsed.success) return null
    const { id, parent, author_name: name, author_url: url, date_gmt: written, content, link } = parsed.data
    const { host, pathname } = new URL(siteOf(session).root)
    const named = (number: number) => `${host}${pathname}#comment-${number}`
    const who = heardLine(name)
    return {
      id: String(id),
      heard: heard({
        id: named(id),
        kind: 'comment',
        at: saidAt(`${written}Z`, session.now().getTime()),
        text: heardText(plainText(content.rendered), into),
        url: heardUrl(link),
        // Whoever comments leaves a name that nobody checks.
        author: who ? author(`${host}/${who}`.slice(0, 900), { name: who, url: heardUrl(url) }) : null,
        replyTo: parent > 0 ? named(parent) : null,
      }),
    }
  }
